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
record Entry(Key key, String source, LogLine.Stream stream, String text) {
    /**
     * The place of an entry: Cloud Logging orders by time, and by insert id within one time.
     *
     * @param nanos since 1970
     * @param insertId tells entries of one time apart
     */
    record Key(long nanos, String insertId) implements Comparable<Key> {
        static Key before(Instant time) {
            return new Key(Entry.nanos(time), "");
        }

        @Override
        public int compareTo(Key other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime == 0 ? insertId.compareTo(other.insertId) : byTime;
        }
    }

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
