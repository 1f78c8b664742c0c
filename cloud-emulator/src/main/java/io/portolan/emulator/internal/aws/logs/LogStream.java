package io.portolan.emulator.internal.aws.logs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The events of one stream, by their time; those of one moment as they came. Used with the lock held. */
final class LogStream {
    /** One event. */
    record Event(long timestamp, long ingestedAt, String message) {
        int bytes() {
            return message.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + OVERHEAD;
        }
    }

    /** What each event counts beside its text. */
    static final int OVERHEAD = 26;

    private final Instant createdAt;
    private final List<Event> events = new ArrayList<>();

    LogStream(Instant createdAt) {
        this.createdAt = createdAt;
    }

    Instant createdAt() {
        return createdAt;
    }

    void add(Event event) {
        int at = events.size();
        while (at > 0 && events.get(at - 1).timestamp() > event.timestamp()) {
            at--;
        }
        events.add(at, event);
    }

    /** Events from a time to before another. */
    List<Event> between(long from, long to) {
        return events.stream()
                .filter(e -> e.timestamp() >= from && e.timestamp() < to)
                .toList();
    }

    /** The time of the last event, -1 for none. */
    long lastTimestamp() {
        return events.stream()
                .map(Event::timestamp)
                .max(Comparator.naturalOrder())
                .orElse(-1L);
    }
}
