package io.portolan.aws.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.client.AwsClients;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.json.NativeJson;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.spec.JobSpec;
import io.portolan.spi.ProviderConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

class TaskDefinitionsTest {
    private final Map<String, ObjectNode> registered = new ConcurrentHashMap<>();
    private final List<String> operations = new CopyOnWriteArrayList<>();
    private volatile String refusal = "";
    private HttpServer server;
    private ProviderConfig config;
    private AwsClients clients;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        config = Configs.with(
                "endpoint", "http://localhost:" + server.getAddress().getPort(),
                "credentials.access-key-id", "id",
                "credentials.secret-access-key", "key");
        clients = new AwsClients(config);
    }

    @AfterEach
    void stop() {
        clients.close();
        server.stop(0);
    }

    private TaskDefinitions definitions() {
        return new TaskDefinitions(clients, new AwsCalls(request -> {}), "shop");
    }

    private RegisterTaskDefinitionRequest request(String image) {
        JobSpec job = JobSpec.builder("etl").image(image).build();
        return TaskDefinitionMapper.job(job, AwsSettings.of(config, job), "eu-central-1");
    }

    @Test
    void arnOf_unknown_isRegisteredOnce() {
        TaskDefinitions definitions = definitions();

        String arn = definitions.arnOf(request("etl:1"));

        assertThat(arn).endsWith("/portolan-shop-job-etl:1");
        assertThat(definitions.arnOf(request("etl:1"))).isEqualTo(arn);
        assertThat(operations).containsExactly("DescribeTaskDefinition", "RegisterTaskDefinition");
    }

    @Test
    void arnOf_registeredByAnotherProcess_isFound() {
        String arn = definitions().arnOf(request("etl:1"));
        operations.clear();

        assertThat(definitions().arnOf(request("etl:1"))).isEqualTo(arn);
        assertThat(operations).containsExactly("DescribeTaskDefinition");
    }

    @Test
    void arnOf_otherContent_isANewRevision() {
        TaskDefinitions definitions = definitions();

        assertThat(definitions.arnOf(request("etl:1"))).endsWith(":1");
        assertThat(definitions.arnOf(request("etl:2"))).endsWith(":2");
    }

    @Test
    void arnOf_manyThreads_registerOnce() {
        TaskDefinitions definitions = definitions();

        assertThat(IntStream.range(0, 16)
                        .parallel()
                        .mapToObj(i -> definitions.arnOf(request("etl:1")))
                        .distinct())
                .hasSize(1);
        assertThat(operations).containsExactly("DescribeTaskDefinition", "RegisterTaskDefinition");
    }

    @Test
    void arnOf_forgotten_looksAgain() {
        TaskDefinitions definitions = definitions();
        definitions.forget(definitions.arnOf(request("etl:1")));
        operations.clear();

        definitions.arnOf(request("etl:1"));

        assertThat(operations).containsExactly("DescribeTaskDefinition");
    }

    @Test
    void arnOf_refused_isAnErrorAndNotRemembered() {
        TaskDefinitions definitions = definitions();
        refusal =
                "{\"__type\":\"ClientException\",\"message\":\"Too many concurrent attempts to create a new revision\"}";

        assertThatThrownBy(() -> definitions.arnOf(request("etl:1")))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.THROTTLED));
        refusal = "";
        assertThat(definitions.arnOf(request("etl:1"))).endsWith(":1");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String operation = exchange.getRequestHeaders().getFirst("X-Amz-Target").replaceFirst(".*\\.", "");
        operations.add(operation);
        ObjectNode body =
                NativeJson.object(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (operation.equals("DescribeTaskDefinition")) {
            ObjectNode known = registered.get(body.path("taskDefinition").asText());
            if (known == null) {
                send(
                        exchange,
                        400,
                        "{\"__type\":\"ClientException\",\"message\":\"Unable to describe task definition.\"}");
            } else {
                send(exchange, 200, known.toString());
            }
        } else if (refusal.isEmpty()) {
            String family = body.path("family").asText();
            int revision = registered.containsKey(family)
                    ? 1 + registered.get(family).at("/taskDefinition/revision").asInt()
                    : 1;
            ObjectNode answer = NativeJson.object("{\"taskDefinition\":{\"status\":\"ACTIVE\",\"revision\":" + revision
                    + ",\"taskDefinitionArn\":\"arn:aws:ecs:eu-central-1:1:task-definition/" + family + ":" + revision
                    + "\"}}");
            answer.set("tags", body.path("tags"));
            registered.put(family, answer);
            send(exchange, 200, answer.toString());
        } else {
            send(exchange, 400, refusal);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
