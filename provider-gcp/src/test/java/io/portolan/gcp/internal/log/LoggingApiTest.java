package io.portolan.gcp.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auth.oauth2.AccessToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.client.GcpCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoggingApiTest {
    private final List<String> turns = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String answer = "{}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private LoggingApi api(Optional<AccessToken> token) {
        return new LoggingApi(
                new GcpCalls(turns::add),
                () -> URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                () -> token,
                "acme",
                Duration.ofSeconds(5));
    }

    @Test
    void list_isOnePostOfTheFilterInItsTurn() throws IOException {
        api(Optional.of(new AccessToken("secret", null))).list("a=\"b\"", null);

        JsonNode body = new ObjectMapper().readTree(bodies.get(0));
        assertThat(seen).containsExactly("POST /v2/entries:list Bearer secret");
        assertThat(turns).containsExactly("logging:ListLogEntries");
        assertThat(body.path("resourceNames").path(0).asText()).isEqualTo("projects/acme");
        assertThat(body.path("filter").asText()).isEqualTo("a=\"b\"");
        assertThat(body.path("orderBy").asText()).isEqualTo("timestamp asc");
        assertThat(body.path("pageSize").asInt()).isEqualTo(1000);
        assertThat(body.has("pageToken")).isFalse();
    }

    @Test
    void list_withoutCredentials_sendsNone() {
        api(Optional.empty()).list("", "t1");

        assertThat(seen).containsExactly("POST /v2/entries:list null");
        assertThat(bodies.get(0)).contains("\"pageToken\":\"t1\"");
    }

    @Test
    void answer_isReadWithWhatIsUnknownInIt() {
        answer = "{\"entries\":[{\"logName\":\"projects/acme/logs/run.googleapis.com%2Fstdout\",\"insertId\":\"i\","
                + "\"resource\":{\"type\":\"cloud_run_job\"},\"timestamp\":\"2026-11-22T10:00:00Z\","
                + "\"textPayload\":\"hello\",\"newField\":{}},{\"somethingElse\":true}],\"nextPageToken\":\"t2\"}";

        LogEntries.Page page = api(Optional.empty()).list("", null);

        assertThat(page.entries()).extracting(Entry::text).containsExactly("hello");
        assertThat(page.nextPageToken()).isEqualTo("t2");
    }

    @Test
    void refusal_isMappedAndHoldsNoToken() {
        status = 429;
        answer = "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"message\":\"Quota exceeded for quota"
                + " metric 'Read requests'\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\","
                + "\"reason\":\"RATE_LIMIT_EXCEEDED\"}]}}";

        PortolanException error = catchThrowableOfType(
                PortolanException.class,
                () -> api(Optional.of(new AccessToken("secret", null))).list("", null));

        assertThat(error.code()).isEqualTo(ErrorCode.THROTTLED);
        assertThat(error.operation()).contains("logging:ListLogEntries");
        assertThat(error.toString()).doesNotContain("secret");
    }

    @Test
    void noAnswer_isUnavailable() {
        LoggingApi api = api(Optional.empty());
        server.stop(0);

        PortolanException error = catchThrowableOfType(PortolanException.class, () -> api.list("", null));

        assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }
}
