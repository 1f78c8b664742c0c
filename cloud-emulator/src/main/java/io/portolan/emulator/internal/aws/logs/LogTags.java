package io.portolan.emulator.internal.aws.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The tags of groups, by ARN and, as in older programs, by name. */
final class LogTags {
    private static final int MOST = 50;

    private final LogState state;

    LogTags(LogState state) {
        this.state = state;
    }

    Map<String, UnaryOperator<ObjectNode>> operations() {
        return Map.of(
                "TagResource", input -> tag(byArn(input), input),
                "UntagResource", input -> untag(byArn(input), input.path("tagKeys")),
                "ListTagsForResource", input -> list(byArn(input)),
                "TagLogGroup", input -> tag(state.group(input), input),
                "UntagLogGroup", input -> untag(state.group(input), input.path("tags")),
                "ListTagsLogGroup", input -> list(state.group(input)));
    }

    /** Adds tags to others, or none at all if the service refuses them. */
    static void merge(Map<String, String> tags, JsonNode added) {
        Map<String, String> merged = new TreeMap<>(tags);
        added.properties().forEach(tag -> {
            if (tag.getKey().toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw AwsError.invalidParameter("Tag keys that start with aws: are reserved.");
            }
            merged.put(tag.getKey(), tag.getValue().asText());
        });
        if (merged.size() > MOST) {
            throw new AwsError(400, "TooManyTagsException", "A resource can have no more than " + MOST + " tags.");
        }
        tags.putAll(merged);
    }

    private LogGroup byArn(ObjectNode input) {
        String arn = input.path("resourceArn").asText();
        if (!arn.startsWith("arn:")) {
            throw AwsError.invalidParameter("The specified resourceArn is not an ARN.");
        }
        if (!arn.startsWith(LogGroup.ARN_PREFIX)) {
            throw LogState.notFound("The specified resource does not exist.");
        }
        return state.group(arn.substring(LogGroup.ARN_PREFIX.length()));
    }

    private static ObjectNode tag(LogGroup group, ObjectNode input) {
        merge(group.tags(), input.path("tags"));
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode untag(LogGroup group, JsonNode keys) {
        keys.forEach(key -> group.tags().remove(key.asText()));
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode list(LogGroup group) {
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ObjectNode tags = output.putObject("tags");
        group.tags().forEach(tags::put);
        return output;
    }
}
