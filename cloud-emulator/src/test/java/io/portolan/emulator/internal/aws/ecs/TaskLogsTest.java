package io.portolan.emulator.internal.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.SimulatedContainers;
import io.portolan.emulator.SimulatedProgram;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.LogSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskLogsTest {
    private final EmulatorClock clock = EmulatorClock.manual();
    private final List<String> written = new ArrayList<>();
    private final LogSink sink = new LogSink() {
        @Override
        public void write(String group, String stream, Instant time, String message) {
            written.add(group + " " + stream.replaceFirst("[0-9a-f]{32}", "ID") + " " + message.length());
        }

        @Override
        public boolean exists(String group) {
            return group.equals("/app");
        }
    };

    @Test
    void output_ofAContainer_goesToItsStreamInPiecesThatFit() throws IOException {
        run("/app");

        assertThat(written).containsExactly("/app run/main/ID 5", "/app run/main/ID 16384", "/app run/main/ID 616");
    }

    @Test
    void logGroup_thatIsMissing_failsTheStart() throws IOException {
        assertThat(run("/none"))
                .startsWith("ResourceInitializationError: ")
                .contains("The specified log group does not exist.");
        assertThat(written).isEmpty();
    }

    private String run(String group) throws IOException {
        SimulatedContainers containers = SimulatedContainers.running(
                container -> SimulatedProgram.exiting(0).printing("hello", "x".repeat(17_000)));
        containers.open(clock);
        EcsService ecs = new EcsService(new AwsEmulator(), clock, containers, sink);
        ObjectMapper mapper = new ObjectMapper();
        ecs.call("RegisterTaskDefinition", (ObjectNode) mapper.readTree("""
                        {"family":"app","requiresCompatibilities":["FARGATE"],"networkMode":"awsvpc","cpu":"256",
                         "memory":"512","executionRoleArn":"role","containerDefinitions":[{"name":"main","image":"app:1",
                         "logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"%s",
                         "awslogs-region":"us-east-1","awslogs-stream-prefix":"run"}}}]}""".formatted(group)));
        ObjectNode started = ecs.call("RunTask", (ObjectNode) mapper.readTree("""
                        {"taskDefinition":"app","launchType":"FARGATE",
                         "networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"]}}}"""));
        clock.advance(Duration.ofSeconds(5));
        String id = Arns.last(started.path("tasks").path(0).path("taskArn").asText());
        return ecs.tasks().find("default", id).map(Task::stoppedReason).orElse("");
    }
}
