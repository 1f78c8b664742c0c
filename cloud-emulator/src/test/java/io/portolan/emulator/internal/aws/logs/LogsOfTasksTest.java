package io.portolan.emulator.internal.aws.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.emulator.AwsClients;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EcsClients;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.SimulatedContainers;
import io.portolan.emulator.SimulatedProgram;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.LogDriver;

class LogsOfTasksTest {
    private final EmulatorClock clock = EmulatorClock.manual();
    private final CloudEmulator emulator = CloudEmulator.builder()
            .clock(clock)
            .containers(
                    SimulatedContainers.running(container -> container.image().startsWith("quiet")
                            ? SimulatedProgram.exiting(0)
                            : SimulatedProgram.exiting(0).printing("one", "", "two")))
            .start();
    private final CloudWatchLogsClient logs = AwsClients.open(emulator, CloudWatchLogsClient.builder());
    private final EcsClient ecs = EcsClients.of(emulator);

    @AfterEach
    void close() {
        logs.close();
        ecs.close();
        emulator.close();
    }

    @Test
    void task_thatPrints_writesItsStream() {
        String stream = run("app:1");

        assertThat(logs.getLogEvents(request -> request.logGroupName("/app")
                                .logStreamName(stream)
                                .startFromHead(true))
                        .events())
                .extracting(OutputLogEvent::message)
                .containsExactly("one", "two");
    }

    @Test
    void task_thatPrintsNothing_hasNoStream() {
        run("quiet:1");

        assertThat(logs.describeLogStreams(request -> request.logGroupName("/app"))
                        .logStreams())
                .isEmpty();
    }

    private String run(String image) {
        logs.createLogGroup(request -> request.logGroupName("/app"));
        ecs.registerTaskDefinition(EcsClients.definition(
                "app",
                container -> container
                        .image(image)
                        .logConfiguration(log -> log.logDriver(LogDriver.AWSLOGS)
                                .options(Map.of(
                                        "awslogs-group", "/app",
                                        "awslogs-region", "us-east-1",
                                        "awslogs-stream-prefix", "run")))));
        String arn = EcsClients.start(ecs, "app").taskArn();
        clock.advance(Duration.ofSeconds(10));
        return "run/main/" + arn.substring(arn.lastIndexOf('/') + 1);
    }
}
