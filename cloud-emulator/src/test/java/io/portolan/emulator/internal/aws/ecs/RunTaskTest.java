package io.portolan.emulator.internal.aws.ecs;

import static io.portolan.emulator.EcsClients.definition;
import static io.portolan.emulator.EcsClients.register;
import static io.portolan.emulator.EcsClients.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EcsClients;
import io.portolan.emulator.EmulatorClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunTaskTest {
    private final EmulatorClock clock = EmulatorClock.manual();
    private final CloudEmulator emulator = CloudEmulator.builder().clock(clock).start();
    private final EcsClient ecs = EcsClients.of(emulator);

    @BeforeAll
    void open() {
        register(ecs, "app");
    }

    @AfterAll
    void close() {
        ecs.close();
        emulator.close();
    }

    @Test
    void token_again_answersTheSameTasksForADay() {
        Consumer<RunTaskRequest.Builder> request = run("app").andThen(builder -> builder.clientToken("again"));
        Task first = ecs.runTask(request).tasks().get(0);

        assertThat(ecs.runTask(request).tasks().get(0).taskArn()).isEqualTo(first.taskArn());
        clock.advance(Duration.ofHours(24));
        assertThat(ecs.runTask(request).tasks().get(0).taskArn()).isNotEqualTo(first.taskArn());
    }

    @Test
    void token_withOtherParameters_isAConflictThatNamesTheTasks() {
        Task first = ecs.runTask(run("app").andThen(builder -> builder.clientToken("other")))
                .tasks()
                .get(0);

        assertThatThrownBy(() -> ecs.runTask(run("app")
                        .andThen(builder -> builder.clientToken("other").count(2))))
                .isInstanceOfSatisfying(
                        ConflictException.class,
                        error -> assertThat(error.resourceIds()).containsExactly(first.taskArn()));
    }

    @Test
    void requests_thatAreWrong_areRefused() {
        refused(builder -> builder.count(11), "Count");
        refused(builder -> builder.startedBy("with space"), "startedBy");
        refused(builder -> builder.startedBy("x".repeat(129)), "startedBy");
        refused(
                builder -> builder.overrides(override -> override.containerOverrides(ContainerOverride.builder()
                        .name("main")
                        .command("x".repeat(8192))
                        .build())),
                "at most 8192");
        refused(
                builder -> builder.overrides(override -> override.containerOverrides(
                        ContainerOverride.builder().name("nobody").build())),
                "Override for container named nobody");
        refused(
                builder -> builder.networkConfiguration((NetworkConfiguration) null),
                "Network Configuration must be provided");
        refused(builder -> builder.capacityProviderStrategy(provider("FARGATE_SPOT")), "launch type");
        refused(
                builder -> builder.launchType((LaunchType) null).capacityProviderStrategy(provider("gpus")),
                "'gpus' is not associated");
        refused(builder -> builder.launchType("MOON"), "launchType must be one of");
        refused(builder -> builder.launchType(LaunchType.EC2), "No Container Instances");
    }

    @Test
    void taskDefinition_thatIsInactiveOrUnknown_isRefused() {
        register(ecs, "old");
        ecs.deregisterTaskDefinition(request -> request.taskDefinition("old:1"));

        assertThatThrownBy(() -> ecs.runTask(run("old:1")))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("TaskDefinition is inactive");
        assertThatThrownBy(() -> ecs.runTask(run("old")))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("TaskDefinition not found");
    }

    @Test
    void cluster_thatIsUnknown_isRefused() {
        assertThatThrownBy(() -> ecs.runTask(run("app").andThen(builder -> builder.cluster("nowhere"))))
                .isInstanceOf(ClusterNotFoundException.class);
    }

    @Test
    void capacityProvider_ofTheCluster_isUsed() {
        Task task = ecs.runTask(run("app")
                        .andThen(builder -> builder.launchType((LaunchType) null)
                                .capacityProviderStrategy(provider("FARGATE_SPOT"))))
                .tasks()
                .get(0);

        assertThat(task.capacityProviderName()).isEqualTo("FARGATE_SPOT");
        assertThat(task.launchType()).isEqualTo(LaunchType.FARGATE);
    }

    @Test
    void thousandTasks_areStartedListedAndFinished() {
        ecs.createCluster(request -> request.clusterName("large"));
        ecs.registerTaskDefinition(definition("many", container -> {}));
        IntStream.range(0, 100)
                .forEach(i -> ecs.runTask(run("many")
                        .andThen(builder -> builder.cluster("large").count(10).startedBy("batch"))));
        Set<String> live = new HashSet<>();
        ecs.listTasksPaginator(
                        request -> request.cluster("large").startedBy("batch").maxResults(30))
                .taskArns()
                .forEach(live::add);
        clock.advance(Duration.ofSeconds(5));

        assertThat(live).hasSize(1000);
        List<String> stopped = ecs
                .listTasksPaginator(request -> request.cluster("large").desiredStatus(DesiredStatus.STOPPED))
                .taskArns()
                .stream()
                .toList();
        assertThat(stopped).containsExactlyInAnyOrderElementsOf(live);
        assertThat(ecs.describeTasks(request -> request.cluster("large").tasks(stopped.subList(0, 100)))
                        .tasks())
                .hasSize(100)
                .allMatch(task -> task.lastStatus().equals("STOPPED"));
        assertThatThrownBy(() ->
                        ecs.describeTasks(request -> request.cluster("large").tasks(stopped.subList(0, 101))))
                .isInstanceOf(InvalidParameterException.class);
    }

    private void refused(Consumer<RunTaskRequest.Builder> change, String message) {
        assertThatThrownBy(() -> ecs.runTask(run("app").andThen(change)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(message);
    }

    private static CapacityProviderStrategyItem provider(String name) {
        return CapacityProviderStrategyItem.builder()
                .capacityProvider(name)
                .weight(1)
                .build();
    }
}
