package io.portolan.emulator.internal.aws.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The tags of repositories. */
final class RepositoryTags {
    private static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;
    private static final String ALLOWED = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*";

    private final Repositories repositories;

    RepositoryTags(Repositories repositories) {
        this.repositories = repositories;
    }

    Map<String, UnaryOperator<ObjectNode>> operations() {
        return Map.of("TagResource", this::tag, "UntagResource", this::untag, "ListTagsForResource", this::list);
    }

    /** Adds tags to others, or none at all if the service refuses them. */
    static void merge(Map<String, String> tags, JsonNode added) {
        Map<String, String> merged = new TreeMap<>(tags);
        for (JsonNode tag : added) {
            String key = tag.path("Key").asText();
            String value = tag.path("Value").asText();
            boolean reserved = key.toLowerCase(Locale.ROOT).startsWith("aws:");
            boolean tooLong = key.length() > LONGEST_KEY || value.length() > LONGEST_VALUE;
            if (key.isEmpty() || reserved || tooLong || !key.matches(ALLOWED) || !value.matches(ALLOWED)) {
                throw EcrErrors.of("InvalidTagParameterException", "A tag has a key or value that is not allowed.");
            }
            merged.put(key, value);
        }
        if (merged.size() > MOST) {
            throw EcrErrors.of("TooManyTagsException", "A repository can have no more than " + MOST + " tags.");
        }
        tags.putAll(merged);
    }

    private ObjectNode tag(ObjectNode input) {
        merge(find(input).tags(), input.path("tags"));
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode untag(ObjectNode input) {
        Map<String, String> tags = find(input).tags();
        input.path("tagKeys").forEach(key -> tags.remove(key.asText()));
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode list(ObjectNode input) {
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode list = output.putArray("tags");
        find(input)
                .tags()
                .forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
        return output;
    }

    private Repository find(ObjectNode input) {
        String arn = input.path("resourceArn").asText();
        if (!arn.startsWith(Repository.ARN_PREFIX)) {
            throw EcrErrors.invalid("resourceArn", "must be the ARN of a repository");
        }
        return repositories.find(arn.substring(Repository.ARN_PREFIX.length()));
    }
}
