package io.portolan.gcp.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServiceScaling;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.GcpOptions;
import io.portolan.gcp.internal.definition.Configs;
import io.portolan.gcp.internal.definition.Labels;
import io.portolan.gcp.option.PublicAccess;
import io.portolan.run.OwnedResource;
import io.portolan.run.ReplicaStatus;
import io.portolan.run.RevisionStatus;
import io.portolan.run.RevisionStatus.State;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.Exposure;
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
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloudRunServiceDriverTest {
    private static final ServiceSpec WEB =
            ServiceSpec.builder("web").image("web:1").build();
    private static final ServiceSpec TWO = WEB.toBuilder().env("MARK", "two").build();
    private static final ServiceSpec THREE =
            WEB.toBuilder().env("MARK", "three").build();
    private static final String DEPLOYMENT =
            "update annotations,client,ingress,invoker_iam_disabled,labels,scaling,template";
    private static final String AROUND = "update scaling,ingress,invoker_iam_disabled";

    private final FakeRunServices run = new FakeRunServices();
    private Instant time = Instant.parse("2026-11-01T10:00:00Z");
    private Runnable onPause = run::settle;
    private List<String> lastLines = List.of();
    private final CloudRunServiceDriver driver = driver(Configs.with());

    private CloudRunServiceDriver driver(ProviderConfig config) {
        return new CloudRunServiceDriver(run, (service, revision) -> lastLines, config, new TestClock(), pause -> {
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

    private int servingNumber() {
        return driver.describe("web")
                .flatMap(ServiceStatus::serving)
                .orElseThrow()
                .number();
    }

    @Test
    void aFirstDeployment_isOneWrite_andServes() {
        ServiceStatus status = deploy(WEB);

        assertThat(run.writes).containsExactly("create");
        assertThat(status.ready()).isTrue();
        assertThat(status.endpoint()).contains(URI.create("https://shop-web-123.europe-west1.run.app"));
        assertThat(status.internalAddress()).isEqualTo("shop-web-123.europe-west1.run.app:443");
        assertThat(status.serving()).map(RevisionStatus::specHash).contains(SpecYaml.hash(WEB));
        assertThat(status.replicas()).extracting(ReplicaStatus::name).containsExactly("shop-web-00001-abc-1");
        assertThat(run.only().getInvokerIamDisabled()).isTrue();
    }

    @Test
    void theSameSpec_again_isLeftAlone() {
        ServiceStatus first = deploy(WEB);

        ServiceStatus second = deploy(driver(Configs.with()), WEB);

        assertThat(second).isEqualTo(first);
        assertThat(run.writes).containsExactly("create");
    }

    @Test
    void aChangedSpec_isOneWriteOfWhatIsOwned_andLeavesTrafficToThePlatform() {
        deploy(WEB);

        ServiceStatus status = deploy(TWO);

        assertThat(run.writes).containsExactly("create", DEPLOYMENT);
        assertThat(states(status)).containsExactly(State.SERVING, State.RETIRED);
        assertThat(status.revisions()).extracting(RevisionStatus::number).containsExactly(2, 1);
        assertThat(driver.document("web", 1)).contains(SpecYaml.write(WEB));
        assertThat(driver.document("web", 9)).isEmpty();
    }

    @Test
    void changedSettings_deployTheSameSpecAgain() {
        deploy(WEB);

        deploy(driver(Configs.with("service-account", "web@acme-shop.iam.gserviceaccount.com")), WEB);

        assertThat(run.writes).containsExactly("create", DEPLOYMENT);
    }

    @Test
    void aRevisionThatFails_leavesTheOldOneServing_andIsTold() {
        deploy(WEB);
        run.fail("The user-provided container failed to start and listen on the port.");
        lastLines = List.of("no config", "Container called exit(7).");

        PortolanException failed = failure(() -> deploy(TWO));

        assertThat(failed.code()).isEqualTo(ErrorCode.FAILED);
        assertThat(failed)
                .hasMessage("Revision 2 of service 'web' did not become ready: HEALTH_CHECK_CONTAINER_ERROR: The"
                        + " user-provided container failed to start and listen on the port (at Cloud Run it is"
                        + " shop-web-00002-abc). Its last lines: no config | Container called exit(7).; look at its"
                        + " logs, mend the spec or the image, and deploy again");
        ServiceStatus status = driver.describe("web").orElseThrow();
        assertThat(status.ready()).isTrue();
        assertThat(states(status)).containsExactly(State.FAILED, State.SERVING);
        assertThat(run.writes).containsExactly("create", DEPLOYMENT);
    }

    @Test
    void aRevisionThatFails_doesNotLeaveItsScalingAndItsAccessToTheOldOne() {
        deploy(WEB.toBuilder().exposure(Exposure.INTERNAL).build());
        run.fail("it ends");

        failure(() -> deploy(TWO.toBuilder().scaling(Scaling.fixed(3)).build()));

        assertThat(run.writes).containsExactly("create", DEPLOYMENT, AROUND);
        assertThat(run.only().getScaling().getManualInstanceCount()).isOne();
        assertThat(run.only().getInvokerIamDisabled()).isFalse();
        assertThat(driver.describe("web").orElseThrow().endpoint()).isEmpty();
    }

    @Test
    void afterAFailure_theOldSpecIsLeftAlone_andAMendedOneServes() {
        deploy(WEB);
        run.fail("it ends");
        failure(() -> deploy(TWO));
        run.writes.clear();

        deploy(WEB);
        assertThat(run.writes).isEmpty();
        ServiceStatus status = deploy(THREE);

        assertThat(run.writes).containsExactly(DEPLOYMENT);
        assertThat(states(status)).containsExactly(State.SERVING, State.FAILED, State.RETIRED);
    }

    @Test
    void theSpecThatFailed_again_isTriedWithANewRevision() {
        deploy(WEB);
        run.fail("the secret is missing");
        failure(() -> deploy(TWO));

        ServiceStatus status = deploy(TWO);

        assertThat(status.serving()).map(RevisionStatus::number).contains(3);
    }

    @Test
    void aFirstDeploymentThatFails_leavesNothing() {
        run.fail("it ends");

        assertThat(failure(() -> deploy(WEB)).code()).isEqualTo(ErrorCode.FAILED);

        assertThat(driver.describe("web")).isEmpty();
        assertThat(run.writes).containsExactly("create", "delete");
        assertThat(deploy(WEB).ready()).isTrue();
    }

    @Test
    void anImageForAnotherProcessor_isNamedAsSuch() {
        run.outcomes.add(Optional.of(Condition.newBuilder()
                .setType("Ready")
                .setState(Condition.State.CONDITION_FAILED)
                .setReason(Condition.CommonReason.CONTAINER_MISSING)
                .setMessage("Container manifest type 'application/vnd.oci.image.index.v1+json' must support"
                        + " amd64/linux.")
                .build()));

        assertThat(failure(() -> deploy(WEB))).hasMessageContaining("build it for that platform");
    }

    @Test
    void aRevisionThatIsNotDecidedInTime_isKeptFromTakingTheRequestsLater() {
        deploy(WEB);
        onPause = () -> {};

        PortolanException failed = failure(() -> deploy(TWO));

        assertThat(failed).hasMessageContaining("portolan.gcp.deploy-timeout");
        assertThat(failed.code()).isEqualTo(ErrorCode.FAILED);
        assertThat(run.writes).containsExactly("create", DEPLOYMENT, AROUND + ",traffic");
        assertThat(run.only().getTraffic(0).getRevision()).isEqualTo("shop-web-00001-abc");
    }

    @Test
    void anInterrupt_givesTheDeploymentUp_andRestoresWhatWas() {
        deploy(WEB);
        onPause = () -> Thread.currentThread().interrupt();

        PortolanException failed = failure(() -> deploy(TWO));

        assertThat(failed.code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(Thread.interrupted()).isTrue();
        run.settle();
        assertThat(servingNumber()).isOne();
    }

    @Test
    void anInterruptOfTheFirstDeployment_leavesNothing() {
        onPause = () -> {
            run.settle();
            if (run.writes.size() == 1) {
                Thread.currentThread().interrupt();
                onPause = run::settle;
                run.deaf = new PortolanException(ErrorCode.UNAVAILABLE, "busy");
            }
        };

        assertThat(failure(() -> deploy(WEB)).code()).isEqualTo(ErrorCode.CANCELLED);

        assertThat(run.writes).containsExactly("create", "delete");
    }

    @Test
    void aRollback_pinsTheEarlierRevision_withoutANewOne() {
        deploy(WEB);
        deploy(TWO.toBuilder().scaling(Scaling.fixed(2)).build());

        ServiceStatus status = driver.rollback("web", 1);

        assertThat(run.writes).last().isEqualTo(AROUND + ",traffic");
        assertThat(states(status)).containsExactly(State.RETIRED, State.SERVING);
        assertThat(status.replicas()).hasSize(1).allMatch(replica -> replica.revision() == 1);
        assertThat(status.ready()).isTrue();
    }

    @Test
    void aRollback_toTheNewestRevision_followsTheLatestAgain() {
        deploy(WEB);
        deploy(TWO);
        driver.rollback("web", 1);

        driver.rollback("web", 2);

        assertThat(Shares.followLatest(run.only())).isTrue();
        assertThat(servingNumber()).isEqualTo(2);
    }

    @Test
    void aRollback_toWhatServes_orNeverWasGood_sendsNothing() {
        deploy(WEB);
        run.fail("it ends");
        failure(() -> deploy(TWO));
        run.writes.clear();

        driver.rollback("web", 1);
        assertThat(failure(() -> driver.rollback("web", 2)).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure(() -> driver.rollback("web", 9)).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure(() -> driver.rollback("other", 1)).code()).isEqualTo(ErrorCode.NOT_FOUND);

        assertThat(run.writes).isEmpty();
    }

    @Test
    void aDeploymentAfterARollback_takesTheRequestsOnlyOnceItIsReady() {
        deploy(WEB);
        deploy(TWO);
        driver.rollback("web", 1);
        run.writes.clear();

        ServiceStatus status = deploy(THREE);

        assertThat(run.writes).containsExactly(DEPLOYMENT, AROUND + ",traffic");
        assertThat(Shares.followLatest(run.only())).isTrue();
        assertThat(status.serving()).map(RevisionStatus::number).contains(3);
    }

    @Test
    void aDeploymentAfterARollback_thatFails_staysRolledBack() {
        deploy(WEB);
        deploy(TWO);
        driver.rollback("web", 1);
        run.fail("it ends");

        failure(() -> deploy(THREE));

        assertThat(servingNumber()).isOne();
    }

    @Test
    void theSpecThatWasRolledBackTo_isLeftAlone_andTheOtherOneNeedsNoNewRevision() {
        deploy(WEB);
        deploy(TWO);
        driver.rollback("web", 1);
        run.writes.clear();

        deploy(WEB);
        assertThat(run.writes).isEmpty();
        ServiceStatus status = deploy(TWO);

        assertThat(run.writes).containsExactly(AROUND + ",traffic");
        assertThat(states(status)).containsExactly(State.SERVING, State.RETIRED);
    }

    @Test
    void scaling_isOneMaskedWrite_andMakesNoRevision() {
        deploy(WEB);

        ServiceStatus status = driver.scale("web", 3);

        assertThat(run.writes).containsExactly("create", "update scaling");
        assertThat(status.replicas()).hasSize(3).allMatch(ReplicaStatus::ready);
        assertThat(status.revisions()).hasSize(1);
        driver.scale("web", 3);
        assertThat(run.writes).hasSize(2);
    }

    @Test
    void scaling_ofAnAutoscaledService_holdsIt_andTheNextDeploymentLetsItGo() {
        ServiceSpec spec = WEB.toBuilder().scaling(Scaling.between(1, 5)).build();
        assertThat(deploy(spec).replicas()).hasSize(1);

        assertThat(driver.scale("web", 0).replicas()).isEmpty();
        assertThat(run.only().getScaling().getScalingMode()).isEqualTo(ServiceScaling.ScalingMode.MANUAL);
        ServiceStatus status = deploy(spec);

        assertThat(run.writes).containsExactly("create", "update scaling", AROUND);
        assertThat(status.replicas()).hasSize(1);
        assertThat(run.only().getScaling().getMaxInstanceCount()).isEqualTo(5);
    }

    @Test
    void scaling_withoutManualScaling_isByTheScaler_upToWhatTheRevisionMayHave() {
        deploy(WEB.toBuilder()
                .scaling(Scaling.fixed(2))
                .options(GcpOptions.NONE.manualScaling(false))
                .build());

        driver.scale("web", 1);
        assertThat(run.only().getScaling().getScalingMode()).isEqualTo(ServiceScaling.ScalingMode.AUTOMATIC);
        driver.scale("web", 3);

        assertThat(run.only().getScaling().getManualInstanceCount()).isEqualTo(3);
    }

    @Test
    void scaling_ofWhatDoesNotServe_isNotFound() {
        assertThat(failure(() -> driver.scale("web", 2)).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure(() -> driver.scale("web", -1)).code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void scaling_afterAFailedRevision_isNotTakenForAFailure() {
        deploy(WEB);
        run.fail("it ends");
        failure(() -> deploy(TWO));

        assertThat(driver.scale("web", 2).replicas()).hasSize(2);
    }

    @Test
    void anotherClientThatWasFaster_isNoticedByTheEtag() {
        deploy(WEB);
        run.meanwhile = () ->
                run.change(run.only().toBuilder().setDescription("by hand").build());

        ServiceStatus status = deploy(TWO);

        assertThat(run.writes).containsExactly("create", DEPLOYMENT, DEPLOYMENT);
        assertThat(status.serving()).map(RevisionStatus::number).contains(2);
        assertThat(run.only().getDescription()).isEqualTo("by hand");
    }

    @Test
    void twoProcesses_thatCreateTheSame_shareOneService() {
        CloudRunServiceDriver other = driver(Configs.with());
        run.meanwhile = () -> deploy(other, WEB);

        ServiceStatus status = deploy(WEB);

        assertThat(run.writes).containsExactly("create", "create");
        assertThat(status.revisions()).hasSize(1);
    }

    @Test
    void aLostAnswer_doesNotDeployTwice() {
        run.lost = new PortolanException(ErrorCode.UNAVAILABLE, "the connection broke");
        failure(() -> deploy(WEB));

        ServiceStatus status = deploy(WEB);

        assertThat(run.writes).containsExactly("create");
        assertThat(status.ready()).isTrue();
    }

    @Test
    void aLaterDeployment_overtakesThisOne() {
        deploy(WEB);
        CloudRunServiceDriver other = driver(Configs.with());
        onPause = () -> {
            onPause = run::settle;
            deploy(other, THREE);
        };

        assertThat(failure(() -> deploy(TWO)).code()).isEqualTo(ErrorCode.CONFLICT);

        assertThat(driver.describe("web").flatMap(ServiceStatus::serving))
                .map(RevisionStatus::specHash)
                .contains(SpecYaml.hash(THREE));
    }

    @Test
    void aDeployment_goesOnWhileThePlatformDoesNotAnswer() {
        deploy(WEB);
        onPause = () -> {
            run.deaf = new PortolanException(ErrorCode.UNAVAILABLE, "busy");
            onPause = run::settle;
        };

        assertThat(deploy(TWO).ready()).isTrue();
    }

    @Test
    void whatAnotherClientChanged_isDeployedAgain() {
        deploy(WEB);
        run.change(run.only().toBuilder().setClient("gcloud").build());

        deploy(WEB);

        assertThat(run.writes).containsExactly("create", DEPLOYMENT);
    }

    @Test
    void aServiceOfOthers_isNeitherSeenNorTouched() {
        deploy(WEB);
        Service foreign =
                run.only().toBuilder().putLabels(Labels.APPLICATION, "other").build();
        run.change(foreign);

        assertThat(driver.describe("web")).isEmpty();
        assertThat(driver.services()).isEmpty();
        assertThat(driver.owned()).isEmpty();
        driver.delete("web");
        PortolanException conflict = failure(() -> deploy(WEB));

        assertThat(conflict.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(conflict).hasMessageContaining("'shop-web'").hasMessageContaining("not service 'web'");
        assertThat(run.writes).containsExactly("create");
    }

    @Test
    void deleting_waitsUntilTheNameIsFree_andIsIdempotent() {
        deploy(WEB);
        assertThat(driver.services()).containsExactly("web");
        assertThat(driver.owned()).extracting(OwnedResource::name).containsExactly("shop-web");

        driver.delete("web");
        driver.delete("web");

        assertThat(driver.describe("web")).isEmpty();
        assertThat(run.writes).containsExactly("create", "delete");
    }

    @Test
    void aDeployment_waitsForADeletionThatIsUnderWay() {
        deploy(WEB);
        run.delete(run.only().getName(), "");

        assertThat(deploy(WEB).revisions()).extracting(RevisionStatus::number).containsExactly(1);
    }

    @Test
    void aPatchThatIsGone_isClearedByTheNextDeployment() {
        deploy(WEB.toBuilder()
                .options(GcpOptions.NONE.service(service -> service.setDescription("the shop")))
                .build());
        assertThat(run.only().getDescription()).isEqualTo("the shop");

        deploy(WEB);

        assertThat(run.only().getDescription()).isEmpty();
    }

    @Test
    void aCanary_isAPatchOfTraffic_andTheNextDeploymentEndsIt() {
        deploy(WEB);
        ServiceSpec canary = TWO.toBuilder()
                .options(GcpOptions.NONE.service(service -> service.addTraffic(
                                Shares.toLatest().toBuilder().setPercent(10).setTag("canary"))
                        .addTraffic(Shares.to("shop-web-00001-abc").toBuilder().setPercent(90))))
                .build();

        assertThat(states(deploy(canary))).containsExactly(State.SERVING, State.SERVING);
        deploy(canary);
        assertThat(run.writes).containsExactly("create", DEPLOYMENT + ",traffic");
        ServiceStatus status = deploy(TWO);

        assertThat(states(status)).containsExactly(State.SERVING, State.RETIRED, State.RETIRED);
    }

    @Test
    void aPublicService_byABinding_isOpenedOnce_andClosedWhenItIsInternal() {
        CloudRunServiceDriver bound = driver(Configs.with("public-access", PublicAccess.ALL_USERS.name()));
        deploy(bound, WEB);
        deploy(bound, WEB);
        assertThat(run.writes).containsExactly("create", "setPolicy");
        assertThat(run.policy(run.only().getName()).getBindings(0).getMembersList())
                .containsExactly("allUsers");

        deploy(bound, WEB.toBuilder().exposure(Exposure.INTERNAL).build());

        assertThat(run.writes).containsExactly("create", "setPolicy", DEPLOYMENT, "setPolicy");
        assertThat(run.policy(run.only().getName()).getBindingsList()).isEmpty();
    }

    @Test
    void waiting_asksLessAndLessOften() {
        deploy(WEB);
        onPause = () -> {};
        run.reads = 0;

        failure(() -> deploy(TWO));

        assertThat(run.reads).isLessThan((int) (2 * Duration.ofMinutes(15).toSeconds() / 4));
    }
}
