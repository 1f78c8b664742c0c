package io.portolan.gcp.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.ContainerRuntime.StartFailure;
import io.portolan.emulator.SimulatedContainers;
import io.portolan.emulator.SimulatedProgram;
import io.portolan.emulator.gcp.GcpEmulator;
import io.portolan.emulator.gcp.GcpFault;
import io.portolan.emulator.gcp.RevisionFailure;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.client.GcpCalls;
import io.portolan.gcp.internal.client.GcpClients;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.definition.Configs;
import io.portolan.gcp.internal.log.RevisionLines;
import io.portolan.gcp.option.PublicAccess;
import io.portolan.run.ReplicaStatus;
import io.portolan.run.RevisionStatus;
import io.portolan.run.RevisionStatus.State;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.Exposure;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.RequestLimits;
import io.portolan.spi.ServiceDriver.ServiceRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The driver through the vendor's client, against the emulator with containers that only seem to run. */
class CloudRunServiceDriverEmulatorTest {
    private static final ServiceSpec WEB =
            ServiceSpec.builder("web").image("web:1").build();
    private static final ServiceSpec TWO = WEB.toBuilder().env("MARK", "two").build();

    private final CloudEmulator emulator = CloudEmulator.builder()
            .containers(SimulatedContainers.running(container -> program(container.image())))
            .start();
    private final ProviderConfig config = config();
    private final GcpClients clients = new GcpClients(config, Executors.defaultThreadFactory());
    private final CloudRunServiceDriver driver = driver(clients, config);

    CloudRunServiceDriverEmulatorTest() {
        emulator.gcp().phase(Duration.ofMillis(20)).startDelay(Duration.ofMillis(20));
    }

    private ProviderConfig config(String... more) {
        String[] own = {
            "project",
            GcpEmulator.PROJECT,
            "region",
            GcpEmulator.REGION,
            "endpoint",
            emulator.endpoint().toString(),
            "credentials.kind",
            "none",
            "log-drain",
            "1s"
        };
        String[] all = Arrays.copyOf(own, own.length + more.length);
        System.arraycopy(more, 0, all, own.length, more.length);
        return Configs.with(all);
    }

    private static CloudRunServiceDriver driver(GcpClients clients, ProviderConfig config) {
        GcpCalls calls = new GcpCalls(RequestLimits.NONE);
        RevisionLines lines = new RevisionLines(clients, calls, GcpSettings.of(config), Clock.systemUTC());
        return new CloudRunServiceDriver(clients, calls, lines::last, config, Clock.systemUTC());
    }

    private static SimulatedProgram program(String image) {
        if (image.startsWith("missing")) {
            return SimulatedProgram.notStarting(StartFailure.IMAGE_NOT_FOUND);
        }
        return image.startsWith("bad") ? SimulatedProgram.exiting(7) : SimulatedProgram.serving();
    }

    @AfterEach
    void close() {
        clients.close();
        emulator.close();
    }

    private ServiceStatus deploy(ServiceSpec spec) {
        return deploy(driver, spec);
    }

    private static ServiceStatus deploy(CloudRunServiceDriver driver, ServiceSpec spec) {
        return driver.deploy(new ServiceRequest(spec, SpecYaml.hash(spec), SpecYaml.write(spec)));
    }

    private static PortolanException failure(ThrowingCallable call) {
        PortolanException thrown = catchThrowableOfType(PortolanException.class, call);
        assertThat(thrown).isNotNull();
        return thrown;
    }

    private static List<State> states(ServiceStatus status) {
        return status.revisions().stream().map(RevisionStatus::state).toList();
    }

    private ServiceStatus status() {
        return driver.describe("web").orElseThrow();
    }

