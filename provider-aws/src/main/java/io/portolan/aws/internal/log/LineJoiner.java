package io.portolan.aws.internal.log;

import io.portolan.run.LogLine;
import io.portolan.run.LogSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;

/**
 * Makes lines out of events. Pure; not thread-safe.
 *
 * <p>The log drivers cut a long line into several events: in blocking mode every 262,118 bytes (an event of 256 KiB less 26 for its
 * overhead), and with older engines, or in non-blocking mode, every 16,384. An event of exactly one of these sizes is therefore joined with
 * those that follow, up to a shorter one. A line of exactly that size that is whole is joined with the next one, which cannot be told
 * apart; a character that the driver cut in two leaves a size that is not recognised. Sources, 2026-11: github.com/moby/moby, issues 34887
 * and 41794; github.com/aws/shim-loggers-for-containerd, issue 239 and pull request 22.
 */
final class LineJoiner {
    /** The sizes of events after which a line goes on. */
    static final Set<Integer> PIECES = Set.of(16 * 1024, 256 * 1024 - 26);

    /** Longer lines are given in parts, so that one line cannot fill the memory. */
    static final int LONGEST_LINE = 1024 * 1024;

    private final LogSource source;
    private final List<LogLine> lines = new ArrayList<>();
    private final List<String> positions = new ArrayList<>();
    private final StringBuilder begun = new StringBuilder();
    private @Nullable Instant begunAt;
    private Position read;
    private Position given;

    LineJoiner(LogSource source, Position from) {
        this.source = source;
        this.read = from;
        this.given = from;
    }

    void accept(OutputLogEvent event) {
        long millis = event.timestamp() == null ? read.millis() : event.timestamp();
        String message = event.message() == null ? "" : event.message();
        read = read.after(millis);
        if (begunAt == null) {
            begunAt = Instant.ofEpochMilli(millis);
        }
        begun.append(message);
        boolean goesOn =
                message.length() <= LONGEST_LINE && PIECES.contains(message.getBytes(StandardCharsets.UTF_8).length);
        if (!goesOn || begun.length() >= LONGEST_LINE) {
            emit();
        }
    }

    /** No event will follow: what was begun is a line. */
    void end() {
        if (begunAt != null) {
            emit();
        }
    }

    private void emit() {
        Instant at = begunAt == null ? Instant.ofEpochMilli(read.millis()) : begunAt;
        lines.add(new LogLine(source, at, LogLine.Stream.STDOUT, text()));
        positions.add(read.toString());
        given = read;
        begun.setLength(0);
        begunAt = null;
    }

    /** An event may hold line breaks only where a patch told the driver to join lines by a pattern. */
    private String text() {
        int length = begun.length();
        while (length > 0 && isBreak(begun.charAt(length - 1))) {
            length--;
        }
        return begun.substring(0, length).replaceAll("\\R", " ");
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }

    /** Whether a line was begun that may go on in the next event. */
    boolean isWithinLine() {
        return begunAt != null;
    }

    int size() {
        return lines.size();
    }

    /** The position after the last whole line. */
    Position position() {
        return given;
    }

    List<LogLine> lines() {
        return lines;
    }

    List<String> positions() {
        return positions;
    }
}
