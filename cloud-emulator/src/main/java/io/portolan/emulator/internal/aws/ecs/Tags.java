package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The tags of all resources. Used with the lock held. */
public final class Tags implements EcsOperations {
    private static final int MOST = 50;

    private final Map<String, Map<String, String>> resources = new HashMap<>();

    Tags() {}

    /**
     * A new resource.
     *
     * @param arn of the resource
     * @param tags as in a request, perhaps missing
     */
    public void register(String arn, JsonNode tags) {
        check(tags);
        Map<String, String> map = new LinkedHashMap<>();
        put(map, tags);
        resources.put(arn, map);
    }

    /** A resource is no more. */
    public void remove(String arn) {
        resources.remove(arn);
    }

    /** The resource loses its tags. */
    public void clear(String arn) {
        resources.computeIfPresent(arn, (key, tags) -> new LinkedHashMap<>());
    }

    /** The tags of a resource, as in an answer. */
    public ArrayNode of(String arn) {
        ArrayNode list = Json.array();
        resources
                .getOrDefault(arn, Map.of())
                .forEach((key, value) -> list.addObject().put("key", key).put("value", value));
        return list;
    }

    /** Refuses too many tags, or keys that AWS keeps for itself. */
    public static void check(JsonNode tags) {
        if (tags.size() > MOST) {
            throw AwsError.invalidParameter("The maximum number of tags is " + MOST + ".");
        }
        for (JsonNode tag : tags) {
            String key = Json.text(tag, "key", "");
            if (key.isEmpty()) {
                throw AwsError.invalidParameter("Tag key can not be blank.");
            }
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw AwsError.invalidParameter("Tag keys that start with aws: are reserved.");
            }
        }
    }

    @Override
    public Map<String, UnaryOperator<ObjectNode>> operations() {
        return Map.of("TagResource", this::tag, "UntagResource", this::untag, "ListTagsForResource", this::list);
    }

    private ObjectNode tag(ObjectNode input) {
        Map<String, String> tags = resource(input);
        check(input.path("tags"));
        Map<String, String> merged = new LinkedHashMap<>(tags);
        put(merged, input.path("tags"));
        if (merged.size() > MOST) {
            throw AwsError.invalidParameter("The maximum number of tags is " + MOST + ".");
        }
        tags.putAll(merged);
        return Json.object();
    }

    private ObjectNode untag(ObjectNode input) {
        Map<String, String> tags = resource(input);
        input.path("tagKeys").forEach(key -> tags.remove(key.asText()));
        return Json.object();
    }

    private ObjectNode list(ObjectNode input) {
        resource(input);
        ObjectNode output = Json.object();
        output.set("tags", of(Json.text(input, "resourceArn", "")));
        return output;
    }

    private Map<String, String> resource(ObjectNode input) {
        Map<String, String> tags = resources.get(Json.text(input, "resourceArn", ""));
        if (tags == null) {
            throw new AwsError(
                    400,
                    "InvalidParameterException",
                    "The specified resource is not found. Specify a valid resourceArn.");
        }
        return tags;
    }

    private static void put(Map<String, String> map, JsonNode tags) {
        tags.forEach(tag -> map.put(Json.text(tag, "key", ""), Json.text(tag, "value", "")));
    }
}
