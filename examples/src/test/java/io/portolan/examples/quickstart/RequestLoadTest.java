package io.portolan.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestLoadTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final AtomicInteger status = new AtomicInteger(200);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("X-Version", "1");
                exchange.sendResponseHeaders(status.get(), body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        workers.shutdownNow();
    }

    @Test
    void load_onAHealthyServer_countsAnswersByVersionAndNoFailure() {
        try (RequestLoad load = load("hello")) {
            load.start(2);
            assertThat(load.await("1", 20, LONG)).isTrue();
            load.stop();

            assertThat(load.answers("1")).isGreaterThanOrEqualTo(20);
            assertThat(load.answers("2")).isZero();
            assertThat(load.failed()).isZero();
        }
    }

    @Test
    void load_onAServerThatFails_countsFailuresAndKeepsTheFirst() {
        status.set(503);
        try (RequestLoad load = load("hello")) {
            load.start(1);
            await().until(() -> load.failed() > 0);

            assertThat(load.firstFailure()).contains("status 503");
            assertThat(load.answers("1")).isZero();
            assertThat(load.await("1", 1, Duration.ofMillis(50))).isFalse();
        }
    }

    @Test
    void load_withAWrongBody_countsFailures() {
        try (RequestLoad load = load("good bye")) {
            load.start(1);
            await().until(() -> load.failed() > 0);
            assertThat(load.answers("1")).isZero();
        }
    }

    @Test
    void load_onAClosedPort_countsFailures() {
        URI uri = uri();
        server.stop(0);
        try (RequestLoad load = new RequestLoad(uri, "hello")) {
            load.start(1);
            await().until(() -> load.failed() > 0);
            assertThat(load.firstFailure()).contains("ConnectException");
        }
    }

    private RequestLoad load(String expected) {
        return new RequestLoad(uri(), expected);
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }
}
