package io.portolan.emulator.internal.aws.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.Page;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Makes, lists and removes groups. */
final class GroupOperations {
    private static final int PAGE = 50;
    private static final Set<Integer> RETENTION_DAYS = Set.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    private final LogState state;

    GroupOperations(LogState state) {
        this.state = state;
    }

    Map<String, UnaryOperator<ObjectNode>> operations() {
        return Map.of(
                "CreateLogGroup", this::create,
                "DeleteLogGroup", this::delete,
                "DescribeLogGroups", this::describe,
                "PutRetentionPolicy", this::putRetention,
                "DeleteRetentionPolicy", this::deleteRetention);
    }

    private ObjectNode create(ObjectNode input) {
        String name = input.path("logGroupName").asText();
        if (name.startsWith("aws/")) {
            throw AwsError.invalidParameter("Log groups starting with AWS/ are reserved for AWS.");
        }
        if (state.groups().containsKey(name)) {
            throw LogState.exists("The specified log group already exists");
        }
        LogGroup group = new LogGroup(
                name,
                state.now(),
                input.path("logGroupClass").asText("STANDARD"),
                input.path("deletionProtectionEnabled").asBoolean());
        LogTags.merge(group.tags(), input.path("tags"));
        state.groups().put(name, group);
        return object();
    }

    private ObjectNode delete(ObjectNode input) {
        LogGroup group = state.group(input);
        if (group.deletionProtected()) {
            throw new AwsError(400, "ValidationException", "The log group has deletion protection enabled.");
        }
        state.groups().remove(group.name());
        return object();
    }

    private ObjectNode describe(ObjectNode input) {
        JsonNode prefix = input.path("logGroupNamePrefix");
        JsonNode pattern = input.path("logGroupNamePattern");
        if (prefix.isTextual() && pattern.isTextual()) {
            throw AwsError.invalidParameter(
                    "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        }
        Set<String> identifiers = new HashSet<>();
        input.path("logGroupIdentifiers").forEach(id -> identifiers.add(LogState.nameOf(id.asText())));
        JsonNode groupClass = input.path("logGroupClass");
        List<LogGroup> matching = state.groups().values().stream()
                .filter(group -> group.name().startsWith(prefix.asText("")))
                .filter(group -> group.name().contains(pattern.asText("")))
                .filter(group -> identifiers.isEmpty() || identifiers.contains(group.name()))
                .filter(group -> !groupClass.isTextual() || groupClass.asText().equals(group.groupClass()))
                .toList();
        Page<LogGroup> page =
                Page.of(matching, LogGroup::name, input.path("limit").asInt(PAGE), input.path("nextToken"));
        ObjectNode output = object();
        ArrayNode views = output.putArray("logGroups");
        page.items().forEach(group -> views.add(group.view()));
        page.putNext(output, "nextToken");
        return output;
    }

    private ObjectNode putRetention(ObjectNode input) {
        int days = input.path("retentionInDays").asInt();
        LogGroup group = state.group(input);
        if (!RETENTION_DAYS.contains(days)) {
            throw AwsError.invalidParameter("1 validation error detected: Value '" + days
                    + "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: "
                    + RETENTION_DAYS.stream().sorted().toList());
        }
        group.retain(days);
        return object();
    }

    private ObjectNode deleteRetention(ObjectNode input) {
        state.group(input).retain(null);
        return object();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
