package io.portolan.emulator.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks values against the shapes of a model, which may refer to themselves. */
final class ShapeCheck {
    private final JsonNode shapes;
    private final List<AwsModel.Violation> violations;

    ShapeCheck(JsonNode shapes, List<AwsModel.Violation> violations) {
        this.shapes = shapes;
        this.violations = violations;
    }

    void check(String path, String shapeName, JsonNode value) {
        JsonNode shape = shapes.path(shapeName);
        if (shape.path("document").asBoolean()) {
            return;
        }
        switch (shape.path("type").asText()) {
            case "structure" -> structure(path, shape, value);
            case "list" -> list(path, shape, value);
            case "map" -> map(path, shape, value);
            case "string" -> string(path, shape, value);
            case "integer", "long" -> number(path, shape, value, value.isIntegralNumber());
            case "double", "float", "timestamp" -> number(path, shape, value, value.isNumber());
            case "boolean" -> type(path, value.isBoolean(), "a boolean");
            case "blob" -> type(path, value.isTextual(), "text in base64");
            default -> malformed(path, "has a shape that the model does not explain");
        }
    }

    private void structure(String path, JsonNode shape, JsonNode value) {
        if (!type(path, value.isObject(), "an object")) {
            return;
        }
        JsonNode members = shape.path("members");
        for (JsonNode required : shape.path("required")) {
            if (!value.hasNonNull(required.asText())) {
                constraint(join(path, required.asText()), "must not be null");
            }
        }
        if (shape.path("union").asBoolean() && value.size() != 1) {
            constraint(path, "must have exactly one member");
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String at = join(path, member.getKey());
            if (!members.has(member.getKey())) {
                malformed(at, "is not a member");
            } else if (!member.getValue().isNull()) {
                check(at, members.path(member.getKey()).asText(), member.getValue());
            }
        }
    }

    private void list(String path, JsonNode shape, JsonNode value) {
        if (!type(path, value.isArray(), "a list")) {
            return;
        }
        range(path, shape, value.size(), "must have", "members");
        for (int i = 0; i < value.size(); i++) {
            check(path + "[" + i + "]", shape.path("member").asText(), value.get(i));
        }
    }

    private void map(String path, JsonNode shape, JsonNode value) {
        if (!type(path, value.isObject(), "an object")) {
            return;
        }
        range(path, shape, value.size(), "must have", "entries");
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            String at = path + "[" + entry.getKey() + "]";
            check(at, shape.path("key").asText(), TextNode.valueOf(entry.getKey()));
            check(at, shape.path("value").asText(), entry.getValue());
        }
    }

    private void string(String path, JsonNode shape, JsonNode value) {
        if (!type(path, value.isTextual(), "text")) {
            return;
        }
        String text = value.asText();
        if (shape.has("enum")) {
            Set<String> allowed = new HashSet<>();
            shape.path("enum").forEach(constant -> allowed.add(constant.asText()));
            if (!allowed.contains(text)) {
                constraint(path, "must be one of " + shape.path("enum"));
            }
        }
        range(path, shape, text.length(), "must have", "characters");
        if (shape.has("pattern")
                && !Pattern.compile(shape.path("pattern").asText())
                        .matcher(text)
                        .matches()) {
            constraint(path, "must match " + shape.path("pattern").asText());
        }
    }

    private void number(String path, JsonNode shape, JsonNode value, boolean right) {
        if (type(path, right, "a number")) {
            range(path, shape, value.asDouble(), "must be", "");
        }
    }

    private void range(String path, JsonNode shape, double size, String verb, String unit) {
        if (shape.has("min") && size < shape.path("min").asDouble()) {
            constraint(path, (verb + " at least " + shape.path("min").asText() + " " + unit).strip());
        }
        if (shape.has("max") && size > shape.path("max").asDouble()) {
            constraint(path, (verb + " at most " + shape.path("max").asText() + " " + unit).strip());
        }
    }

    private boolean type(String path, boolean right, String expected) {
        if (!right) {
            malformed(path, "must be " + expected);
        }
        return right;
    }

    private void malformed(String path, String problem) {
        violations.add(new AwsModel.Violation(path, AwsModel.Violation.Kind.MALFORMED, problem));
    }

    private void constraint(String path, String problem) {
        violations.add(new AwsModel.Violation(path, AwsModel.Violation.Kind.CONSTRAINT, problem));
    }

    private static String join(String path, String member) {
        return path.isEmpty() ? member : path + "." + member;
    }
}
