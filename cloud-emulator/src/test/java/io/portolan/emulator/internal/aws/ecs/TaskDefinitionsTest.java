package io.portolan.emulator.internal.aws.ecs;

import static io.portolan.emulator.EcsClients.definition;
import static io.portolan.emulator.EcsClients.register;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EcsClients;
import io.portolan.emulator.EmulatorClock;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TaskDefinitionsTest {
    private final CloudEmulator emulator =
            CloudEmulator.builder().clock(EmulatorClock.manual()).start();
    private final EcsClient ecs = EcsClients.of(emulator);

    @AfterAll
    void close() {
        ecs.close();
        emulator.close();
    }

    @Test
    void register_always_fillsInTheDefaults() {
        TaskDefinition registered = ecs.registerTaskDefinition(definition("filled", container -> {}))
                .taskDefinition();

        assertThat(registered.revision()).isEqualTo(1);
        assertThat(registered.status()).isEqualTo(TaskDefinitionStatus.ACTIVE);
        assertThat(registered.registeredAt()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(registered.hasVolumes()).isTrue();
        assertThat(registered.containerDefinitions().get(0)).satisfies(container -> {
            assertThat(container.cpu()).isZero();
            assertThat(container.essential()).isTrue();
            assertThat(container.hasPortMappings()).isTrue();
            assertThat(container.hasEnvironment()).isTrue();
        });
    }

    @Test
    void revisions_ofAFamily_areNeverUsedAgain() {
        register(ecs, "rev");
        register(ecs, "rev");
        ecs.deregisterTaskDefinition(request -> request.taskDefinition("rev:2"));
        ecs.deleteTaskDefinitions(request -> request.taskDefinitions("rev:2"));
        register(ecs, "rev");

        assertThat(ecs.describeTaskDefinition(request -> request.taskDefinition("rev"))
                        .taskDefinition()
                        .revision())
                .isEqualTo(3);
        assertThat(ecs.describeTaskDefinition(request -> request.taskDefinition("rev:2"))
                        .taskDefinition()
                        .statusAsString())
                .isEqualTo("DELETE_IN_PROGRESS");
        assertThat(ecs.listTaskDefinitions(
                                request -> request.familyPrefix("rev").sort(SortOrder.DESC))
                        .taskDefinitionArns())
                .containsExactly(Arns.definition("rev", 3), Arns.definition("rev", 1));
    }

    @Test
    void tags_areTold_onlyIfAskedFor() {
        ecs.registerTaskDefinition(definition("tagged", container -> {})
                .andThen(request ->
                        request.tags(Tag.builder().key("hash").value("1").build())));

        assertThat(ecs.describeTaskDefinition(request -> request.taskDefinition("tagged"))
                        .tags())
                .isEmpty();
        assertThat(ecs.describeTaskDefinition(
                                request -> request.taskDefinition("tagged").include(TaskDefinitionField.TAGS))
                        .tags())
                .hasSize(1);
    }

    @Test
    void describe_ofAnUnknownFamily_isRefused() {
        assertThatThrownBy(() -> ecs.describeTaskDefinition(request -> request.taskDefinition("unknown")))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("Unable to describe task definition.");
    }

    @Test
    void definitions_thatAreWrong_areRefused() {
        refused(request -> request.cpu("300"), "Invalid 'cpu' setting for task.");
        refused(request -> request.memory("4096"), "No Fargate configuration exists for given values");
        refused(request -> request.cpu("8192").memory("17408"), "No Fargate configuration exists");
        refused(request -> request.networkMode(NetworkMode.BRIDGE), "network mode 'awsvpc'");
        refused(request -> request.family("with space"), "Family contains invalid characters");
        refused(request -> request.cpu(null), "'cpu' be defined at the task level");
        assertThatThrownBy(
                        () -> ecs.registerTaskDefinition(definition("wrong", container -> container.privileged(true))))
                .hasMessageContaining("privileged");
        assertThatThrownBy(
                        () -> ecs.registerTaskDefinition(definition("wrong", container -> container.essential(false))))
                .hasMessageContaining("at least one essential container");
        assertThatThrownBy(() -> ecs.registerTaskDefinition(
                        definition("wrong", container -> container.command("x".repeat(70_000)))))
                .hasMessageContaining("Max allowed length is '65536' bytes");
    }

    @Test
    void sizes_withUnits_areUnderstood() {
        TaskDefinition registered = ecs.registerTaskDefinition(definition("units", container -> {})
                        .andThen(request -> request.cpu("32 vCPU").memory("244 GB")))
                .taskDefinition();

        assertThat(registered.cpu()).isEqualTo("32768");
        assertThat(registered.memory()).isEqualTo("249856");
    }

    private void refused(Consumer<RegisterTaskDefinitionRequest.Builder> change, String message) {
        assertThatThrownBy(() -> ecs.registerTaskDefinition(
                        definition("wrong", container -> {}).andThen(change)))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining(message);
    }
}
