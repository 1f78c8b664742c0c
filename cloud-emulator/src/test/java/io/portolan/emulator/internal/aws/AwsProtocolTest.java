package io.portolan.emulator.internal.aws;

import static io.portolan.emulator.EcsClients.register;
import static io.portolan.emulator.EcsClients.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EcsClients;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.aws.AwsFaults;
import io.portolan.emulator.aws.AwsModel;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwsProtocolTest {
    private static final String RUN = "ecs:RunTask";

    private final CloudEmulator emulator =
            CloudEmulator.builder().clock(EmulatorClock.manual()).start();
    private final EcsClient ecs = EcsClients.of(emulator);
    private final AwsFaults faults = emulator.aws().faults();

    @BeforeAll
    void open() {
        register(ecs, "app");
    }

    @AfterEach
    void clear() {
        faults.clear();
        emulator.aws().requests().clear();
    }

    @AfterAll
    void close() {
        ecs.close();
        emulator.close();
    }

    @Test
    void throttle_once_throttlesOneCall() {
        faults.throttle(RUN, 1);

        assertThatThrownBy(() -> ecs.runTask(run("app"))).isInstanceOfSatisfying(EcsException.class, error -> {
            assertThat(error.isThrottlingException()).isTrue();
            assertThat(error.requestId()).isNotBlank();
        });
        assertThat(ecs.runTask(run("app")).tasks()).hasSize(1);
        assertThat(emulator.aws().requests().count(RUN)).isEqualTo(2);
    }

    @Test
    void wrappedThrottle_looksLikeAWrongParameter() {
        faults.wrappedThrottle(RUN, 1);

        assertThatThrownBy(() -> ecs.runTask(run("app")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Rate exceeded (ErrorCode: Throttling)");
    }

    @Test
    void lostResponse_takesEffect() {
        faults.loseResponse(RUN, 1);
        int before = ecs.listTasks().taskArns().size();

        assertThatThrownBy(() -> ecs.runTask(run("app"))).isInstanceOf(SdkClientException.class);
        assertThat(ecs.listTasks().taskArns()).hasSize(before + 1);
    }

    @Test
    void serverError_hasStatus500() {
        faults.serverError(RUN, 1);

        assertThatThrownBy(() -> ecs.runTask(run("app")))
                .isInstanceOfSatisfying(
                        EcsException.class,
                        error -> assertThat(error.statusCode()).isEqualTo(500));
    }

    @Test
    void failures_areAnsweredWithoutTasks() {
        faults.failures(RUN, "RESOURCE:MEMORY", "no room", 1);

        var answer = ecs.runTask(run("app"));
        assertThat(answer.tasks()).isEmpty();
        assertThat(answer.failures().get(0).reason()).isEqualTo("RESOURCE:MEMORY");
        assertThat(answer.failures().get(0).detail()).isEqualTo("no room");
    }

    @Test
    void random_withOneSeed_isRepeatable() {
        assertThat(drawn()).isEqualTo(drawn()).contains("x").contains("-");
    }

    @Test
    void call_withoutAuthorization_isRefused() throws Exception {
        HttpResponse<String> answer = post("AmazonEC2ContainerServiceV20141113.ListTasks", "{}", false);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("MissingAuthenticationTokenException");
    }

    @Test
    void call_thatTheModelDoesNotKnow_isRefused() throws Exception {
        assertThat(post("AmazonEC2ContainerServiceV20141113.Fly", "{}", true).body())
                .contains("UnknownOperationException");
        assertThat(post("AmazonEC2ContainerServiceV20141113.ListTasks", "{\"colour\":1}", true)
                        .body())
                .contains("SerializationException", "colour is not a member");
    }

    @Test
    void answers_fitTheModel() throws Exception {
        ecs.runTask(run("app"));
        for (String operation : new String[] {"ListTasks", "DescribeClusters", "ListTaskDefinitions"}) {
            fits(operation, "{}");
        }
        fits("DescribeTaskDefinition", "{\"taskDefinition\":\"app\",\"include\":[\"TAGS\"]}");
        JsonNode tasks = fits("ListTasks", "{}");
        fits("DescribeTasks", tasks.toString().replace("taskArns", "tasks"));
    }

    private JsonNode fits(String operation, String input) throws Exception {
        HttpResponse<String> answer = post("AmazonEC2ContainerServiceV20141113." + operation, input, true);
        JsonNode output = new ObjectMapper().readTree(answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-amz-json-1.1");
        assertThat(AwsModel.of("ecs").responseViolations(operation, output)).isEmpty();
        return output;
    }

    private String drawn() {
        faults.random(7, 0.5, Set.of(RUN), AwsFaults.RandomKind.THROTTLE);
        StringBuilder drawn = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            drawn.append(faults.take(RUN).isPresent() ? "x" : "-");
        }
        return drawn.toString();
    }

    private HttpResponse<String> post(String target, String body, boolean signed)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(emulator.endpoint())
                .header("X-Amz-Target", target)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (signed) {
            request.header("Authorization", "AWS4-HMAC-SHA256 anything");
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
