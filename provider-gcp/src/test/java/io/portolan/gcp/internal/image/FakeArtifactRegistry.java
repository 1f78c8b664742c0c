package io.portolan.gcp.internal.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.portolan.gcp.internal.client.GcpCalls;
import io.portolan.gcp.internal.client.GcpClients;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.RequestLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The repositories of Artifact Registry over HTTP, for the vendor's client. */
final class FakeArtifactRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final Map<String, JsonNode> repositories = new ConcurrentHashMap<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final GcpClients clients;
    volatile boolean anotherIsFaster;
    volatile boolean mayNotLook;
    volatile String failure = "";
    /** How often a repository that was made is not there yet. */
    final AtomicInteger asksBeforeItIsThere = new AtomicInteger();

    FakeArtifactRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", this::answer);
        server.start();
        clients = new GcpClients(config(Map.of()), Thread::new);
    }

    ProviderConfig config(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "project", "acme",
                "region", "europe-west1",
                "credentials.kind", "none",
                "endpoint", "http://127.0.0.1:" + server.getAddress().getPort()));
        values.putAll(more);
        return new ProviderConfig("app", GcpKeys.ALL, values);
    }

    GcpClients clients() {
        return clients;
    }

    static GcpCalls calls() {
        return new GcpCalls(RequestLimits.NONE);
    }

    JsonNode made(String name) {
        return Objects.requireNonNull(repositories.get(name), name);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/v1/".length());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + path);
        if (exchange.getRequestMethod().equals("GET")) {
            get(exchange, path);
        } else {
            create(exchange, path, body);
        }
    }

    private void get(HttpExchange exchange, String name) throws IOException {
        if (mayNotLook) {
            error(exchange, 403, "PERMISSION_DENIED", "Permission 'artifactregistry.repositories.get' denied");
        } else if (!repositories.containsKey(name) || asksBeforeItIsThere.getAndDecrement() > 0) {
            error(exchange, 404, "NOT_FOUND", "Requested entity was not found.");
        } else {
            say(exchange, 200, "{\"name\":\"" + name + "\"}");
        }
    }

    private void create(HttpExchange exchange, String parent, String body) throws IOException {
        String id = exchange.getRequestURI().getQuery().replaceFirst(".*repositoryId=([^&]*).*", "$1");
        String name = parent + "/" + id;
        if (anotherIsFaster || repositories.putIfAbsent(name, JSON.readTree(body)) != null) {
            error(exchange, 409, "ALREADY_EXISTS", "the repository already exists");
        } else if (!failure.isEmpty()) {
            say(
                    exchange,
                    200,
                    "{\"name\":\"operations/1\",\"done\":true,\"error\":{\"code\":9,\"message\":\"" + failure + "\"}}");
        } else {
            say(exchange, 200, "{\"name\":\"projects/acme/locations/europe-west1/operations/1\"}");
        }
    }

    private static void error(HttpExchange exchange, int http, String status, String message) throws IOException {
        say(
                exchange,
                http,
                "{\"error\":{\"code\":" + http + ",\"status\":\"" + status + "\",\"message\":\"" + message + "\"}}");
    }

    private static void say(HttpExchange exchange, int http, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(http, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        clients.close();
        server.stop(0);
    }
}
