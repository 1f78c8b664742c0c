package io.portolan.emulator.internal.aws.logs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.logs.LogEvent.Position;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A stream and its events, in their order. */
final class LogStream {
    private final String name;
    private final String arn;
    private final Instant created;
    private final TreeMap<Position, LogEvent> events = new TreeMap<>();
    private @Nullable Instant lastIngested;
    private Instant lastVisible = Instant.MIN;

    LogStream(String name, String groupArn, Instant created) {
        this.name = name;
        this.arn = groupArn + ":log-stream:" + name;
        this.created = created;
    }

    String name() {
        return name;
    }

    /** The events where a token leads, in the order of its direction. */
    Collection<LogEvent> from(EventToken token) {
        return token.forward()
                ? events.tailMap(token.position(), false).values()
                : events.headMap(token.position(), false).descendingMap().values();
    }

    /** Keeps an event. None becomes visible before one that came earlier. */
    void add(Position position, Instant now, Instant visible, String message) {
        lastVisible = visible.isAfter(lastVisible) ? visible : lastVisible;
        lastIngested = now;
        events.put(position, new LogEvent(position, now, lastVisible, message));
    }

    /** Time of the newest event, -1 if there is none. */
    long lastTimestamp() {
        return events.isEmpty() ? -1 : events.lastKey().timestamp();
    }

    ObjectNode view() {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("logStreamName", name)
                .put("creationTime", created.toEpochMilli())
                .put("arn", arn)
                .put("storedBytes", 0);
        if (!events.isEmpty()) {
            view.put("firstEventTimestamp", events.firstKey().timestamp());
            view.put("lastEventTimestamp", events.lastKey().timestamp());
        }
        if (lastIngested != null) {
            view.put("lastIngestionTime", lastIngested.toEpochMilli());
            view.put("uploadSequenceToken", "%056d".formatted(events.lastKey().sequence()));
        }
        return view;
    }
}
