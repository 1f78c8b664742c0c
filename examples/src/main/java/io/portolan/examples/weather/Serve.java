package io.portolan.examples.weather;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * The service: gives the result over HTTP. {@code GET /months[?city=NAME]} is the result as CSV, {@code GET /version} the version that
 * answers, {@code GET /healthz} says whether it takes requests. Each answer names the version in {@code X-Version}.
 */
final class Serve {

    private static final int WORKERS = 8;

    private final List<MonthReport> months;
    private final String version;
    private final OpenRequests open = new OpenRequests();
    private volatile boolean stopping;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);

    private Serve(List<MonthReport> months, String version, int port) throws IOException {
        this.months = months;
        this.version = version;
        this.server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(workers);
        server.createContext("/", this::handle);
    }

    /** Starts to serve the result in a directory. The environment may set PORT, 0 for any, and VERSION. */
    static Serve start(Path directory, Map<String, String> environment) throws IOException {
        List<MonthReport> months = new SharedDirectory(directory)
                .readResult().stream().skip(1).map(MonthReport::parse).toList();
        Serve serve = new Serve(
                months,
                environment.getOrDefault("VERSION", "0"),
                Integer.parseInt(environment.getOrDefault("PORT", "8080")));
        serve.server.start();
        return serve;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Says that it is not ready any more, answers what still comes, and ends when no request is open. */
    void stop(Duration atMost) {
        stopping = true;
        open.awaitNone(atMost);
        server.stop(0);
        workers.shutdown();
    }

    private void handle(HttpExchange exchange) throws IOException {
        open.enter();
        try (exchange) {
            exchange.getResponseHeaders().set("X-Version", version);
            if (stopping) {
                exchange.getResponseHeaders().set("Connection", "close");
            }
            if (exchange.getRequestMethod().equals("GET")) {
                route(exchange);
            } else {
                answer(exchange, 405, "text/plain", "only GET\n");
            }
        } finally {
            open.leave();
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/healthz" -> answer(exchange, stopping ? 503 : 200, "text/plain", stopping ? "stopping\n" : "ok\n");
            case "/version" -> answer(exchange, 200, "text/plain", version + "\n");
            case "/months" -> months(exchange);
            default -> answer(exchange, 404, "text/plain", "there are /months, /version and /healthz\n");
        }
    }

    private void months(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        String city = query != null && query.startsWith("city=")
                ? URLDecoder.decode(query.substring("city=".length()), StandardCharsets.UTF_8)
                : "";
        String rows = months.stream()
                .filter(m -> city.isEmpty() || m.city().equals(city))
                .map(m -> m.toCsv() + "\n")
                .collect(Collectors.joining());
        if (rows.isEmpty()) {
            answer(exchange, 404, "text/plain", "no such city\n");
        } else {
            answer(exchange, 200, "text/csv", MonthReport.HEADER + "\n" + rows);
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
