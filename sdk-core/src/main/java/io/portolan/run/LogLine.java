package io.portolan.run;

import java.time.Instant;
import java.util.Objects;

/**
 * One line that a container wrote. Untrusted text: it may hold anything but a line break.
 *
 * @param source who wrote it
 * @param timestamp when, by the platform's clock
 * @param stream where to
 * @param text without the line break
 */
public record LogLine(LogSource source, Instant timestamp, Stream stream, String text) {
    /** Where a line was written to. */
    public enum Stream {
        /** Standard output, also where the platform does not tell the two apart. */
        STDOUT,
        /** Standard error. */
        STDERR
    }

    /** Checks for null. */
    public LogLine {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(text, "text");
    }

    /**
     * The index of the task.
     *
     * @return 0 or more, -1 for a replica of a service
     */
    public int task() {
        return source.task();
    }

    /**
     * The attempt of the task.
     *
     * @return 0 or more, -1 for a replica of a service
     */
    public int attempt() {
        return source.attempt();
    }
}
