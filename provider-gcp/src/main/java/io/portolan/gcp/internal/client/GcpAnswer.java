package io.portolan.gcp.internal.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What Google Cloud answers to a request that it refuses. The vendor's client keeps only the HTTP code of it and so takes one thing for
 * another; the body says which it is. The details are the messages of google/rpc/error_details.proto.
 *
 * @param http the HTTP code; 0 if the answer did not come over HTTP
 * @param status the canonical code, for example {@code ALREADY_EXISTS}; empty if the body had none
 * @param message what the service says, in one line
 * @param reason the machine's reason ({@code ErrorInfo}), for example {@code RATE_LIMIT_EXCEEDED}; empty if there is none
 * @param quota the limit that was met; null if none is named
 * @param permission the permission that is missing; null if none is named
 * @param retryAfter how long to wait; null if not said
 */
record GcpAnswer(
        int http,
        String status,
        String message,
        String reason,
        @Nullable String quota,
        @Nullable String permission,
        @Nullable Duration retryAfter) {
    private static final int LONGEST = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PERMISSION =
            Pattern.compile("(?i)permission[s]? [`'\"]?([a-z]+\\.[a-zA-Z]+\\.[a-zA-Z]+)");
    private static final Pattern VIOLATED =
            Pattern.compile("Quota violated:?\\s*([A-Za-z0-9]+)|\\b([A-Z][A-Za-z0-9]+Per[A-Z][A-Za-z0-9]+)\\b");
    private static final Pattern LIMIT = Pattern.compile("limit '([^']+)'");
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?s");

    /**
     * Reads an answer.
     *
     * @param http the HTTP code
     * @param body the body, which may be a page of a proxy; null if there was none
     * @param retryAfterHeader the header {@code Retry-After}; null if there was none
     */
    static GcpAnswer of(int http, @Nullable String body, @Nullable String retryAfterHeader) {
        JsonNode error = error(body);
        String said = error.path("message").asText("");
        String message = shown(said.isEmpty() ? plain(body) : said);
        List<JsonNode> details = children(error.path("details"));
        JsonNode info = typed(details, "ErrorInfo");
        JsonNode metadata = info.path("metadata");
        return new GcpAnswer(
                http,
                error.path("status").asText(""),
                withFields(message, typed(details, "BadRequest")),
                reason(info, error),
                quota(message, metadata, typed(details, "QuotaFailure")),
                permission(message, metadata),
                retryAfter(typed(details, "RetryInfo").path("retryDelay").asText(""), retryAfterHeader));
    }

    /**
     * An answer that did not come over HTTP.
     *
     * @param status the canonical code
     * @param said the message
     * @param reason the machine's reason; null if there is none
     * @param quota the limit that was met; null if none is named
     */
    static GcpAnswer ofStatus(String status, String said, @Nullable String reason, @Nullable String quota) {
        String message = shown(said);
        return new GcpAnswer(
                0,
                status,
                message,
                reason == null ? "" : reason,
                quota == null ? named(message) : quota,
                permission(message, JSON.missingNode()),
                null);
    }

    private static JsonNode error(@Nullable String body) {
        String text = body == null ? "" : body.stripLeading();
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return JSON.missingNode();
        }
        try {
            JsonNode root = JSON.readTree(text);
            // Behind some proxies the answer comes as a list of one.
            return (root.isArray() ? root.path(0) : root).path("error");
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static List<JsonNode> children(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    private static JsonNode typed(List<JsonNode> details, String type) {
        return details.stream()
                .filter(detail -> detail.path("@type").asText("").endsWith("." + type))
                .findFirst()
                .orElse(JSON.missingNode());
    }

    private static String reason(JsonNode info, JsonNode error) {
        String reason = info.path("reason").asText("");
        return reason.isEmpty() ? error.path("errors").path(0).path("reason").asText("") : reason;
    }

    private static @Nullable String quota(String message, JsonNode metadata, JsonNode failure) {
        String limit = metadata.path("quota_limit").asText("");
        if (!limit.isEmpty()) {
            return limit;
        }
        JsonNode violation = failure.path("violations").path(0);
        String id = violation.path("quotaId").asText("");
        return id.isEmpty() ? named(message) : id;
    }

    private static @Nullable String named(String message) {
        Matcher limit = LIMIT.matcher(message);
        if (limit.find()) {
            return limit.group(1);
        }
        Matcher violated = VIOLATED.matcher(message);
        if (!violated.find()) {
            return null;
        }
        return violated.group(1) == null ? violated.group(2) : violated.group(1);
    }

    private static @Nullable String permission(String message, JsonNode metadata) {
        String permission = metadata.path("permission").asText("");
        if (!permission.isEmpty()) {
            return permission;
        }
        Matcher named = PERMISSION.matcher(message);
        return named.find() ? named.group(1) : null;
    }

    private static String withFields(String message, JsonNode badRequest) {
        List<String> parts = new ArrayList<>(List.of(message));
        for (JsonNode violation : badRequest.path("fieldViolations")) {
            String field = violation.path("field").asText("");
            String said = violation.path("description").asText("");
            if (!field.isEmpty() && !message.contains(field)) {
                parts.add(field + ": " + said);
            }
        }
        return shown(String.join("; ", parts));
    }

    private static @Nullable Duration retryAfter(String delay, @Nullable String header) {
        Matcher seconds = SECONDS.matcher(delay);
        if (seconds.matches()) {
            String fraction = Optional.ofNullable(seconds.group(2)).orElse("0");
            long nanos = Long.parseLong((fraction + "000000000").substring(0, 9));
            return Duration.ofSeconds(Long.parseLong(seconds.group(1)), nanos);
        }
        return header != null && header.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(header)) : null;
    }

    /** A page of a proxy says little; its text is better than nothing. */
    private static String plain(@Nullable String body) {
        String text = body == null
                ? ""
                : body.replaceAll("(?s)<(script|style).*?</\\1>", " ").replaceAll("<[^>]*>", " ");
        return text.isBlank() ? "it gave no reason" : text;
    }

    private static String shown(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
}
