package io.portolan.emulator.internal.aws.logs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One event of a stream.
 *
 * @param position where it stands among all events
 * @param ingested when it came
 * @param visible from when on readers see it
 * @param message its text
 */
record LogEvent(Position position, Instant ingested, Instant visible, String message) {
    /** What each event counts more than its text. */
    static final int OVERHEAD = 26;

    /** The size that limits count. */
    int size() {
        return message.getBytes(StandardCharsets.UTF_8).length + OVERHEAD;
    }

    long timestamp() {
        return position.timestamp();
    }

    /**
     * The order of events: by time, then as they came.
     *
     * @param timestamp of the event
     * @param sequence its number
     */
    record Position(long timestamp, long sequence) implements Comparable<Position> {
        @Override
        public int compareTo(Position other) {
            int byTime = Long.compare(timestamp, other.timestamp);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }
}
