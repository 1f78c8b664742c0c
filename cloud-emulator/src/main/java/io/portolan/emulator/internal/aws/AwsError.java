package io.portolan.emulator.internal.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** An error that a service answers with. */
public final class AwsError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final transient Map<String, JsonNode> members;

    /**
     * An error with a type and a message.
     *
     * @param status of the answer
     * @param type such as {@code ClientException}
     * @param message the service's words
     */
    public AwsError(int status, String type, String message) {
        this(status, type, message, Map.of());
    }

    /**
     * An error that says more.
     *
     * @param status of the answer
     * @param type such as {@code ConflictException}
     * @param message the service's words
     * @param members what else the error has, such as {@code resourceIds}
     */
    public AwsError(int status, String type, String message, Map<String, JsonNode> members) {
        super(message);
        this.status = status;
        this.type = type;
        this.members = Map.copyOf(members);
    }

    /**
     * The usual error of ECS for a request that it does not like.
     *
     * @param message the service's words
     * @return the error
     */
    public static AwsError client(String message) {
        return new AwsError(400, "ClientException", message);
    }

    /**
     * A parameter that the service does not like.
     *
     * @param message the service's words
     * @return the error
     */
    public static AwsError invalidParameter(String message) {
        return new AwsError(400, "InvalidParameterException", message);
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }

    /** The type of the error. */
    public String type() {
        return type;
    }

    /** What else the error has. */
    public Map<String, JsonNode> members() {
        return members;
    }

    /** The message, which is never null here. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
