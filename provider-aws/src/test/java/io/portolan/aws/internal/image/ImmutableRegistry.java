package io.portolan.aws.internal.image;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.portolan.image.ImageReference;
import io.portolan.testkit.LocalRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** A registry behind a door that does not let a tag be pushed twice, as ECR with immutable tags. */
final class ImmutableRegistry implements AutoCloseable {
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings", "date");

    private final HttpClient client = HttpClient.newHttpClient();
    private final LocalRegistry registry;
    private final HttpServer server;

    private ImmutableRegistry(LocalRegistry registry, HttpServer server) {
        this.registry = registry;
        this.server = server;
    }

    static ImmutableRegistry before(LocalRegistry registry) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ImmutableRegistry door = new ImmutableRegistry(registry, server);
        server.createContext("/", door::pass);
        server.start();
        return door;
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    ImageReference image(String rest) {
        return ImageReference.parse(host() + "/" + rest);
    }

    private void pass(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        boolean ofATag = path.contains("/manifests/") && !path.contains("sha256:");
        try {
            if (exchange.getRequestMethod().equals("PUT")
                    && ofATag
                    && send(exchange, "HEAD", new byte[0]).statusCode() == 200) {
                byte[] refusal = ("{\"errors\":[{\"code\":\"TAG_INVALID\",\"message\":\"The image tag already exists"
                                + " and cannot be overwritten because the repository is immutable.\"}]}")
                        .getBytes(StandardCharsets.UTF_8);
                answer(exchange, 400, refusal);
                return;
            }
            HttpResponse<byte[]> answer = send(
                    exchange,
                    exchange.getRequestMethod(),
                    exchange.getRequestBody().readAllBytes());
            answer.headers().map().forEach((name, values) -> {
                if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            answer(exchange, answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> send(HttpExchange exchange, String method, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + registry.host() + exchange.getRequestURI()))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .header("X-Forwarded-Host", host());
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean none = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
        exchange.sendResponseHeaders(status, none ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            if (!none) {
                out.write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
