package io.portolan.emulator.internal.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The lines before the body of a request. They are changed so that the connection ends with the answer: a server that leaves has no idle
 * connection on which a client might still send.
 */
final class RequestHead {
    private static final int LONGEST = 64 * 1024;

    private final byte[] bytes;
    private final boolean repeatable;

    private RequestHead(byte[] bytes, boolean repeatable) {
        this.bytes = bytes;
        this.repeatable = repeatable;
    }

    /** Reads up to the empty line, and no further. What is not HTTP is left as it is. */
    static RequestHead read(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int ends = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            read.write(next);
            if (next == '\n') {
                ends++;
            } else if (next != '\r') {
                ends = 0;
            }
            if (ends == 2) {
                return of(read.toString(StandardCharsets.ISO_8859_1));
            }
            if (read.size() == LONGEST) {
                break;
            }
        }
        return new RequestHead(read.toByteArray(), false);
    }

    private static RequestHead of(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        boolean upgrade = lower.contains("\nupgrade:");
        boolean body = lower.contains("\ncontent-length:") || lower.contains("\ntransfer-encoding:");
        boolean reads = head.startsWith("GET ") || head.startsWith("HEAD ");
        StringBuilder changed = new StringBuilder();
        for (String line : head.stripTrailing().lines().toList()) {
            if (upgrade || !line.toLowerCase(Locale.ROOT).startsWith("connection:")) {
                changed.append(line).append("\r\n");
            }
        }
        if (!upgrade) {
            changed.append("Connection: close\r\n");
        }
        changed.append("\r\n");
        return new RequestHead(changed.toString().getBytes(StandardCharsets.ISO_8859_1), reads && !body && !upgrade);
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** Whether it may be sent again when a server has gone without an answer. */
    boolean isRepeatable() {
        return repeatable;
    }
}
