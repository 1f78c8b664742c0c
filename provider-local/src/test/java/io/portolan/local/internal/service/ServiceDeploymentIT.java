package io.portolan.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.run.ReplicaStatus;
import io.portolan.run.RevisionStatus;
import io.portolan.run.RevisionStatus.State;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.Probe;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("docker")
@Timeout(180)
class ServiceDeploymentIT {
    private final ServiceFixture app = new ServiceFixture(Map.of("drain-timeout", "5s"));

    @AfterEach
    void cleanUp() {
        app.close();
    }

    @Test
    void deploy_first_serves() {
        ServiceStatus status =
                app.deploy(WebImage.web("web", "one").scaling(Scaling.fixed(2)).build());

        assertThat(status.ready()).isTrue();
        assertThat(status.internalAddress()).isEqualTo("web:8080");
        assertThat(status.replicas()).extracting(ReplicaStatus::name).containsExactly("r1-1", "r1-2");
        assertThat(status.replicas()).allMatch(ReplicaStatus::ready);
        assertThat(status.revisions())
                .extracting(RevisionStatus::number, RevisionStatus::state)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(1, State.SERVING));
        assertThat(ServiceFixture.get(status.endpoint().orElseThrow())).isEqualTo("one");
        assertThat(app.driver.describe("web")).contains(status);
        assertThat(app.driver.services()).containsExactly("web");
    }

    @Test
    void deploy_same_isLeftAlone() {
        ServiceSpec spec = WebImage.web("web", "one").build();
        app.deploy(spec);
        var before = app.containers();

        ServiceStatus status = app.deploy(spec);

        assertThat(status.revisions()).hasSize(1);
        assertThat(app.containers())
                .extracting("id")
                .containsExactlyElementsOf(before.stream().map(c -> c.getId()).toList());
    }

    @Test
    void deploy_update_keepsPortAndRetiresFormer() {
        URI first = app.deploy(WebImage.web("web", "one").build()).endpoint().orElseThrow();

        ServiceStatus status = app.deploy(WebImage.web("web", "two").build());

        assertThat(status.endpoint()).contains(first);
        assertThat(ServiceFixture.get(first)).isEqualTo("two");
        assertThat(status.revisions()).extracting(RevisionStatus::state).containsExactly(State.SERVING, State.RETIRED);
        assertThat(app.containers()).hasSize(2); // one replica and the proxy
    }

    @Test
    void deploy_processEnds_failsAtOnceWithItsLastWordsAndKeepsFormer() {
        URI uri = app.deploy(WebImage.web("web", "one").build()).endpoint().orElseThrow();
        ServiceSpec broken = WebImage.web("web", "two")
                .command("/bin/sh", "-c", "echo cannot find the thing; exit 3")
                .build();

        long start = System.nanoTime();
        assertThatThrownBy(() -> app.deploy(broken)).isInstanceOfSatisfying(PortolanException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.FAILED);
            assertThat(e)
                    .hasMessageContaining("replica r2-1 exited with exit code 3")
                    .hasMessageContaining("| cannot find the thing");
        });

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(ServiceFixture.get(uri)).isEqualTo("one");
        assertThat(app.driver.describe("web").orElseThrow().revisions())
                .extracting(RevisionStatus::state)
                .containsExactly(State.FAILED, State.SERVING);
        assertThat(app.containers()).hasSize(2);
    }

    @Test
    void deploy_firstNeverReady_leavesNothing() {
        ServiceSpec spec = WebImage.web("web", "one")
                .readiness(Probe.http("/nothing").startupTimeout(Duration.ofSeconds(2)))
                .build();

        assertThatThrownBy(() -> app.deploy(spec))
                .hasMessageContaining("is not ready after 2 s: GET /nothing answered 404");

        assertThat(app.everything()).isEmpty();
        assertThat(app.driver.describe("web")).isEmpty();
        assertThat(app.driver.services()).isEmpty();
    }

    @Test
    void delete_leavesNothing() {
        app.deploy(WebImage.web("web", "one").build());
        app.deploy(WebImage.web("web", "two").build());

        app.driver.delete("web");
        app.driver.delete("web");

        assertThat(app.everything()).isEmpty();
    }

    @Test
    void delete_ofAReplicaThatIgnoresTheStop_killsItAfterTheGraceOfItsSpec() {
        ServiceSpec oneSecond = WebImage.web("web", "one").build();
        app.deploy(oneSecond);
        Instant before = Instant.now();

        app.driver.delete("web");

        assertThat(oneSecond.container().stopGracePeriod()).isEqualTo(Duration.ofSeconds(1));
        assertThat(Duration.between(before, Instant.now()))
                .as("the engine's own grace is ten seconds")
                .isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void scale_upAndDown_changesReplicasOfSameRevision() {
        app.deploy(WebImage.web("web", "one").build());

        ServiceStatus up = app.driver.scale("web", 3);
        ServiceStatus down = app.driver.scale("web", 1);

        assertThat(up.replicas()).extracting(ReplicaStatus::name).containsExactly("r1-1", "r1-2", "r1-3");
        assertThat(up.ready()).isTrue();
        assertThat(down.replicas()).extracting(ReplicaStatus::name).containsExactly("r1-1");
        assertThat(down.revisions()).hasSize(1);
    }

    @Test
    void rollback_fromAnotherConnection_servesFormerRevisionAgain() {
        URI uri = app.deploy(WebImage.web("web", "one").build()).endpoint().orElseThrow();
        app.deploy(WebImage.web("web", "two").build());

        ServiceStatus status = app.another(Map.of()).rollback("web", 1);

        assertThat(ServiceFixture.get(uri)).isEqualTo("one");
        assertThat(status.revisions())
                .extracting(RevisionStatus::number, RevisionStatus::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, State.RETIRED),
                        org.assertj.core.groups.Tuple.tuple(1, State.SERVING));
        assertThatThrownBy(() -> app.driver.rollback("web", 7))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }
}
