package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes the JSON of ECS. */
public final class Json {
    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An empty list. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** The text of a member, null if it has none. */
    public static @Nullable String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isTextual() ? value.asText() : null;
    }

    /** The text of a member. */
    public static String text(JsonNode node, String member, String absent) {
        String value = text(node, member);
        return value == null ? absent : value;
    }

    /** The texts of a list, null if there is no list. */
    public static @Nullable List<String> texts(JsonNode node, String member) {
        JsonNode list = node.path(member);
        if (!list.isArray()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Seconds since 1970, as AWS writes a time. */
    public static void time(ObjectNode node, String member, @Nullable Instant time) {
        if (time != null) {
            node.put(member, BigDecimal.valueOf(time.toEpochMilli(), 3));
        }
    }

    /** Puts a text, or nothing for null. */
    public static void put(ObjectNode node, String member, @Nullable String text) {
        if (text != null) {
            node.put(member, text);
        }
    }

    /** A list of texts. */
    public static ArrayNode list(Iterable<String> texts) {
        ArrayNode list = array();
        texts.forEach(list::add);
        return list;
    }

    /** Copies members that are there. */
    public static void copy(JsonNode from, ObjectNode into, String... members) {
        for (String member : members) {
            if (from.hasNonNull(member)) {
                into.set(member, from.get(member).deepCopy());
            }
        }
    }

    /** Puts an empty list where there is none. */
    public static void emptyList(ObjectNode node, String... members) {
        for (String member : members) {
            if (!node.hasNonNull(member)) {
                node.putArray(member);
            }
        }
    }

    /** Whether a list of texts contains one. */
    public static boolean contains(JsonNode list, String text) {
        for (JsonNode item : list) {
            if (item.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }
}
