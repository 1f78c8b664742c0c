package io.portolan.emulator.internal.aws.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads all or some streams of a group, merged by time. */
final class FilterEvents {
    private final LogState state;

    FilterEvents(LogState state) {
        this.state = state;
    }

    ObjectNode filter(ObjectNode input) {
        FilterTerms terms = FilterTerms.parse(input.path("filterPattern").asText(""));
        EventRange range = EventRange.of(input);
        EventToken from = from(input);
        Map<LogEvent, String> streamOf = new HashMap<>();
        List<LogEvent> events = new ArrayList<>();
        for (LogStream stream : streams(input)) {
            for (LogEvent event : stream.from(from)) {
                if (range.contains(event) && terms.match(event.message()) && state.isVisible(event)) {
                    events.add(event);
                    streamOf.put(event, stream.name());
                }
            }
        }
        Comparator<LogEvent> order = Comparator.comparing(LogEvent::position);
        events.sort(from.forward() ? order : order.reversed());
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode views = output.putArray("events");
        output.putArray("searchedLogStreams");
        if (!events.isEmpty() && state.faults().takeEmptyLogPage()) {
            return output.put("nextToken", from.next().toString());
        }
        List<LogEvent> page = range.page(events.stream());
        page.forEach(event -> views.add(view(event, streamOf.getOrDefault(event, ""))));
        if (page.size() < events.size()) {
            LogEvent last = page.get(page.size() - 1);
            output.put(
                    "nextToken",
                    EventToken.of(from.forward(), last, state.now()).toString());
        }
        return output;
    }

    private EventToken from(ObjectNode input) {
        JsonNode token = input.path("nextToken");
        if (token.isTextual()) {
            return EventToken.parse(token.asText(), state.now());
        }
        return EventToken.first(input.path("startFromHead").asBoolean(true), state.now());
    }

    private List<LogStream> streams(ObjectNode input) {
        LogGroup group = state.group(input);
        JsonNode names = input.path("logStreamNames");
        JsonNode prefix = input.path("logStreamNamePrefix");
        if (names.isArray() && prefix.isTextual()) {
            throw AwsError.invalidParameter("logStreamNames and logStreamNamePrefix are mutually exclusive.");
        }
        List<LogStream> streams = new ArrayList<>();
        if (names.isArray()) {
            names.forEach(name -> streams.add(state.stream(group, name.asText())));
            return streams;
        }
        group.streams().values().stream()
                .filter(stream -> stream.name().startsWith(prefix.asText("")))
                .forEach(streams::add);
        return streams;
    }

    private static ObjectNode view(LogEvent event, String stream) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("logStreamName", stream)
                .put("timestamp", event.timestamp())
                .put("message", event.message())
                .put("ingestionTime", event.ingested().toEpochMilli())
                .put("eventId", "%056d".formatted(event.position().sequence()));
    }
}
