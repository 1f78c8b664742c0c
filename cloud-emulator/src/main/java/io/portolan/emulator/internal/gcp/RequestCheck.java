package io.portolan.emulator.internal.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.gcp.GcpMethod;
import io.portolan.emulator.gcp.GcpModel;
import io.portolan.emulator.gcp.GcpModel.Violation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Refuses requests that do not fit the discovery document, in Google's words. */
final class RequestCheck {
    private static final Set<String> SYSTEM_PARAMETERS = Set.of(
            "$alt",
            "alt",
            "fields",
            "key",
            "prettyPrint",
            "quotaUser",
            "$.xgafv",
            "access_token",
            "oauth_token",
            "callback",
            "uploadType",
            "upload_protocol");

    private final GcpModel model;
    private final GcpMethod method;

    RequestCheck(GcpModel model, GcpMethod method) {
        this.model = model;
        this.method = method;
    }

    void checkQuery(Map<String, String> query) {
        Map<String, String> violations = new LinkedHashMap<>();
        Map<String, JsonNode> parameters = method.parameters();
        query.forEach((name, value) -> {
            JsonNode parameter = parameters.get(name);
            if (parameter == null || parameter.path("location").asText().equals("path")) {
                if (!SYSTEM_PARAMETERS.contains(name)) {
                    violations.put(
                            "",
                            "Invalid JSON payload received. Unknown name \"" + name
                                    + "\": Cannot bind query parameter. Field '" + name
                                    + "' could not be found in request message.");
                }
            } else if (!fits(parameter.path("type").asText(), value)) {
                violations.put(snakeCase(name), invalidValue(snakeCase(name), "TYPE_INT32", "\"" + value + "\""));
            }
        });
        refuse(violations);
    }

    void checkBody(ObjectNode body) {
        Map<String, String> violations = new LinkedHashMap<>();
        for (Violation violation : model.check(method.name(), body)) {
            String path = path(violation.path());
            switch (violation.kind()) {
                case UNKNOWN_MEMBER -> violations.put(parent(path), unknownName(path));
                case MALFORMED ->
                    violations.put(
                            path,
                            invalidValue(
                                    path,
                                    violation.type(),
                                    violation.value().isContainerNode()
                                            ? "Proto field is not repeating, cannot start list."
                                            : violation.value().toString()));
                case MISSING -> violations.put(path, path + ": must not be empty.");
                case READ_ONLY -> {}
            }
        }
        refuse(violations);
    }

    private static void refuse(Map<String, String> violations) {
        if (!violations.isEmpty()) {
            throw GcpError.invalid(String.join("\n", violations.values()), violations);
        }
    }

    private static boolean fits(String type, String value) {
        return switch (type) {
            case "integer" -> value.isEmpty() || value.matches("-?\\d{1,9}");
            case "boolean" -> value.isEmpty() || value.equals("true") || value.equals("false");
            default -> true;
        };
    }

    private static String unknownName(String path) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        String parent = parent(path);
        return "Invalid JSON payload received. Unknown name \"" + name + "\""
                + (parent.isEmpty() ? "" : " at '" + parent + "'") + ": Cannot find field.";
    }

    private static String invalidValue(String path, String type, String value) {
        return "Invalid value at '" + path + "' (" + type + "), " + value;
    }

    /** As the request message has it: most bodies are one member of it. */
    private String path(String path) {
        String schema = method.request();
        boolean whole = schema.endsWith("Request");
        String member = snakeCase(schema.substring(schema.startsWith("GoogleCloudRunV2") ? 16 : 0));
        String prefix = whole ? "" : member.substring(member.startsWith("_") ? 1 : 0);
        String rest = snakeCase(path);
        return prefix.isEmpty() || rest.isEmpty() ? prefix + rest : prefix + "." + rest;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('.'), 0));
    }

    private static String snakeCase(String text) {
        return text.replaceAll("(?<=[a-z0-9])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
