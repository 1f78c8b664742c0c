package io.portolan.emulator.internal.aws.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Takes a batch of events: all of it is refused, or those events that are too old or too new are left out. */
final class PutEvents {
    private static final int LARGEST = 1_048_576;
    private static final int MOST = 10_000;
    private static final Duration LONGEST_SPAN = Duration.ofHours(24);
    private static final Duration OLDEST = Duration.ofDays(14);
    private static final Duration NEWEST = Duration.ofHours(2);

    private final LogState state;

    PutEvents(LogState state) {
        this.state = state;
    }

    ObjectNode put(ObjectNode input) {
        LogGroup group = state.group(input);
        LogStream stream = state.stream(group, input.path("logStreamName").asText());
        JsonNode events = input.path("logEvents");
        checkSize(events);
        checkOrder(events);
        Instant now = state.now();
        Integer days = group.retentionDays();
        int expired = endBefore(events, days == null ? Instant.EPOCH : now.minus(Duration.ofDays(days)));
        int old = endBefore(events, now.minus(OLDEST));
        int tooNew = endBefore(events, now.plus(NEWEST).plusMillis(1));
        int first = Math.max(expired, old);
        checkSpan(events, first, tooNew);
        for (int i = first; i < tooNew; i++) {
            state.append(
                    stream,
                    events.get(i).path("timestamp").asLong(),
                    events.get(i).path("message").asText());
        }
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.put("nextSequenceToken", "%056d".formatted(now.toEpochMilli()));
        if (first > 0 || tooNew < events.size()) {
            ObjectNode rejected = output.putObject("rejectedLogEventsInfo");
            put(rejected, "expiredLogEventEndIndex", expired, expired > 0);
            put(rejected, "tooOldLogEventEndIndex", old, old > 0);
            put(rejected, "tooNewLogEventStartIndex", tooNew, tooNew < events.size());
        }
        return output;
    }

    private static void checkSize(JsonNode events) {
        if (events.size() > MOST) {
            throw AwsError.invalidParameter("A batch can have no more than " + MOST + " log events.");
        }
        long total = 0;
        for (JsonNode event : events) {
            int size = event.path("message").asText().getBytes(StandardCharsets.UTF_8).length;
            if (size > LARGEST) {
                throw AwsError.invalidParameter("Log event too large: " + size + " bytes exceeds limit of " + LARGEST);
            }
            total += size + LogEvent.OVERHEAD;
        }
        if (total > LARGEST) {
            throw AwsError.invalidParameter("Upload too large: " + total + " bytes exceeds limit of " + LARGEST);
        }
    }

    private static void checkOrder(JsonNode events) {
        for (int i = 1; i < events.size(); i++) {
            if (time(events, i) < time(events, i - 1)) {
                throw AwsError.invalidParameter(
                        "Log events in a single PutLogEvents request must be in chronological order.");
            }
        }
    }

    private static void checkSpan(JsonNode events, int first, int end) {
        if (first < end && time(events, end - 1) - time(events, first) > LONGEST_SPAN.toMillis()) {
            throw AwsError.invalidParameter(
                    "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
        }
    }

    /** How many events are before a time. */
    private static int endBefore(JsonNode events, Instant time) {
        int end = 0;
        while (end < events.size() && time(events, end) < time.toEpochMilli()) {
            end++;
        }
        return end;
    }

    private static long time(JsonNode events, int index) {
        return events.get(index).path("timestamp").asLong();
    }

    private static void put(ObjectNode rejected, String member, int value, boolean wanted) {
        if (wanted) {
            rejected.put(member, value);
        }
    }
}
