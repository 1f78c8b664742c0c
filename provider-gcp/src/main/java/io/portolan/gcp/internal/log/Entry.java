package io.portolan.gcp.internal.log;

import io.portolan.run.LogLine;
import io.portolan.run.LogSource;
import java.time.Instant;

/**
 * A line that a container wrote, as Cloud Logging has it.
 *
 * @param key its place in the log
 * @param source {@code index/attempt} of a task, or the instance of a service
 * @param stream where it was written to
 * @param text without line breaks; untrusted
 */
record Entry(EntryKey key, String source, LogLine.Stream stream, String text) {
    LogLine line(LogSource as) {
        return new LogLine(as, instant(key.nanos()), stream, text);
    }

    /** What it holds in memory, in bytes. */
    long size() {
        return 200 + 2L * (text.length() + source.length() + key.insertId().length());
    }

    static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }
}
