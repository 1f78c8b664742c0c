package io.portolan.local.internal.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.Retryability;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Objects;

/** The only place that gives docker-java's exceptions a meaning. */
public final class DockerErrors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DockerErrors() {}

    /**
     * What the engine said, without docker-java's frame and the JSON around it.
     *
     * @param error an error of docker-java
     * @return one line, never empty
     */
    public static String text(Throwable error) {
        String message =
                Objects.requireNonNullElse(error.getMessage(), error.getClass().getSimpleName());
        if (error instanceof DockerException) {
            message = message.replaceFirst("^Status \\d+: ", "");
        }
        String line = unwrapped(message).strip().replaceAll("\\s*\\R\\s*", " ");
        return line.isEmpty() ? error.getClass().getSimpleName() : line;
    }

    private static String unwrapped(String message) {
        int start = message.indexOf("{\"message\":");
        if (start < 0) {
            return message;
        }
        try {
            return JSON.readTree(message.substring(start)).path("message").asText(message);
        } catch (JsonProcessingException e) {
            return message; // cut off, or no JSON after all
        }
    }

    /**
     * Whether the engine answered, so that the call is known to have had no effect.
     *
     * @param error an error of docker-java
     * @return true for an HTTP status
     */
    public static boolean isAnswer(Throwable error) {
        return error instanceof DockerException answer && answer.getHttpStatus() > 0;
    }

    /**
     * The status of the engine's answer.
     *
     * @param error an error of docker-java
     * @return for example 404, or 0 if there was no answer
     */
    public static int status(Throwable error) {
        return error instanceof DockerException docker ? docker.getHttpStatus() : 0;
    }

    static PortolanException map(RuntimeException error, String operation, String resource, String engine) {
        if (error instanceof PortolanException known) {
            return known;
        }
        int status = status(error);
        PortolanException.Builder mapped =
                status > 0 ? answered(error, status, operation, resource) : unanswered(error, operation, engine);
        return mapped.provider("local")
                .operation(operation)
                .resource(resource)
                .attempts(1)
                .cause(error)
                .build();
    }

    private static PortolanException.Builder answered(
            RuntimeException error, int status, String operation, String resource) {
        String text = text(error);
        String message = "Docker engine refused " + operation + " of '" + resource + "': " + text;
        return PortolanException.builder(code(status, text), message).nativeCode(Integer.toString(status));
    }

    private static ErrorCode code(int status, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left on device")) {
            return ErrorCode.QUOTA_EXCEEDED;
        }
        return switch (status) {
            case 400, 406 ->
                lower.contains("api version") || lower.contains("client version")
                        ? ErrorCode.UNSUPPORTED
                        : ErrorCode.INVALID_ARGUMENT;
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.PERMISSION_DENIED;
            case 404 -> ErrorCode.NOT_FOUND;
            case 409 -> ErrorCode.CONFLICT;
            case 429 -> ErrorCode.THROTTLED;
            case 501 -> ErrorCode.UNSUPPORTED;
            case 503 -> ErrorCode.UNAVAILABLE;
            default -> status >= 500 ? ErrorCode.PROVIDER_ERROR : ErrorCode.UNKNOWN;
        };
    }

    private static PortolanException.Builder unanswered(RuntimeException error, String operation, String engine) {
        if (has(error, CallTimeout.Expired.class) || has(error, SocketTimeoutException.class)) {
            return PortolanException.builder(
                    ErrorCode.TIMEOUT,
                    "Docker engine at " + engine + " did not answer " + operation + " in time; raise portolan.local."
                            + EngineKeys.CALL_TIMEOUT + " if it is slow, restart it if it hangs");
        }
        if (Thread.currentThread().isInterrupted()
                || has(error, ClosedByInterruptException.class)
                || has(error, InterruptedException.class)
                || has(error, InterruptedIOException.class)) {
            Thread.currentThread().interrupt();
            return PortolanException.builder(
                    ErrorCode.CANCELLED, "The thread was interrupted during " + operation + " at the Docker engine");
        }
        if (isUnreachable(error)) {
            return unreachable(error, engine);
        }
        if (has(error, IOException.class)) {
            return PortolanException.builder(
                            ErrorCode.UNAVAILABLE,
                            "Docker engine at " + engine + " closed the connection during " + operation + " ("
                                    + text(root(error)) + "); look whether it is running with 'docker info'")
                    .retryability(Retryability.UNKNOWN_OUTCOME);
        }
        return PortolanException.builder(
                ErrorCode.UNKNOWN, "Docker client failed during " + operation + ": " + text(root(error)));
    }

    private static PortolanException.Builder unreachable(RuntimeException error, String engine) {
        String reason = text(root(error));
        if (reason.toLowerCase(Locale.ROOT).contains("permission denied")) {
            return PortolanException.builder(
                    ErrorCode.PERMISSION_DENIED,
                    "Docker engine at " + engine + " refuses this user (" + reason
                            + "); add the user to the group 'docker', or use a rootless engine");
        }
        return PortolanException.builder(
                ErrorCode.UNAVAILABLE,
                "Docker engine at " + engine + " cannot be reached (" + reason
                        + "); start it (Linux: 'systemctl start docker', elsewhere: Docker Desktop or Colima), or set"
                        + " portolan.local." + EngineKeys.DOCKER_HOST + " or DOCKER_HOST to where it is");
    }

    private static boolean isUnreachable(Throwable error) {
        if (has(error, ConnectException.class)
                || has(error, NoRouteToHostException.class)
                || has(error, UnknownHostException.class)
                || has(error, NoSuchFileException.class)
                || has(error, FileNotFoundException.class)) {
            return true;
        }
        // A socket file that is missing or forbidden is a plain SocketException with the system's text.
        String text = text(root(error));
        return !has(error, EOFException.class)
                && (text.contains("No such file or directory")
                        || text.contains("Permission denied")
                        || text.contains("Connection refused"));
    }

    private static boolean has(Throwable error, Class<? extends Throwable> type) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
