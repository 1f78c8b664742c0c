package io.portolan.gcp.internal.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.oauth2.AccessToken;
import io.portolan.gcp.internal.client.GcpCalls;
import io.portolan.gcp.internal.client.GcpErrors;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries over REST. The vendor's client of Cloud Logging speaks only gRPC, and would be the only reason to bring its runtime.
 * Source: cloud.google.com/logging/docs/reference/v2/rest/v2/entries/list (2026-11). Thread-safe.
 */
final class LoggingApi implements LogEntries {
    static final String REQUEST = "logging:ListLogEntries";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpTransport http = new NetHttpTransport.Builder().build();
    private final GcpCalls calls;
    private final Supplier<URI> endpoint;
    private final Supplier<Optional<AccessToken>> token;
    private final String project;
    private final Duration timeout;

    LoggingApi(
            GcpCalls calls,
            Supplier<URI> endpoint,
            Supplier<Optional<AccessToken>> token,
            String project,
            Duration timeout) {
        this.calls = calls;
        this.endpoint = endpoint;
        this.token = token;
        this.project = project;
        this.timeout = timeout;
    }

    @Override
    public Page list(String filter, @Nullable String pageToken) {
        JsonNode answer = calls.blocking(
                REQUEST, "projects/" + project, () -> post(body(filter, "timestamp asc", PAGE, pageToken)));
        List<Entry> entries = new ArrayList<>();
        answer.path("entries").forEach(entry -> EntryReader.read(entry).ifPresent(entries::add));
        String next = answer.path("nextPageToken").asText();
        return new Page(entries, next.isEmpty() ? null : next);
    }

    /** The newest entries as they are, those of the platform about containers among them; the newest first. */
    List<JsonNode> newest(String filter, int count) {
        JsonNode answer =
                calls.blocking(REQUEST, "projects/" + project, () -> post(body(filter, "timestamp desc", count, null)));
        List<JsonNode> entries = new ArrayList<>();
        answer.path("entries").forEach(entries::add);
        return entries;
    }

    private ObjectNode body(String filter, String order, int pageSize, @Nullable String pageToken) {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("resourceNames").add("projects/" + project);
        body.put("filter", filter).put("orderBy", order).put("pageSize", pageSize);
        if (pageToken != null) {
            body.put("pageToken", pageToken);
        }
        return body;
    }

    private JsonNode post(ObjectNode body) throws IOException {
        Optional<AccessToken> bearer = token.get();
        HttpRequest request = http.createRequestFactory()
                .buildPostRequest(
                        new GenericUrl(endpoint.get().toString() + "/v2/entries:list"),
                        new ByteArrayContent("application/json", JSON.writeValueAsBytes(body)))
                .setConnectTimeout(millis())
                .setReadTimeout(millis())
                .setThrowExceptionOnExecuteError(false);
        bearer.ifPresent(t -> request.getHeaders().setAuthorization("Bearer " + t.getTokenValue()));
        HttpResponse answer = request.execute();
        try {
            return read(answer);
        } finally {
            answer.disconnect();
        }
    }

    private JsonNode read(HttpResponse answer) throws IOException {
        if (!answer.isSuccessStatusCode()) {
            throw GcpErrors.refused(
                    answer.getStatusCode(),
                    answer.parseAsString(),
                    answer.getHeaders().getRetryAfter(),
                    REQUEST,
                    "projects/" + project);
        }
        try (InputStream content = answer.getContent()) {
            return content == null ? JSON.missingNode() : JSON.readTree(content);
        }
    }

    private int millis() {
        return (int) Math.min(Integer.MAX_VALUE, timeout.toMillis());
    }

    @Override
    public String toString() {
        return "LoggingApi[" + project + "]";
    }
}
