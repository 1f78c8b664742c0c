package io.portolan.emulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.gcp.GcpModel.Violation;
import io.portolan.emulator.gcp.GcpModel.Violation.Kind;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks values against the schemas of a discovery document, which may refer to themselves. */
final class SchemaCheck {
    /** Which rules hold. */
    enum Direction {
        REQUEST,
        /** A request whose mask tells what it has. */
        UPDATE,
        RESPONSE
    }

    private static final Pattern INT64 = Pattern.compile("-?\\d{1,19}");
    private static final Pattern DURATION = Pattern.compile("-?\\d{1,12}(\\.\\d{1,9})?s");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]*={0,2}");

    private final JsonNode schemas;
    private final List<Violation> violations;
    private final Direction direction;

    SchemaCheck(JsonNode schemas, List<Violation> violations, Direction direction) {
        this.schemas = schemas;
        this.violations = violations;
        this.direction = direction;
    }

    static ObjectNode reference(String schema) {
        return JsonNodeFactory.instance.objectNode().put("$ref", schema);
    }

    void check(String path, JsonNode schema, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asText();
            object(path, schemas.path(name), name, value);
        } else if (schema.has("enum")) {
            enumeration(path, schema, value);
        } else {
            switch (schema.path("type").asText()) {
                case "object" -> object(path, schema, "", value);
                case "array" -> array(path, schema.path("items"), value);
                case "string" -> string(path, schema, value);
                case "integer" ->
                    type(
                            path,
                            value.isIntegralNumber() && value.canConvertToInt(),
                            "a number of 32 bits",
                            "TYPE_INT32",
                            value);
                case "number" -> type(path, value.isNumber(), "a number", "TYPE_DOUBLE", value);
                case "boolean" -> type(path, value.isBoolean(), "a boolean", "TYPE_BOOL", value);
                default -> {}
            }
        }
    }

    private void object(String path, JsonNode schema, String name, JsonNode value) {
        if (!type(path, value.isObject(), "an object", "type.googleapis.com/" + name, value)) {
            return;
        }
        JsonNode properties = schema.path("properties");
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            boolean needed = property.getValue().path("required").asBoolean()
                    && direction != Direction.RESPONSE
                    && !(direction == Direction.UPDATE && path.isEmpty());
            if (needed && !value.hasNonNull(property.getKey())) {
                add(join(path, property.getKey()), Kind.MISSING, "must not be missing", "", value);
            }
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String at = join(path, member.getKey());
            JsonNode property = properties.path(member.getKey());
            if (property.isMissingNode()) {
                other(at, schema.path("additionalProperties"), member.getValue());
                continue;
            }
            if (property.path("readOnly").asBoolean() && direction != Direction.RESPONSE) {
                add(at, Kind.READ_ONLY, "is set by the server only", "", member.getValue());
            }
            check(at, property, member.getValue());
        }
    }

    private void other(String path, JsonNode schema, JsonNode value) {
        if (schema.isMissingNode()) {
            add(path, Kind.UNKNOWN_MEMBER, "is not a member", "", value);
        } else {
            check(path, schema, value);
        }
    }

    private void array(String path, JsonNode items, JsonNode value) {
        if (type(path, value.isArray(), "a list", "list", value)) {
            for (int i = 0; i < value.size(); i++) {
                check(path + "[" + i + "]", items, value.get(i));
            }
        }
    }

    private void enumeration(String path, JsonNode schema, JsonNode value) {
        String of = value.isIntegralNumber() ? "enumNumbers" : "enum";
        for (JsonNode constant : schema.path(of)) {
            if (constant.asText().equals(value.asText()) && value.isValueNode()) {
                return;
            }
        }
        add(path, Kind.MALFORMED, "must be one of " + schema.path("enum"), "TYPE_ENUM", value);
    }

    private void string(String path, JsonNode schema, JsonNode value) {
        String text = value.asText();
        switch (schema.path("format").asText()) {
            case "int64" ->
                type(
                        path,
                        value.isIntegralNumber()
                                || (value.isTextual() && INT64.matcher(text).matches()),
                        "a number of 64 bits, as text",
                        "TYPE_INT64",
                        value);
            case "google-duration" ->
                matching(
                        path,
                        DURATION,
                        "a duration in seconds such as 600s",
                        "type.googleapis.com/google.protobuf.Duration",
                        value);
            case "google-datetime" ->
                matching(
                        path,
                        TIME,
                        "a time such as 2026-01-31T12:00:00Z",
                        "type.googleapis.com/google.protobuf.Timestamp",
                        value);
            case "byte" -> matching(path, BASE64, "text in base64", "TYPE_BYTES", value);
            default -> type(path, value.isTextual(), "text", "TYPE_STRING", value);
        }
    }

    private void matching(String path, Pattern pattern, String expected, String type, JsonNode value) {
        type(path, value.isTextual() && pattern.matcher(value.asText()).matches(), expected, type, value);
    }

    private boolean type(String path, boolean right, String expected, String type, JsonNode value) {
        if (!right) {
            add(path, Kind.MALFORMED, "must be " + expected, type, value);
        }
        return right;
    }

    private void add(String path, Kind kind, String problem, String type, JsonNode value) {
        violations.add(new Violation(path, kind, problem, type, value));
    }

    private static String join(String path, String member) {
        return path.isEmpty() ? member : path + "." + member;
    }
}
