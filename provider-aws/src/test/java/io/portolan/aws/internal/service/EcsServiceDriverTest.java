package io.portolan.aws.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.definition.Configs;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.run.OwnedResource;
import io.portolan.run.ReplicaStatus;
import io.portolan.run.RevisionStatus;
import io.portolan.run.RevisionStatus.State;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.Exposure;
import io.portolan.spec.Probe;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.ServiceDriver.ServiceRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

class EcsServiceDriverTest {
    private static final ServiceSpec WEB = ServiceSpec.builder("web")
            .image("web:1")
            .exposure(Exposure.INTERNAL)
            .build();
    private static final ServiceSpec TWO = WEB.toBuilder().env("MARK", "two").build();

    private final FakeEcs ecs = new FakeEcs();
    private final FakeScaling scaling = new FakeScaling();
    private Instant time = Instant.parse("2026-11-01T10:00:00Z");
    private Runnable onPause = ecs::succeed;
    private final EcsServiceDriver driver =
            driver(Configs.with("infrastructure-role", "arn:aws:iam::123456789012:role/infra"));

    private EcsServiceDriver driver(ProviderConfig config) {
        return new EcsServiceDriver(
                new ServiceClients() {
                    @Override
                    public EcsClient ecs() {
                        return ecs;
                    }

                    @Override
                    public ApplicationAutoScalingClient scaling() {
                        return scaling;
                    }

                    @Override
                    public String region() {
                        return "eu-central-1";
                    }
                },
                new AwsCalls(request -> {}),
                () -> {},
                config,
                new TestClock(),
                pause -> {
                    time = time.plus(pause);
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    onPause.run();
                });
    }

