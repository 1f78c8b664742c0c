package io.portolan.emulator.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayTest {
    private final Relay relay = Relay.open();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void close() {
        relay.close();
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void relay_withoutServers_answersThatItIsUnavailable() throws Exception {
        assertThat(get().statusCode()).isEqualTo(503);
    }

    @Test
    void relay_withServers_asksThemInTurn() throws Exception {
        relay.add(server("a"));
        relay.add(server("b"));

        assertThat(List.of(get().body(), get().body(), get().body(), get().body()))
                .containsExactlyInAnyOrder("a", "b", "a", "b");
    }

    @Test
    void relay_withABody_passesItOn() throws Exception {
        relay.add(server("got "));

        HttpRequest post = HttpRequest.newBuilder(relay.uri())
                .POST(HttpRequest.BodyPublishers.ofString("x".repeat(100_000)))
                .build();

        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).body())
                .isEqualTo("got " + "x".repeat(100_000));
    }

    @Test
    void relay_withAServerThatDoesNotListen_asksTheNextOne() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            relay.add("127.0.0.1:" + free.getLocalPort());
        }
        relay.add(server("b"));

        assertThat(List.of(get().body(), get().body())).containsExactly("b", "b");
    }

    @Test
    void relay_withAServerThatHangsUp_asksTheNextOne() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            CompletableFuture<Void> hangingUp = CompletableFuture.runAsync(() -> hangUp(silent));
            relay.add("127.0.0.1:" + silent.getLocalPort());
            relay.add(server("b"));

            assertThat(List.of(get().body(), get().body())).containsExactly("b", "b");
            assertThat(hangingUp).isDone();
        }
    }

    @Test
    void removedServer_keepsTheRequestThatItHas() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Backend slow = relay.add(server("slow", asked, answer));
        CompletableFuture<HttpResponse<String>> pending =
                client.sendAsync(HttpRequest.newBuilder(relay.uri()).build(), HttpResponse.BodyHandlers.ofString());
        asked.await();

        relay.remove(slow);
        relay.add(server("new"));

        assertThat(slow.connections()).isOne();
        assertThat(get().body()).isEqualTo("new");
        answer.countDown();
        assertThat(pending.get().body()).isEqualTo("slow");
        Awaitility.await().until(() -> slow.connections() == 0);
    }

    @Test
    void targetGroup_declaredAgain_keepsItsAddress() {
        try (TargetGroups groups = new TargetGroups()) {
            assertThat(groups.declare("arn", "/a")).isEqualTo(groups.declare("arn", "/b"));
            assertThat(groups.find("arn").orElseThrow().healthCheckPath()).isEqualTo("/b");
        }
    }

    private HttpResponse<String> get() throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(relay.uri()).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String server(String text) throws IOException {
        return server(text, new CountDownLatch(0), new CountDownLatch(0));
    }

    private String server(String text, CountDownLatch asked, CountDownLatch answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = text + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private static void hangUp(ServerSocket server) {
        try {
            server.accept().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
