package io.portolan.emulator.internal.aws.ecs;

import static io.portolan.emulator.EcsClients.definition;
import static io.portolan.emulator.EcsClients.describe;
import static io.portolan.emulator.EcsClients.register;
import static io.portolan.emulator.EcsClients.run;
import static io.portolan.emulator.EcsClients.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.ContainerRuntime.StartFailure;
import io.portolan.emulator.EcsClients;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.SimulatedContainers;
import io.portolan.emulator.SimulatedProgram;
import io.portolan.emulator.aws.TaskOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerDependency;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

class TaskLifeTest {
    private static final Duration PHASE = Duration.ofSeconds(1);

    private final EmulatorClock clock = EmulatorClock.manual();
    private SimulatedProgram program = SimulatedProgram.exiting(0).lasting(Duration.ofMinutes(5));
    private CloudEmulator emulator;
    private EcsClient ecs;

    @BeforeEach
    void open() {
        emulator = CloudEmulator.builder()
                .clock(clock)
                .containers(SimulatedContainers.running(
                        container -> container.name().equals("main") ? program : SimulatedProgram.serving()))
                .start();
        emulator.aws().taskPhase(PHASE);
        ecs = EcsClients.of(emulator);
        register(ecs, "app");
    }

    @AfterEach
    void close() {
        ecs.close();
        emulator.close();
    }