    private final class TestClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return time;
        }
    }

    @AfterEach
    void noInterruptIsLeft() {
        Thread.interrupted();
    }

    private ServiceStatus deploy(ServiceSpec spec) {
        return driver.deploy(new ServiceRequest(spec, SpecYaml.hash(spec), SpecYaml.write(spec)));
    }

    private static PortolanException failure(ThrowingCallable call) {
        PortolanException thrown = catchThrowableOfType(PortolanException.class, call);
        assertThat(thrown).isNotNull();
        return thrown;
    }

    private void deployed(ServiceSpec... specs) {
        for (ServiceSpec spec : specs) {
            deploy(spec);
        }
        ecs.changes.clear();
    }

    @Test
    void deploy_first_serves() {
        ServiceStatus status = deploy(WEB);

        assertThat(status.ready()).isTrue();
        assertThat(status.internalAddress()).isEqualTo("web:8080");
        assertThat(status.endpoint()).isEmpty();
        assertThat(status.revisions()).extracting(RevisionStatus::state).containsExactly(State.SERVING);
        assertThat(status.replicas()).hasSize(1).allMatch(ReplicaStatus::ready);
        assertThat(ecs.changes).containsExactly("RegisterTaskDefinition", "CreateService", "TagResource good");
        assertThat(driver.document("web", 1)).contains(SpecYaml.write(WEB));
        assertThat(driver.services()).containsExactly("web");
        assertThat(driver.owned()).extracting(OwnedResource::name).containsExactly("portolan-shop-web");
    }

    @Test
    void deploy_identical_changesNothing() {
        deployed(WEB);

        assertThat(deploy(WEB).ready()).isTrue();

        assertThat(ecs.changes).isEmpty();
    }

    @Test
    void deploy_identicalAfterAScale_hasTheNumberOfTheSpec() {
        deployed(WEB);
        driver.scale("web", 3);
        ecs.changes.clear();

        assertThat(deploy(WEB).replicas()).hasSize(1);

        assertThat(ecs.changes).containsExactly("UpdateService");
    }

    @Test
    void deploy_changed_retiresTheOneBefore() {
        deployed(WEB);

        ServiceStatus status = deploy(TWO);

        assertThat(status.revisions()).extracting(RevisionStatus::state).containsExactly(State.SERVING, State.RETIRED);
        assertThat(status.revisions()).extracting(RevisionStatus::number).containsExactly(2, 1);
        assertThat(status.replicas()).extracting(ReplicaStatus::revision).containsExactly(2);
        assertThat(ecs.changes).containsExactly("RegisterTaskDefinition", "UpdateService", "TagResource good");
    }

    @Test
    void deploy_rolledBackByEcs_failsWithReasons() {
        deployed(WEB);
        onPause = () -> {
            ecs.end("", 7, TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
            ecs.rollBack("circuit breaker threshold exceeded");
            onPause = ecs::succeed;
        };

        PortolanException failed = failure(() -> deploy(TWO));

        assertThat(failed.code()).isEqualTo(ErrorCode.FAILED);
        assertThat(failed).hasMessageContaining("exit code 7").hasMessageContaining("circuit breaker");
        ServiceStatus status = driver.describe("web").orElseThrow();
        assertThat(status.ready()).isTrue();
        assertThat(status.revisions()).extracting(RevisionStatus::state).containsExactly(State.FAILED, State.SERVING);
        assertThat(status.replicas()).extracting(ReplicaStatus::revision).containsExactly(1);
        assertThat(ecs.changes).last().isEqualTo("TagResource failed");
    }

    @Test
    void deploy_imageMissing_isStoppedAtOnce() {
        deployed(WEB);
        onPause = () -> ecs.end("CannotPullContainerError: web:9: not found", null, TaskStopCode.TASK_FAILED_TO_START);

        PortolanException failed = failure(() -> deploy(TWO));

        assertThat(failed).hasMessageContaining("web:9: not found");
        assertThat(ecs.changes).contains("StopServiceDeployment");
        assertThat(driver.describe("web").flatMap(ServiceStatus::serving))
                .map(RevisionStatus::number)
                .contains(1);
        assertThat(time).isBefore(Instant.parse("2026-11-01T10:00:10Z"));
    }

    @Test
    void deploy_firstAndBad_leavesNothing() {
        onPause = () -> {
            if ("DRAINING".equals(ecs.service.status())) {
                ecs.service = ecs.service.toBuilder().status("INACTIVE").build();
            } else {
                ecs.end("", 7, TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
            }
        };

        PortolanException failed = failure(() -> deploy(WEB));

        assertThat(failed.code()).isEqualTo(ErrorCode.FAILED);
        assertThat(driver.describe("web")).isEmpty();
        assertThat(ecs.definitions).isEmpty();
        onPause = ecs::succeed;
        assertThat(deploy(WEB).ready()).isTrue();
    }

    @Test
    void deploy_thatEcsCountsAsDoneButEnds_goesBack() {
        deployed(WEB);
        onPause = () -> {
            ecs.succeed();
            ecs.tasks.removeIf(t -> "RUNNING".equals(t.desiredStatus()));
            for (int i = 0; i < 3; i++) {
                ecs.end("", 7, TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
            }
            onPause = ecs::succeed;
        };

        assertThat(failure(() -> deploy(TWO))).hasMessageContaining("exit code 7");

        ServiceStatus status = driver.describe("web").orElseThrow();
        assertThat(status.ready()).isTrue();
        assertThat(status.serving()).map(RevisionStatus::number).contains(1);
        assertThat(ecs.changes)
                .containsExactly(
                        "RegisterTaskDefinition",
                        "UpdateService",
                        "StopServiceDeployment",
                        "UpdateService",
                        "TagResource failed");
    }

    @Test
    void deploy_refused_leavesNoRevision() {
        ecs.refusal = "Creation of service was not idempotent.";

        assertThat(failure(() -> deploy(WEB)).code()).isEqualTo(ErrorCode.CONFLICT);

        assertThat(ecs.definitions).isEmpty();
    }

    @Test
    void leftovers_ofAServiceThatIsGone_areItsRevisions() {
        deployed(WEB);
        time = time.plus(Duration.ofDays(1));
        assertThat(driver.leftovers()).isEmpty();
        ecs.service = ecs.service.toBuilder().status("INACTIVE").build();

        assertThat(driver.leftovers()).extracting(OwnedResource::kind).containsExactly("task-definition");
        driver.removeLeftovers(driver.leftovers());

        assertThat(ecs.definitions).isEmpty();
    }

    @Test
    void deploy_oftenChanged_keepsTwentyRevisions() {
        for (int i = 0; i < 23; i++) {
            deploy(WEB.toBuilder().env("MARK", Integer.toString(i)).build());
        }

        assertThat(driver.describe("web").orElseThrow().revisions())
                .extracting(RevisionStatus::number)
                .hasSize(20)
                .startsWith(23)
                .endsWith(4);
    }

    @Test
    void deploy_neverHealthy_failsAfterItsStartupTime() {
        ServiceSpec checked = WEB.toBuilder()
                .readiness(Probe.exec("/bin/false").startupTimeout(Duration.ofSeconds(30)))
                .build();
        deployed(WEB);
        onPause = () -> {
            if (ecs.tasks.size() < 2) {
                ecs.run();
            }
        };

        PortolanException failed = failure(() -> deploy(checked));

        assertThat(failed).hasMessageContaining("startupTimeout of PT30S");
        assertThat(ecs.changes).contains("StopServiceDeployment");
    }

    @Test
    void deploy_overtaken_isAConflict() {
        deployed(WEB);
        onPause = ecs::overtake;

        assertThat(failure(() -> deploy(TWO)).code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(ecs.changes).doesNotContain("StopServiceDeployment");
    }

    @Test
    void deploy_interrupted_goesBack() {
        deployed(WEB);
        onPause = ecs::succeed;
        Thread.currentThread().interrupt();

        // The lock of the service is taken interruptibly.
        assertThat(failure(() -> deploy(TWO)).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(ecs.changes).isEmpty();
        Thread.interrupted();

        onPause = () -> {
            Thread.currentThread().interrupt();
            onPause = ecs::succeed;
        };
        assertThat(failure(() -> deploy(TWO)).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ecs.changes).contains("StopServiceDeployment");
        assertThat(driver.describe("web").flatMap(ServiceStatus::serving))
                .map(RevisionStatus::number)
                .contains(1);
    }

    @Test
    void deploy_ofWhatAnotherIsDeploying_watchesThat() {
        deployed(WEB);
        deployed(TWO);
        ecs.beginAgain();

        ServiceStatus status = deploy(TWO);

        assertThat(status.serving()).map(RevisionStatus::number).contains(2);
        assertThat(ecs.changes).isEmpty();
    }

    @Test
    void scale_always_makesNoRevision() {
        deployed(WEB);

        ServiceStatus status = driver.scale("web", 3);

        assertThat(status.replicas()).hasSize(3).allMatch(ReplicaStatus::ready);
        assertThat(status.revisions()).hasSize(1);
        assertThat(ecs.changes).containsExactly("UpdateService");
        assertThat(failure(() -> driver.scale("nobody", 2)).code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void rollback_toAGoodRevision_servesIt() {
        deployed(WEB, TWO);

        ServiceStatus status = driver.rollback("web", 1);

        assertThat(status.serving()).map(RevisionStatus::number).contains(1);
        assertThat(status.revisions()).extracting(RevisionStatus::state).containsExactly(State.RETIRED, State.SERVING);
        assertThat(ecs.changes).containsExactly("UpdateService");
    }

    @Test
    void rollback_toWhatWasNeverGood_isNotFound() {
        deployed(WEB);
        onPause = () -> {
            ecs.rollBack("bad");
            onPause = ecs::succeed;
        };
        failure(() -> deploy(TWO));

        assertThat(failure(() -> driver.rollback("web", 2)).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure(() -> driver.rollback("web", 99)).code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void delete_always_waitsUntilTheNameIsFree() {
        deployed(WEB);
        onPause = () -> ecs.service = ecs.service.toBuilder().status("INACTIVE").build();

        driver.delete("web");
        driver.delete("web");

        assertThat(ecs.changes).containsExactly("DeleteService", "DeregisterTaskDefinition");
        assertThat(driver.describe("web")).isEmpty();
        assertThat(driver.services()).isEmpty();
        assertThat(driver.owned()).isEmpty();
        String token = ecs.last(CreateServiceRequest.class).clientToken();
        onPause = ecs::succeed;
        assertThat(deploy(WEB).ready()).isTrue();
        assertThat(ecs.last(CreateServiceRequest.class).clientToken()).isNotEqualTo(token);
    }

    @Test
    void deploy_autoscaled_followsTheLoadAndKeepsTheNumber() {
        ServiceSpec scaled = WEB.toBuilder().scaling(Scaling.between(2, 5)).build();
        deploy(scaled);
        assertThat(scaling.changes).containsExactly("RegisterScalableTarget 2..5", "PutScalingPolicy");

        deploy(scaled.toBuilder().env("MARK", "two").build());
        assertThat(ecs.last(UpdateServiceRequest.class).desiredCount()).isNull();

        driver.scale("web", 4);
        assertThat(scaling.changes).last().isEqualTo("RegisterScalableTarget 4..4");

        deploy(WEB);
        assertThat(scaling.changes).last().isEqualTo("DeregisterScalableTarget");
    }

    @Test
    void deploy_public_isReachedWhereEcsSays() {
        ServiceSpec open = WEB.toBuilder().exposure(Exposure.PUBLIC).build();

        ServiceStatus status = deploy(open);

        assertThat(status.endpoint()).contains(URI.create("https://web.example"));
        assertThat(driver.scale("web", 3).replicas()).hasSize(3);
        assertThat(deploy(open).replicas()).hasSize(1);
        assertThat(deploy(open.toBuilder().env("MARK", "two").build()).serving())
                .map(RevisionStatus::number)
                .contains(2);
        assertThat(failure(() -> deploy(WEB))).hasMessageContaining("delete it first");
        onPause = () -> ecs.service = ecs.service.toBuilder().status("INACTIVE").build();
        driver.delete("web");
        assertThat(ecs.changes)
                .containsExactly(
                        "RegisterTaskDefinition",
                        "CreateExpressGatewayService",
                        "TagResource good",
                        "UpdateExpressGatewayService",
                        "UpdateExpressGatewayService",
                        "RegisterTaskDefinition",
                        "UpdateExpressGatewayService",
                        "TagResource good",
                        "DeleteExpressGatewayService",
                        "DeregisterTaskDefinition",
                        "DeregisterTaskDefinition");
    }

    @Test
    void deploy_whileAwsIsBusy_goesOn() {
        deployed(WEB);
        onPause = () -> {
            ecs.busy = 3;
            onPause = () -> {
                if (ecs.busy == 1) {
                    ecs.succeed();
                }
            };
        };

        assertThat(deploy(TWO).ready()).isTrue();
        assertThat(ecs.changes).containsExactly("RegisterTaskDefinition", "UpdateService", "TagResource good");
    }

    @Test
    void deploy_publicWithoutInfrastructureRole_isRefusedBeforeAnyCall() {
        ServiceSpec open = WEB.toBuilder().exposure(Exposure.PUBLIC).build();

        PortolanException refused = failure(() ->
                driver(Configs.with()).deploy(new ServiceRequest(open, SpecYaml.hash(open), SpecYaml.write(open))));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(refused).hasMessageContaining("portolan.aws.infrastructure-role");
        assertThat(ecs.changes).isEmpty();
    }
}
