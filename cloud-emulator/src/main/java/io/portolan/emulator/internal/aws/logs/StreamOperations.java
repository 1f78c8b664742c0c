package io.portolan.emulator.internal.aws.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Makes, lists and removes streams. */
final class StreamOperations {
    private static final int PAGE = 50;

    private final LogState state;

    StreamOperations(LogState state) {
        this.state = state;
    }

    Map<String, UnaryOperator<ObjectNode>> operations() {
        return Map.of(
                "CreateLogStream", this::create, "DeleteLogStream", this::delete, "DescribeLogStreams", this::describe);
    }

    private ObjectNode create(ObjectNode input) {
        LogGroup group = state.group(input);
        String name = input.path("logStreamName").asText();
        if (group.streams().containsKey(name)) {
            throw LogState.exists("The specified log stream already exists");
        }
        group.openStream(name, state.now());
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode delete(ObjectNode input) {
        LogGroup group = state.group(input);
        LogStream stream = state.stream(group, input.path("logStreamName").asText());
        group.streams().remove(stream.name());
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode describe(ObjectNode input) {
        LogGroup group = state.group(input);
        JsonNode prefix = input.path("logStreamNamePrefix");
        boolean byTime = input.path("orderBy").asText().equals("LastEventTime");
        if (byTime && prefix.isTextual()) {
            throw AwsError.invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
        }
        Comparator<LogStream> order = Comparator.comparing(LogStream::name);
        if (byTime) {
            order = Comparator.comparingLong(LogStream::lastTimestamp).thenComparing(order);
        }
        if (input.path("descending").asBoolean()) {
            order = order.reversed();
        }
        List<LogStream> matching = group.streams().values().stream()
                .filter(stream -> stream.name().startsWith(prefix.asText("")))
                .sorted(order)
                .toList();
        Page<LogStream> page =
                Page.of(matching, LogStream::name, input.path("limit").asInt(PAGE), input.path("nextToken"));
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode views = output.putArray("logStreams");
        page.items().forEach(stream -> views.add(stream.view()));
        page.putNext(output, "nextToken");
        return output;
    }
}
