package io.portolan.emulator.internal.gcp.logging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Cloud Run makes of a line: text, or the members of a JSON object, of which some have a meaning of their own. */
final class LogLine {
    private static final String NAMESPACE = "logging.googleapis.com/";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private LogLine() {}

    /** Puts a line into an entry. */
    static void into(ObjectNode entry, String line) {
        ObjectNode payload = object(line);
        if (payload == null) {
            entry.put("textPayload", line);
            return;
        }
        if (payload.path("severity").isTextual()) {
            entry.set("severity", payload.remove("severity"));
        }
        move(
                payload,
                entry,
                Map.of(
                        NAMESPACE + "trace", "trace",
                        NAMESPACE + "spanId", "spanId",
                        NAMESPACE + "insertId", "insertId"));
        if (payload.remove(NAMESPACE + "labels") instanceof ObjectNode labels) {
            labels.properties().forEach(label -> entry.withObject("/labels").set(label.getKey(), label.getValue()));
        }
        // A message that is left alone is as good as text.
        if (payload.size() == 1 && payload.path("message").isTextual()) {
            entry.set("textPayload", payload.get("message"));
        } else {
            entry.set("jsonPayload", payload);
        }
    }

    private static void move(ObjectNode from, ObjectNode into, Map<String, String> names) {
        names.forEach((name, target) -> {
            JsonNode value = from.remove(name);
            if (value != null) {
                into.set(target, value);
            }
        });
    }

    private static @Nullable ObjectNode object(String line) {
        if (!line.stripLeading().startsWith("{")) {
            return null;
        }
        try {
            return MAPPER.readTree(line) instanceof ObjectNode object ? object : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
