package io.portolan.local.internal.service.proxy;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.concurrent.Waiting;
import io.portolan.local.internal.engine.DockerEngine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The last words of a container, for error messages. */
public final class ContainerLog {
    private static final int LINES = 20;
    private static final int MAX_CHARS = 4 * 1024;

    private ContainerLog() {}

    /**
     * The last lines, as the container wrote them.
     *
     * @param engine where
     * @param id the container
     * @return at most 20 lines; empty if there are none
     */
    public static String tail(DockerEngine engine, String id) {
        try {
            return engine.stream("read logs", id, client -> {
                Collector lines = new Collector();
                client.logContainerCmd(id)
                        .withStdOut(true)
                        .withStdErr(true)
                        .withTail(LINES)
                        .exec(lines);
                try {
                    lines.awaitCompletion();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw Waiting.cancelled();
                }
                return lines.text();
            });
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            return "(its log cannot be read: " + e.getMessage() + ")";
        }
    }

    /**
     * Makes lines fit for a message.
     *
     * @param text what {@link #tail} gave
     * @return at most 20 lines and 4 KiB, indented; a remark if there are none
     */
    public static String format(String text) {
        List<String> lines = text.lines().map(String::stripTrailing).toList();
        String joined = lines.stream()
                .skip(Math.max(0, lines.size() - LINES))
                .map(line -> "  | " + line)
                .reduce((a, b) -> a + "\n" + b)
                .orElse("  (it wrote nothing)");
        return joined.length() <= MAX_CHARS ? joined : "  | ..." + joined.substring(joined.length() - MAX_CHARS);
    }

    /** Frames end anywhere, also inside of a character: bytes are collected first. */
    private static final class Collector extends ResultCallback.Adapter<Frame> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public synchronized void onNext(Frame frame) {
            bytes.writeBytes(frame.getPayload());
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
