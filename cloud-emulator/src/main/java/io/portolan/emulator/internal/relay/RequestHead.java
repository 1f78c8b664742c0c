package io.portolan.emulator.internal.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The lines before the body of a request. They are changed so that the connection ends with the answer: a server that leaves has no idle
 * connection on which a client might still send.
 */
final class RequestHead {
    private static final int LONGEST = 64 * 1024;

    private static final List<String> DROPPED = List.of("connection:", "keep-alive:", "upgrade:", "http2-settings:");

    private final byte[] bytes;
    private final boolean single;
    private final boolean repeatable;

    private RequestHead(byte[] bytes, boolean single, boolean repeatable) {
        this.bytes = bytes;
        this.single = single;
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
        return new RequestHead(read.toByteArray(), false, false);
    }

    private static RequestHead of(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        // Load balancers do not take up the offer of HTTP/2 that some clients make.
        boolean upgrade = lower.contains("\nupgrade:") && !lower.contains("\nhttp2-settings:");
        boolean body = (lower.contains("\ncontent-length:") && !lower.contains("\ncontent-length: 0\r"))
                || lower.contains("\ntransfer-encoding:");
        boolean reads = head.startsWith("GET ") || head.startsWith("HEAD ");
        StringBuilder changed = new StringBuilder();
        for (String line : head.stripTrailing().lines().toList()) {
            String name = line.toLowerCase(Locale.ROOT);
            if (upgrade || DROPPED.stream().noneMatch(name::startsWith)) {
                changed.append(line).append("\r\n");
            }
        }
        if (!upgrade) {
            changed.append("Connection: close\r\n");
        }
        changed.append("\r\n");
        return new RequestHead(
                changed.toString().getBytes(StandardCharsets.ISO_8859_1), !upgrade, reads && !body && !upgrade);
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** Whether the connection ends with the answer. */
    boolean isSingle() {
        return single;
    }

    /** Whether it may be sent again when a server has gone without an answer. */
    boolean isRepeatable() {
        return repeatable;
    }
}
