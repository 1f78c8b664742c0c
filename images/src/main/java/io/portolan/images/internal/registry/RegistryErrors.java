package io.portolan.images.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one place where answers of registries become errors of the SDK. Pure; messages never hold credentials. */
final class RegistryErrors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 300;

    private RegistryErrors() {}

    /**
     * An answer that is no success.
     *
     * @param registry host and port
     * @param what what was wanted, for example {@code push of 127.0.0.1:5000/etl:1}
     * @param answer the answer
     * @param loggedIn whether credentials were sent
     */
    static PortolanException of(String registry, String what, HttpResponse<byte[]> answer, boolean loggedIn) {
        int status = answer.statusCode();
        ErrorCode code = code(status);
        return PortolanException.builder(
                        code,
                        what + " failed: registry '" + registry + "' answered " + status + said(answer.body())
                                + hint(code, registry, loggedIn))
                .resource(registry)
                .nativeCode(Integer.toString(status))
                .attempts(1)
                .retryAfter(retryAfter(answer))
                .build();
    }

    /** No answer. */
    static PortolanException of(String registry, String what, Throwable cause) {
        boolean untrusted = isUntrusted(cause);
        String hint = untrusted
                ? "; its certificate is not trusted: add its issuer to the trust store of this Java virtual machine"
                : "; check the registry's name and that it runs and can be reached";
        return PortolanException.builder(
                        untrusted ? ErrorCode.FAILED : ErrorCode.UNAVAILABLE,
                        what + " failed: registry '" + registry + "' gave no answer: " + text(cause) + hint)
                .resource(registry)
                .attempts(1)
                .cause(cause)
                .build();
    }

    /** An answer that breaks the protocol or does not match its digest. */
    static PortolanException broken(String registry, String what, String why) {
        return PortolanException.builder(ErrorCode.FAILED, what + " failed: registry '" + registry + "' " + why)
                .resource(registry)
                .attempts(1)
                .build();
    }

    /** The caller was interrupted. */
    static PortolanException cancelled(String registry, String what, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return PortolanException.builder(ErrorCode.CANCELLED, what + " was interrupted")
                .resource(registry)
                .cause(cause)
                .build();
    }

    /** A file of this machine that cannot be read or written during a transfer. */
    static PortolanException local(String what, IOException cause) {
        return PortolanException.builder(
                        ErrorCode.FAILED,
                        what + " failed on this machine: " + cause + "; check free disk space and permissions")
                .cause(cause)
                .build();
    }

    static boolean isUntrusted(Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof CertificateException || t instanceof CertPathBuilderException) {
                return true;
            }
        }
        return false;
    }

    private static ErrorCode code(int status) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.PERMISSION_DENIED;
            case 404 -> ErrorCode.NOT_FOUND;
            case 429 -> ErrorCode.THROTTLED;
            case 408, 502, 503, 504 -> ErrorCode.UNAVAILABLE;
            default -> status >= 500 ? ErrorCode.PROVIDER_ERROR : ErrorCode.FAILED;
        };
    }

    private static String hint(ErrorCode code, String registry, boolean loggedIn) {
        return switch (code) {
            case UNAUTHENTICATED ->
                loggedIn
                        ? "; it refused the credentials: check user name and password or token"
                        : "; no credentials were found: run 'docker login " + registry
                                + "' or pass RegistryCredentials";
            case PERMISSION_DENIED -> "; these credentials may not do this: grant access to the repository";
            case NOT_FOUND -> "; check repository and tag, and that the repository exists";
            default -> "";
        };
    }

    private static String said(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return "";
        }
        String text = new String(body, 0, Math.min(body.length, 16_384), StandardCharsets.UTF_8).strip();
        try {
            List<String> errors = new ArrayList<>();
            for (JsonNode error : JSON.readTree(body).path("errors")) {
                errors.add((error.path("code").asText() + " "
                                + error.path("message").asText())
                        .strip());
            }
            if (!errors.isEmpty()) {
                text = String.join("; ", errors);
            }
        } catch (IOException ignored) {
            // Not the JSON of the specification (a proxy's page, say): shown as it is.
        }
        return ": " + (text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text);
    }

    private static @Nullable Duration retryAfter(HttpResponse<?> answer) {
        Optional<String> header = answer.headers().firstValue("Retry-After");
        if (header.isPresent() && header.get().matches("[0-9]{1,6}")) {
            return Duration.ofSeconds(Long.parseLong(header.get()));
        }
        return null;
    }

    private static String text(Throwable cause) {
        // A refused connection has no message of its own in the JDK's client.
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : " " + message);
    }
}
