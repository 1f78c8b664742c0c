package io.portolan.emulator.internal.aws.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Reads one stream page by page, forward or back. The end is where a token leads to itself. */
final class GetEvents {
    private final LogState state;

    GetEvents(LogState state) {
        this.state = state;
    }

    ObjectNode get(ObjectNode input) {
        LogStream stream =
                state.stream(state.group(input), input.path("logStreamName").asText());
        EventToken from = from(input);
        EventRange range = EventRange.of(input);
        Stream<LogEvent> readable =
                stream.from(from).stream().filter(event -> range.contains(event) && state.isVisible(event));
        List<LogEvent> page = range.page(readable);
        if (!from.forward()) {
            Collections.reverse(page);
        }
        if (!page.isEmpty() && state.faults().takeEmptyLogPage()) {
            return answer(List.of(), from.next());
        }
        return answer(page, from);
    }

    private EventToken from(ObjectNode input) {
        JsonNode token = input.path("nextToken");
        if (token.isTextual()) {
            return EventToken.parse(token.asText(), state.now());
        }
        return EventToken.first(input.path("startFromHead").asBoolean(), state.now());
    }

    private ObjectNode answer(List<LogEvent> page, EventToken from) {
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode events = output.putArray("events");
        for (LogEvent event : page) {
            events.addObject()
                    .put("timestamp", event.timestamp())
                    .put("message", event.message())
                    .put("ingestionTime", event.ingested().toEpochMilli());
        }
        EventToken forward = from.towards(true);
        EventToken backward = from.towards(false);
        if (!page.isEmpty()) {
            forward = EventToken.of(true, page.get(page.size() - 1), state.now());
            backward = EventToken.of(false, page.get(0), state.now());
        }
        return output.put("nextForwardToken", forward.toString()).put("nextBackwardToken", backward.toString());
    }
}
