package io.portolan.aws.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.RequestLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.EcsException;

class AwsClientsTest {
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String body = "{}";
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target")));
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private AwsClients clients(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                AwsKeys.REGION,
                "eu-central-1",
                AwsKeys.ACCESS_KEY,
                "AKIAEXAMPLE",
                AwsKeys.SECRET_KEY,
                "secret",
                AwsKeys.ENDPOINT,
                "http://127.0.0.1:" + server.getAddress().getPort()));
        values.putAll(more);
        return new AwsClients(new ProviderConfig("app", AwsKeys.ALL, values));
    }

    @Test
    void new_untilTheFirstUse_opensNothing() {
        try (AwsClients clients = clients(Map.of(AwsKeys.ENDPOINT, "this is no URL"))) {
            assertThat(clients.region()).isEqualTo("eu-central-1");
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void ecs_request_goesSignedToTheEndpointOfTheSettings() {
        try (AwsClients clients = clients(Map.of())) {
            clients.ecs().listClusters();
        }

        assertThat(requests).containsExactly("AmazonEC2ContainerServiceV20141113.ListClusters");
        assertThat(authorizations.get(0)).contains("AKIAEXAMPLE").contains("/eu-central-1/ecs/");
    }

    @Test
    void endpoint_ofOneService_coversTheCommonOne() {
        try (AwsClients clients = clients(Map.of(
                AwsKeys.ENDPOINT,
                "http://127.0.0.1:1",
                AwsKeys.ENDPOINTS + ".ecr",
                "http://127.0.0.1:" + server.getAddress().getPort()))) {
            clients.ecr().describeRepositories();
            AwsCalls calls = new AwsCalls(RequestLimits.NONE);

            PortolanException refused = catchThrowableOfType(
                    PortolanException.class,
                    () -> calls.call(
                            "ecs:ListClusters", "all", () -> clients.ecs().listClusters()));

            assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        }
        assertThat(requests).hasSize(1);
    }

    @Test
    void request_thatIsThrottled_isNotRepeated() {
        status = 400;
        body = "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}";

        try (AwsClients clients = clients(Map.of())) {
            assertThatThrownBy(() -> clients.ecs().listClusters()).isInstanceOf(EcsException.class);
        }

        assertThat(requests).hasSize(1);
    }

    @Test
    void request_thatFailsInside_isNotRepeated_andIsMapped() {
        status = 500;
        body = "{\"__type\":\"ServerException\",\"message\":\"inside\"}";
        AwsCalls calls = new AwsCalls(RequestLimits.NONE);

        try (AwsClients clients = clients(Map.of())) {
            PortolanException error = catchThrowableOfType(
                    PortolanException.class,
                    () -> calls.call(
                            "ecs:ListClusters", "all", () -> clients.ecs().listClusters()));

            assertThat(error.code()).isEqualTo(ErrorCode.PROVIDER_ERROR);
            assertThat(error.nativeCode()).contains("ServerException");
        }

        assertThat(requests).hasSize(1);
    }

    @Test
    void call_waitsForItsTurnByTheNameOfTheRequest() {
        List<String> awaited = new CopyOnWriteArrayList<>();

        String answer = new AwsCalls(awaited::add).call("ecs:RunTask", "etl", () -> "done");

        assertThat(answer).isEqualTo("done");
        assertThat(awaited).containsExactly("ecs:RunTask");
    }

    @Test
    void client_asked_twice_isTheSame() {
        try (AwsClients clients = clients(Map.of())) {
            assertThat(clients.ecs()).isSameAs(clients.ecs());
            assertThat(clients.logs()).isSameAs(clients.logs());
            assertThat(clients.scaling()).isSameAs(clients.scaling());
        }
    }

    @Test
    void find_byType_isThatClient_andNoOther() {
        try (AwsClients clients = clients(Map.of())) {
            assertThat(clients.find(EcrClient.class)).containsSame(clients.ecr());
            assertThat(clients.find(EcsClient.class)).containsSame(clients.ecs());
            assertThat(clients.find(String.class)).isEmpty();
            assertThat(clients.find(AutoCloseable.class)).isEmpty();
        }
    }

    @Test
    void close_closesTheClients_andNoneIsMadeAgain() {
        AwsClients clients = clients(Map.of());
        EcsClient ecs = clients.ecs();
        ecs.listClusters();
        clients.close();
        clients.close();

        assertThatThrownBy(ecs::listClusters).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(clients::ecr).hasMessageContaining("closed");
        assertThat(requests).hasSize(1);
    }

    @Test
    void call_afterClose_isCancelledAndSaysWhy() {
        AwsClients clients = clients(Map.of());
        EcsClient used = clients.ecs();
        used.listClusters();
        clients.close();
        AwsCalls calls = new AwsCalls(RequestLimits.NONE);

        for (Supplier<EcsClient> client : List.<Supplier<EcsClient>>of(() -> used, clients::ecs)) {
            PortolanException error = catchThrowableOfType(
                    PortolanException.class,
                    () -> calls.call(
                            "ecs:ListClusters", "default", () -> client.get().listClusters()));

            assertThat(error).isNotNull();
            assertThat(error.code()).as(error.toString()).isEqualTo(ErrorCode.CANCELLED);
            assertThat(error)
                    .hasMessageContaining("connection to AWS is closed")
                    .hasMessageContaining("Cloud.connect");
        }
    }

    @Test
    void find_afterClose_isCancelled() {
        AwsClients clients = clients(Map.of());
        clients.ecr();
        clients.close();

        PortolanException error = catchThrowableOfType(PortolanException.class, () -> clients.find(EcrClient.class));

        assertThat(error).isNotNull();
        assertThat(error.code()).isEqualTo(ErrorCode.CANCELLED);
    }
}
