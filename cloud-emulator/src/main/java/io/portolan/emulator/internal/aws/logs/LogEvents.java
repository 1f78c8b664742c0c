package io.portolan.emulator.internal.aws.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.ecs.Json;
import io.portolan.emulator.internal.aws.logs.LogStream.Event;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Writes and reads events. Used with the lock of the service held. */
final class LogEvents {
    private static final int MOST_EVENTS = 10_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final Duration OLDEST = Duration.ofDays(14);
    private static final Duration NEWEST = Duration.ofHours(2);

    private final LogsService logs;
    private final Clock clock;

    LogEvents(LogsService logs, Clock clock) {
        this.logs = logs;
        this.clock = clock;
    }

    ObjectNode put(ObjectNode input) {
        LogStream stream = LogsService.stream(logs.group(input), input);
        JsonNode events = input.path("logEvents");
        long bytes = 0;
        long before = Long.MIN_VALUE;
        for (JsonNode event : events) {
            long timestamp = event.path("timestamp").asLong();
            if (timestamp < before) {
                throw AwsError.invalidParameter(
                        "Log events in a single PutLogEvents request must be in chronological order.");
            }
            before = timestamp;
            bytes += new Event(timestamp, 0, event.path("message").asText()).bytes();
        }
        if (bytes > MOST_BYTES) {
            throw AwsError.invalidParameter("Upload too large: " + bytes + " bytes exceeds limit of " + MOST_BYTES);
        }
        ObjectNode output = Json.object().put("nextSequenceToken", "0");
        long now = clock.millis();
        int index = 0;
        int tooOld = 0;
        int tooNew = -1;
        for (JsonNode event : events) {
            long timestamp = event.path("timestamp").asLong();
            if (timestamp < now - OLDEST.toMillis()) {
                tooOld = index + 1;
            } else if (timestamp > now + NEWEST.toMillis()) {
                tooNew = tooNew < 0 ? index : tooNew;
            } else {
                stream.add(new Event(timestamp, now, event.path("message").asText()));
            }
            index++;
        }
        if (tooOld > 0 || tooNew >= 0) {
            ObjectNode rejected = output.putObject("rejectedLogEventsInfo");
            if (tooOld > 0) {
                rejected.put("tooOldLogEventEndIndex", tooOld);
            }
            if (tooNew >= 0) {
                rejected.put("tooNewLogEventStartIndex", tooNew);
            }
        }
        return output;
    }

    /** A token is the index of the next event among those that the request asks for; at the end it stays the same. */
    ObjectNode get(ObjectNode input) {
        LogStream stream = LogsService.stream(logs.group(input), input);
        List<Event> all = stream.between(
                input.path("startTime").asLong(0), input.path("endTime").asLong(Long.MAX_VALUE));
        int limit = Math.min(MOST_EVENTS, input.path("limit").asInt(MOST_EVENTS));
        String token = Json.text(input, "nextToken", "");
        boolean forward = token.isEmpty() ? input.path("startFromHead").asBoolean(false) : token.startsWith("f/");
        int from = token.isEmpty() ? (forward ? 0 : all.size()) : index(token, all.size());
        int to = from;
        if (forward) {
            int bytes = 0;
            while (to < all.size() && to - from < limit && bytes + all.get(to).bytes() <= MOST_BYTES) {
                bytes += all.get(to).bytes();
                to++;
            }
        } else {
            from = Math.max(0, to - limit);
        }
        ObjectNode output = Json.object();
        ArrayNode list = output.putArray("events");
        all.subList(from, to)
                .forEach(event -> list.addObject()
                        .put("timestamp", event.timestamp())
                        .put("message", event.message())
                        .put("ingestionTime", event.ingestedAt()));
        return output.put("nextForwardToken", "f/" + to).put("nextBackwardToken", "b/" + from);
    }

    private static int index(String token, int size) {
        try {
            return Math.max(0, Math.min(size, Integer.parseInt(token.substring(2))));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw AwsError.invalidParameter("The specified nextToken is invalid.");
        }
    }

    ObjectNode filter(ObjectNode input) {
        LogGroup group = logs.group(input);
        String prefix = Json.text(input, "logStreamNamePrefix", "");
        String words = Json.text(input, "filterPattern", "").replace("\"", "");
        List<String> names = Json.texts(input, "logStreamNames");
        ObjectNode output = Json.object();
        ArrayNode list = output.putArray("events");
        group.streams().forEach((name, stream) -> {
            if (name.startsWith(prefix) && (names == null || names.contains(name))) {
                stream
                        .between(
                                input.path("startTime").asLong(0),
                                input.path("endTime").asLong(Long.MAX_VALUE))
                        .stream()
                        .filter(event -> event.message().contains(words))
                        .limit(input.path("limit").asInt(MOST_EVENTS))
                        .forEach(event -> list.addObject()
                                .put("logStreamName", name)
                                .put("timestamp", event.timestamp())
                                .put("message", event.message())
                                .put("ingestionTime", event.ingestedAt())
                                .put("eventId", name + "/" + event.timestamp()));
            }
        });
        output.putArray("searchedLogStreams");
        return output;
    }
}
