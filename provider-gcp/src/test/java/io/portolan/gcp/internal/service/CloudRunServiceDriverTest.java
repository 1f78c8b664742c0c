package io.portolan.gcp.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.Condition;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.definition.Configs;
import io.portolan.run.ReplicaStatus;
import io.portolan.run.RevisionStatus;
import io.portolan.run.RevisionStatus.State;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.Exposure;
import io.portolan.spec.Scaling;
import io.portolan.spec.SpecYaml;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Deploying and going back. */
class CloudRunServiceDriverTest extends DriverInMemory {
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
}
