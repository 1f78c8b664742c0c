package io.portolan.emulator;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Makes lines of pieces of output. */
final class Lines {
    private final BiConsumer<String, byte[]> consumer;
    private final Map<String, ByteArrayOutputStream> open = new TreeMap<>();

    Lines(BiConsumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    synchronized void add(String stream, byte[] piece) {
        ByteArrayOutputStream line = open.computeIfAbsent(stream, key -> new ByteArrayOutputStream());
        for (byte next : piece) {
            if (next == '\n') {
                consumer.accept(stream, line.toByteArray());
                line.reset();
            } else {
                line.write(next);
            }
        }
    }

    synchronized void end() {
        open.forEach((stream, line) -> {
            if (line.size() > 0) {
                consumer.accept(stream, line.toByteArray());
            }
        });
        open.clear();
    }
}
