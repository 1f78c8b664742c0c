package io.portolan.testkit.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The address where the outside reaches a service: HTTP on a loopback port that the system picks. */
final class FakeEndpoint {
    private final HttpServer server;
    private final ExecutorService threads;

    private FakeEndpoint(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    static FakeEndpoint open(Function<FakeHandler.Request, FakeHandler.Response> route) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newCachedThreadPool(FakePlatform.threads("fake-endpoint-"));
            server.setExecutor(threads);
            server.createContext("/", exchange -> answer(exchange, route));
            server.start();
            return new FakeEndpoint(server, threads);
        } catch (IOException e) {
            throw new UncheckedIOException("the fake platform could not open a loopback port", e);
        }
    }

    private static void answer(HttpExchange exchange, Function<FakeHandler.Request, FakeHandler.Response> route)
            throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            FakeHandler.Response response = route.apply(new FakeHandler.Request(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), body));
            byte[] bytes = response.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(response.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    URI uri(String scheme) {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