    @Test
    void aService_isDeployed_leftAlone_changed_rolledBack_andDeleted() {
        ServiceStatus first = deploy(WEB);
        assertThat(first.ready()).isTrue();
        assertThat(first.endpoint()).isPresent();
        assertThat(deploy(WEB)).isEqualTo(first);

        ServiceStatus second = deploy(TWO);
        assertThat(second.endpoint()).isEqualTo(first.endpoint());
        assertThat(states(second)).containsExactly(State.SERVING, State.RETIRED);

        ServiceStatus back = driver.rollback("web", 1);
        assertThat(states(back)).containsExactly(State.RETIRED, State.SERVING);
        assertThat(back.ready()).isTrue();

        ServiceStatus third = deploy(WEB.toBuilder().env("MARK", "three").build());
        assertThat(third.serving()).map(RevisionStatus::number).contains(3);

        driver.delete("web");
        driver.delete("web");
        assertThat(driver.describe("web")).isEmpty();
        assertThat(driver.services()).isEmpty();
        assertThat(deploy(WEB).revisions()).extracting(RevisionStatus::number).containsExactly(1);
    }

    @Test
    void aRevisionThatEnds_leavesTheOldOneServing() {
        deploy(WEB);

        PortolanException failed =
                failure(() -> deploy(WEB.toBuilder().image("bad:1").build()));

        assertThat(failed.code()).isEqualTo(ErrorCode.FAILED);
        assertThat(failed).hasMessageContaining("HEALTH_CHECK_CONTAINER_ERROR").hasMessageContaining("exit(7)");
        assertThat(status().ready()).isTrue();
        assertThat(states(status())).containsExactly(State.FAILED, State.SERVING);
        assertThat(driver.scale("web", 2).replicas()).hasSize(2).allMatch(ReplicaStatus::ready);
        assertThat(states(deploy(WEB))).containsExactly(State.FAILED, State.SERVING);
        assertThat(states(deploy(TWO))).containsExactly(State.SERVING, State.FAILED, State.RETIRED);
    }

    @Test
    void aFirstRevisionWithoutItsImage_saysSo_andLeavesNothing() {
        PortolanException failed =
                failure(() -> deploy(WEB.toBuilder().image("missing:1").build()));

        assertThat(failed.code()).isEqualTo(ErrorCode.FAILED);
        assertThat(failed).hasMessageContaining("missing").hasMessageContaining("not found");
        assertThat(driver.describe("web")).isEmpty();
        assertThat(deploy(WEB).ready()).isTrue();
    }

    @Test
    void aRolledBackService_staysSo_whenTheNextRevisionFails() {
        deploy(WEB);
        deploy(TWO);
        driver.rollback("web", 1);
        emulator.gcp().faults().nextRevision(RevisionFailure.healthCheck("it ends"));

        failure(() -> deploy(WEB.toBuilder().env("MARK", "three").build()));

        assertThat(states(status())).containsExactly(State.FAILED, State.RETIRED, State.SERVING);
        assertThat(status().ready()).isTrue();
    }

    @Test
    void scaling_makesNoRevision() {
        deploy(WEB.toBuilder().scaling(Scaling.between(0, 4)).build());
        assertThat(status().replicas()).isEmpty();

        assertThat(driver.scale("web", 3).replicas()).hasSize(3);
        assertThat(driver.scale("web", 1).replicas()).hasSize(1);
        assertThat(driver.scale("web", 0).replicas()).isEmpty();

        assertThat(status().revisions()).hasSize(1);
        assertThat(deploy(WEB).replicas()).hasSize(1);
    }

    @Test
    void answersThatAreLost_deployOnce() {
        emulator.gcp().faults().next("run.services.create", GcpFault.lostResponse());

        failure(() -> deploy(WEB));

        assertThat(deploy(WEB).revisions()).hasSize(1);
    }

    @Test
    void twoProcesses_thatDeployTheSame_makeOneRevision() {
        CompletableFuture<ServiceStatus> other =
                CompletableFuture.supplyAsync(() -> deploy(driver(clients, config), WEB));

        ServiceStatus status = deploy(WEB);

        assertThat(other.join().revisions()).isEqualTo(status.revisions());
        assertThat(status.revisions()).hasSize(1);
    }

    @Test
    void anInternalService_hasNoEndpoint_andOneOpenedByABinding_hasOne() {
        CloudRunServiceDriver bound = driver(clients, config("public-access", PublicAccess.ALL_USERS.name()));
        assertThat(deploy(bound, WEB).endpoint()).isPresent();

        ServiceStatus internal =
                deploy(bound, WEB.toBuilder().exposure(Exposure.INTERNAL).build());

        assertThat(internal.ready()).isTrue();
        assertThat(internal.endpoint()).isEmpty();
    }
}
