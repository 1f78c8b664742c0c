package io.portolan.examples.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {

    @TempDir
    Path shared;

    private final HttpClient client = HttpClient.newHttpClient();
    private Serve serve;

    @BeforeEach
    void start() throws IOException {
        new SharedDirectory(shared)
                .writeResult(List.of(
                        MonthReport.HEADER,
                        "New York,1,124,0.4,-15.5,18.9,318.3",
                        "Seattle,1,124,5.1,-3.3,16.1,466.0"));
        serve = Serve.start(shared, Map.of("PORT", "0", "VERSION", "7"));
    }

    @AfterEach
    void stop() {
        serve.stop(Duration.ofSeconds(5));
    }

    @Test
    void months_ofACity_areItsRows() throws Exception {
        HttpResponse<String> answer = get("/months?city=New%20York");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
        assertThat(answer.headers().firstValue("X-Version")).contains("7");
        assertThat(answer.body()).isEqualTo(MonthReport.HEADER + "\nNew York,1,124,0.4,-15.5,18.9,318.3\n");
    }

    @Test
    void months_withoutACity_areAll() throws Exception {
        assertThat(get("/months").body().lines()).hasSize(3);
    }

    @Test
    void requests_forOtherThings_areNotFound() throws Exception {
        assertThat(get("/months?city=Paris").statusCode()).isEqualTo(404);
        assertThat(get("/").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(uri("/months"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @Test
    void version_always_isTheOneOfTheEnvironment() throws Exception {
        assertThat(get("/version").body()).isEqualTo("7\n");
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void stop_withNothingOpen_isQuickAndFreesThePort() throws Exception {
        get("/version");
        long begin = System.nanoTime();
        serve.stop(Duration.ofSeconds(60));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        assertThatThrownBy(() -> get("/version")).isInstanceOf(ConnectException.class);
    }

    @Test
    void stop_withAnOpenRequest_waitsForItsAnswer() throws Exception {
        OpenRequests open = new OpenRequests();
        open.enter();
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> open.awaitNone(Duration.ofSeconds(60)));
        assertThat(open.awaitNone(Duration.ofMillis(20))).isFalse();
        assertThat(waiting).isNotDone();

        open.leave();
        await().until(waiting::isDone);
        assertThat(waiting).isCompletedWithValue(true);
    }

    @Test
    void connection_keptOpen_takesSeveralRequests() throws Exception {
        try (Socket socket = new Socket("localhost", serve.port())) {
            InputStream in = socket.getInputStream();
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream()
                        .write("GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(readUntil(in, "7\n")).startsWith("HTTP/1.1 200");
            }
        }
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith("\r\n\r\n" + end)) {
            int next = in.read();
            assertThat(next).as("after " + text).isNotNegative();
            text.append((char) next);
        }
        return text.toString();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + serve.port() + path);
    }
}