    @Test
    void task_overItsLife_passesThroughAllStates() {
        String arn = start(ecs, "app").taskArn();
        List<String> states = new ArrayList<>(List.of(describe(ecs, arn).lastStatus()));

        for (int i = 0; i < 10; i++) {
            clock.advance(PHASE);
            states.add(describe(ecs, arn).lastStatus());
        }
        clock.advance(Duration.ofMinutes(5).minus(PHASE.multipliedBy(8)));
        for (int i = 0; i < 6; i++) {
            states.add(describe(ecs, arn).lastStatus());
            clock.advance(PHASE);
        }

        assertThat(states.stream().distinct())
                .containsExactly(
                        "PROVISIONING",
                        "PENDING",
                        "ACTIVATING",
                        "RUNNING",
                        "DEACTIVATING",
                        "DEPROVISIONING",
                        "STOPPED");
        Task task = describe(ecs, arn);
        assertThat(task.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(task.stoppedReason()).isEqualTo("Essential container in task exited");
        assertThat(task.startedAt()).isBetween(task.createdAt(), task.stoppedAt());
        assertThat(task.version()).isGreaterThan(5);
        Container container = task.containers().get(0);
        assertThat(container.exitCode()).isZero();
        assertThat(container.imageDigest()).startsWith("sha256:");
        assertThat(container.networkInterfaces()).hasSize(1);
    }

    @Test
    void stopTask_ofAProgramThatObeys_stopsItWithTheReasonAndWithoutTags() {
        String arn = ecs.runTask(run("app")
                        .andThen(request ->
                                request.tags(Tag.builder().key("k").value("v").build())))
                .tasks()
                .get(0)
                .taskArn();
        clock.advance(Duration.ofSeconds(4));
        ecs.stopTask(request -> request.task(arn).reason("enough"));
        clock.advance(Duration.ofSeconds(4));

        Task task = ecs.describeTasks(request -> request.tasks(arn).include(TaskField.TAGS))
                .tasks()
                .get(0);
        assertThat(task.lastStatus()).isEqualTo("STOPPED");
        assertThat(task.stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
        assertThat(task.stoppedReason()).isEqualTo("enough");
        assertThat(task.containers().get(0).exitCode()).isEqualTo(143);
        assertThat(task.tags()).isEmpty();
        assertThat(ecs.listTasks().taskArns()).isEmpty();
        assertThat(ecs.listTasks(request -> request.desiredStatus(DesiredStatus.STOPPED))
                        .taskArns())
                .containsExactly(arn);
    }

    @Test
    void stopTask_ofAProgramThatDoesNotObey_killsItAfterTheTimeout() {
        program = SimulatedProgram.serving().ignoringStop();
        String arn = start(ecs, "app").taskArn();
        clock.advance(Duration.ofSeconds(4));
        ecs.stopTask(request -> request.task(arn));
        clock.advance(Duration.ofSeconds(29));
        assertThat(describe(ecs, arn).lastStatus()).isEqualTo("STOPPING");

        clock.advance(Duration.ofSeconds(5));
        assertThat(describe(ecs, arn).containers().get(0).exitCode()).isEqualTo(137);
    }

    @Test
    void stopTask_beforeItRuns_leavesNoExitCode() {
        String arn = start(ecs, "app").taskArn();
        ecs.stopTask(request -> request.task(arn));
        clock.advance(Duration.ofSeconds(4));

        Task task = describe(ecs, arn);
        assertThat(task.lastStatus()).isEqualTo("STOPPED");
        assertThat(task.startedAt()).isNull();
        assertThat(task.containers().get(0).exitCode()).isNull();
    }

    @Test
    void stoppedTask_afterAnHour_isMissing() {
        program = SimulatedProgram.exiting(3);
        String arn = start(ecs, "app").taskArn();
        clock.advance(Duration.ofSeconds(10));
        assertThat(describe(ecs, arn).containers().get(0).exitCode()).isEqualTo(3);

        clock.advance(Duration.ofHours(1));
        var answer = ecs.describeTasks(request -> request.tasks(arn));
        assertThat(answer.tasks()).isEmpty();
        assertThat(answer.failures().get(0).reason()).isEqualTo("MISSING");
    }

    @Test
    void describeTasks_soonAfterRunTask_saysMissingInTheWindow() {
        emulator.aws().faults().missingWindow(Duration.ofSeconds(2));
        String arn = start(ecs, "app").taskArn();
        assertThat(ecs.describeTasks(request -> request.tasks(arn)).failures()).hasSize(1);

        clock.advance(Duration.ofSeconds(2));
        assertThat(describe(ecs, arn).taskArn()).isEqualTo(arn);
    }

    @Test
    void image_thatIsMissing_failsTheStart() {
        program = SimulatedProgram.notStarting(StartFailure.IMAGE_NOT_FOUND);

        Task task = finished(start(ecs, "app").taskArn());

        assertThat(task.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(task.stoppedReason())
                .isEqualTo("CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve"
                        + " ref app:1: app:1: not found");
        assertThat(task.containers().get(0).exitCode()).isNull();
    }

    @Test
    void secret_thatIsMissing_failsTheStartUntilItIsThere() {
        String arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";
        ecs.registerTaskDefinition(definition(
                "secret",
                container -> container.secrets(
                        Secret.builder().name("DB").valueFrom(arn).build())));

        Task failed = finished(start(ecs, "secret").taskArn());
        emulator.aws().secret("db", "hidden");
        Task good = start(ecs, "secret");
        clock.advance(Duration.ofSeconds(4));

        assertThat(failed.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(failed.stoppedReason())
                .startsWith("ResourceInitializationError: unable to pull secrets or registry auth")
                .contains("secret:db-AbCdEf")
                .endsWith("Secrets Manager can't find the specified secret.");
        assertThat(describe(ecs, good.taskArn()).lastStatus()).isEqualTo("RUNNING");
    }

    @Test
    void outcomes_scripted_comeOneAfterTheOther() {
        emulator.aws()
                .faults()
                .nextTask(TaskOutcome.capacityFailure(), TaskOutcome.outOfMemory(), TaskOutcome.spotInterruption())
                .nextTaskOf("app", TaskOutcome.platformFailure());

        Task platform = finished(start(ecs, "app").taskArn());
        Task capacity = finished(start(ecs, "app").taskArn());
        Task memory = finished(start(ecs, "app").taskArn());
        Task spot = finished(start(ecs, "app").taskArn());

        assertThat(platform.stopCodeAsString()).isEqualTo("InfrastructureHealth");
        assertThat(platform.containers().get(0).exitCode()).isNull();
        assertThat(capacity.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(capacity.containers()).isEmpty();
        assertThat(memory.containers().get(0).reason())
                .isEqualTo("OutOfMemoryError: Container killed due to memory usage");
        assertThat(memory.containers().get(0).exitCode()).isEqualTo(137);
        assertThat(spot.stopCode()).isEqualTo(TaskStopCode.SPOT_INTERRUPTION);
    }

    @Test
    void essentialContainer_thatEnds_stopsTheOthers() {
        ecs.registerTaskDefinition(definition("pair", container -> {})
                .andThen(request -> request.containerDefinitions(
                        ContainerDefinition.builder()
                                .name("main")
                                .image("app:1")
                                .dependsOn(ContainerDependency.builder()
                                        .containerName("side")
                                        .condition(ContainerCondition.START)
                                        .build())
                                .build(),
                        ContainerDefinition.builder()
                                .name("side")
                                .image("side:1")
                                .build())));
        program = SimulatedProgram.exiting(7);

        Task task = finished(start(ecs, "pair").taskArn());

        assertThat(task.containers()).extracting(Container::exitCode).containsExactly(7, 143);
        assertThat(task.healthStatus()).isEqualTo(HealthStatus.UNKNOWN);
    }

    @Test
    void stopTask_ofAnUnknownTask_isRefused() {
        assertThatThrownBy(() -> ecs.stopTask(request -> request.task("nobody")))
                .hasMessageContaining("The referenced task was not found.");
    }

    private Task finished(String arn) {
        clock.advance(Duration.ofSeconds(10));
        Task task = describe(ecs, arn);
        assertThat(task.lastStatus()).isEqualTo("STOPPED");
        return task;
    }
}
