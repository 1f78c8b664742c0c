package io.portolan.gcp.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Scaling, and who else changes a service at the same time or did before. */
class CloudRunServiceChangesTest extends DriverInMemory {
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
