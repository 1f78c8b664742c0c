package io.portolan.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.portolan.emulator.gcp.GcpEmulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Plain HTTP to the Google Cloud part of an emulator, without the vendor's client. */
public final class GcpRest {
    /** The project and region of all calls. */
    public static final String PARENT = "projects/" + GcpEmulator.PROJECT + "/locations/" + GcpEmulator.REGION;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI endpoint;

    private GcpRest(URI endpoint) {
        this.endpoint = endpoint;
    }

    public static GcpRest of(CloudEmulator emulator) {
        return new GcpRest(emulator.endpoint());
    }

    /** An answer. */
    public record Answer(int status, JsonNode body) {
        /** A member of the body. */
        public JsonNode at(String pointer) {
            return body.at(pointer);
        }

        /** The message of an error. */
        public String message() {
            return body.at("/error/message").asText();
        }
    }

    /** JSON with apostrophes for quotation marks. */
    public static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Answer get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    public Answer delete(String path) {
        return send(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    public Answer post(String path, String body) {
        return send(HttpRequest.newBuilder(uri(path)).POST(body(body)));
    }

    /** As the vendor's client does it. */
    public Answer patch(String path, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("X-HTTP-Method-Override", "PATCH")
                .POST(body(body)));
    }

    public Answer send(String method, String path, String body) {
        return send(HttpRequest.newBuilder(uri(path)).method(method, body(body)));
    }

    private static HttpRequest.BodyPublisher body(String body) {
        return HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'));
    }

    private URI uri(String path) {
        return endpoint.resolve(path.startsWith("/") ? path : "/v2/" + PARENT + "/" + path);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(
                    request.header("Content-Type", "application/json").build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), MAPPER.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
