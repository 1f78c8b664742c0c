package io.portolan.emulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes enums as names or as numbers, which clients choose. */
final class EnumNames {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    // Google's names of types as the discovery document writes them.
    private static final List<String> PREFIXES = List.of("GoogleCloudRunV2", "");

    private final JsonNode schemas;
    private final boolean toNumbers;

    private EnumNames(JsonNode schemas, boolean toNumbers) {
        this.schemas = schemas;
        this.toNumbers = toNumbers;
    }

    static ObjectNode ofRequest(JsonNode schemas, String schema, ObjectNode body) {
        JsonNode written = new EnumNames(schemas, false).write(SchemaCheck.reference(schema), body);
        return written instanceof ObjectNode object ? object : JSON.objectNode();
    }

    static JsonNode numbered(JsonNode schemas, String schema, JsonNode body) {
        return new EnumNames(schemas, true).write(SchemaCheck.reference(schema), body);
    }

    private JsonNode write(JsonNode schema, JsonNode value) {
        if (schema.has("enum")) {
            return constant(schema, value);
        }
        if (value.isArray()) {
            ArrayNode list = JSON.arrayNode();
            value.forEach(item -> list.add(write(schema.path("items"), item)));
            return list;
        }
        return value.isObject() ? object(resolved(schema, value), value) : value;
    }

    private JsonNode object(JsonNode schema, JsonNode value) {
        ObjectNode written = JSON.objectNode();
        JsonNode properties = schema.path("properties");
        value.properties().forEach(member -> {
            JsonNode property = properties.path(member.getKey());
            boolean ignored = !toNumbers
                    && (property.path("readOnly").asBoolean()
                            || member.getValue().isNull());
            if (!ignored) {
                JsonNode of = property.isMissingNode() ? schema.path("additionalProperties") : property;
                written.set(member.getKey(), write(of, member.getValue()));
            }
        });
        return written;
    }

    /** The schema of an object, which may tell its own type. */
    private JsonNode resolved(JsonNode schema, JsonNode value) {
        String type = value.path("@type").asText();
        if (!type.isEmpty()) {
            String name = type.substring(type.lastIndexOf('.') + 1);
            for (String prefix : PREFIXES) {
                if (schemas.has(prefix + name)) {
                    return schemas.path(prefix + name);
                }
            }
        }
        return schema.has("$ref") ? schemas.path(schema.path("$ref").asText()) : schema;
    }

    private JsonNode constant(JsonNode schema, JsonNode value) {
        JsonNode from = schema.path(toNumbers ? "enum" : "enumNumbers");
        JsonNode to = schema.path(toNumbers ? "enumNumbers" : "enum");
        if (value.isTextual() != toNumbers) {
            return value;
        }
        for (int i = 0; i < from.size(); i++) {
            if (from.get(i).asText().equals(value.asText())) {
                return to.get(i);
            }
        }
        return value;
    }
}
