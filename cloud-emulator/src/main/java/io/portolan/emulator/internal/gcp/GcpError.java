package io.portolan.emulator.internal.gcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** An error that an API answers with. */
public final class GcpError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Map<String, Integer> CODES = Map.ofEntries(
            Map.entry("CANCELLED", 1),
            Map.entry("UNKNOWN", 2),
            Map.entry("INVALID_ARGUMENT", 3),
            Map.entry("DEADLINE_EXCEEDED", 4),
            Map.entry("NOT_FOUND", 5),
            Map.entry("ALREADY_EXISTS", 6),
            Map.entry("PERMISSION_DENIED", 7),
            Map.entry("RESOURCE_EXHAUSTED", 8),
            Map.entry("FAILED_PRECONDITION", 9),
            Map.entry("ABORTED", 10),
            Map.entry("UNIMPLEMENTED", 12),
            Map.entry("INTERNAL", 13),
            Map.entry("UNAVAILABLE", 14),
            Map.entry("UNAUTHENTICATED", 16));

    private final int status;
    private final String code;
    private final transient ObjectNode details;

    private GcpError(int status, String code, String message, ObjectNode details) {
        super(message);
        this.status = status;
        this.code = code;
        this.details = details;
    }

    /**
     * An error.
     *
     * @param status of HTTP
     * @param code such as {@code NOT_FOUND}
     * @param message the API's words
     */
    public static GcpError of(int status, String code, String message) {
        return new GcpError(status, code, message, JsonNodeFactory.instance.objectNode());
    }

    /** 400: what was sent is wrong. */
    public static GcpError invalid(String message) {
        return of(400, "INVALID_ARGUMENT", message);
    }

    /**
     * 400: some members of what was sent are wrong.
     *
     * @param violations what is wrong, by path
     */
    public static GcpError invalid(String message, Map<String, String> violations) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        detail.put("@type", "type.googleapis.com/google.rpc.BadRequest");
        var list = detail.putArray("fieldViolations");
        violations.forEach(
                (field, description) -> list.addObject().put("field", field).put("description", description));
        return new GcpError(400, "INVALID_ARGUMENT", message, detail);
    }

    /** 400: the state of things does not allow it. */
    public static GcpError precondition(String message) {
        return of(400, "FAILED_PRECONDITION", message);
    }

    /** 404. */
    public static GcpError notFound(String message) {
        return of(404, "NOT_FOUND", message);
    }

    /** 409: it is there already. */
    public static GcpError exists(String message) {
        return of(409, "ALREADY_EXISTS", message);
    }

    /** 409: somebody else has changed it. */
    public static GcpError aborted(String message) {
        return of(409, "ABORTED", message);
    }

    /**
     * An error with an {@code ErrorInfo}.
     *
     * @param reason such as {@code RATE_LIMIT_EXCEEDED}
     * @param metadata more
     */
    public GcpError because(String reason, Map<String, String> metadata) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        detail.put("@type", "type.googleapis.com/google.rpc.ErrorInfo");
        detail.put("reason", reason);
        detail.put("domain", "googleapis.com");
        new LinkedHashMap<>(metadata).forEach(detail.putObject("metadata")::put);
        return new GcpError(status, code, text(), detail);
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** The message, which is never null here. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** The body of the answer. */
    public ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error = body.putObject("error");
        error.put("code", status).put("message", text()).put("status", code);
        if (!details.isEmpty()) {
            error.putArray("details").add(details.deepCopy());
        }
        return body;
    }

    /** The same in an operation. */
    public ObjectNode rpcStatus() {
        return rpcStatus(code, text());
    }

    /**
     * A {@code google.rpc.Status}.
     *
     * @param code such as {@code INTERNAL}
     * @param message the API's words
     */
    public static ObjectNode rpcStatus(String code, String message) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("code", CODES.getOrDefault(code, 2))
                .put("message", message);
    }
}
