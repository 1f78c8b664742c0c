package io.portolan.aws.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.Cloud;
import io.portolan.aws.AwsProvider;
import io.portolan.config.CloudConfig;
import io.portolan.config.EngineSettings;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.SimulatedContainers;
import io.portolan.emulator.SimulatedProgram;
import io.portolan.emulator.aws.AwsFaults.RandomKind;
import io.portolan.id.ExecutionId;
import io.portolan.id.ProviderId;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.Phase;
import io.portolan.spec.JobSpec;
import io.portolan.testkit.UnlimitedProvider;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;

@DisplayName("A thousand attempts")
class ThousandAttemptsIT {
    private static final int TASKS = 1_000;

    private CloudEmulator emulator = CloudEmulator.builder().start();

    @AfterEach
    void close() {
        emulator.close();
    }

    private void emulate(SimulatedProgram program) {
        emulator.close();
        emulator = CloudEmulator.builder()
                .containers(SimulatedContainers.running(spec -> program))
                .start();
        emulator.aws().taskPhase(Duration.ofMillis(5));
    }

    private Cloud connect(Duration poll) {
        CloudConfig config = CloudConfig.builder(ProviderId.AWS)
                .application("faults")
                .engine(EngineSettings.DEFAULT.pollInterval(poll, poll).callRetries(6, Duration.ofMillis(5)))
                .set("region", "us-east-1")
                .set("credentials.access-key-id", "test")
                .set("credentials.secret-access-key", "test")
                .set("endpoint", emulator.endpoint().toString())
                .set("subnets", "subnet-0123456789abcdef0")
                .set("execution-role", "arn:aws:iam::123456789012:role/execution")
                .build();
        return Cloud.connect(config, new UnlimitedProvider(new AwsProvider()));
    }

    private static JobSpec job() {
        return JobSpec.builder("soak").image("app:1").tasks(TASKS).build();
    }

    private static Set<String> tasksOf(EcsClient ecs) {
        Set<String> arns = new java.util.TreeSet<>();
        for (DesiredStatus status : List.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)) {
            ecs.listTasksPaginator(r -> r.cluster("default").desiredStatus(status)).stream()
                    .forEach(page -> arns.addAll(page.taskArns()));
        }
        return arns;
    }

    @Test
    @DisplayName("under throttling, lost answers and failures of the service, from two sides at once, run once each")
    void attempts_underFaultsFromTwoSides_runOnceEach() {
        emulate(SimulatedProgram.exiting(0));
        emulator.aws()
                .faults()
                .random(
                        42,
                        0.1,
                        Set.of(
                                "ecs:RunTask",
                                "ecs:DescribeTasks",
                                "ecs:ListTasks",
                                "logs:PutLogEvents",
                                "logs:CreateLogGroup"),
                        RandomKind.values());
        ExecutionId id = ExecutionId.of("soak-1");
        try (Cloud one = connect(Duration.ofMillis(100));
                Cloud two = connect(Duration.ofMillis(100))) {
            CompletableFuture<JobExecution> other =
                    CompletableFuture.supplyAsync(() -> two.jobs().run(job(), id));
            JobExecution mine = one.jobs().run(job(), id);

            JobResult result = mine.await(Duration.ofMinutes(3));
            JobResult theirs = other.join().await(Duration.ofMinutes(3));

            emulator.aws().faults().clear();
            assertThat(result.phase()).as(result.toString()).isEqualTo(Phase.SUCCEEDED);
            assertThat(theirs.phase()).as(theirs.toString()).isEqualTo(Phase.SUCCEEDED);
            assertThat(tasksOf(one.unwrap(EcsClient.class).orElseThrow())).hasSize(TASKS);
        }
    }

    @Test
    @DisplayName("that run are looked at with at most ten requests an interval")
    void attempts_running_areDescribedInHundreds() {
        emulate(SimulatedProgram.serving());
        Duration interval = Duration.ofSeconds(1);
        try (Cloud cloud = connect(interval)) {
            JobExecution execution = cloud.jobs().run(job(), ExecutionId.of("watched"));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> execution.status().tasks().stream().allMatch(t -> t.phase() == Phase.RUNNING));
            int before = emulator.aws().requests().count("ecs:DescribeTasks");

            Awaitility.await()
                    .pollDelay(interval.multipliedBy(4))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> true);

            int calls = emulator.aws().requests().count("ecs:DescribeTasks") - before;
            // The interval is jittered by a tenth: four of them hold at most five looks.
            assertThat(calls).isBetween(10, 5 * TASKS / 100);
        }
    }
}
