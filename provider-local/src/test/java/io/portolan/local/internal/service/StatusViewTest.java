package io.portolan.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.local.internal.service.Generation.Operation;
import io.portolan.local.internal.service.proxy.ProxyState;
import io.portolan.run.ReplicaStatus;
import io.portolan.run.RevisionStatus;
import io.portolan.run.RevisionStatus.State;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.Port;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusViewTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Lease OVER = new Lease(Owner.current(), NOW.minusSeconds(1));
    private static final Lease HELD = new Lease(Owner.current(), NOW.plusSeconds(60));
    private static final ServiceSpec SPEC =
            ServiceSpec.builder("web").image("web:1").port(Port.http(8080)).build();

    @Test
    void status_allReplicasUp_isReadyWithEndpoint() {
        ServiceStatus status = view(state(2, Map.of("r2-1", true, "r2-2", true)), replica(2, 1), replica(2, 2));

        assertThat(status.ready()).isTrue();
        assertThat(status.endpoint()).contains(URI.create("http://127.0.0.1:20001"));
        assertThat(status.internalAddress()).isEqualTo("web:8080");
        assertThat(status.serving()).map(RevisionStatus::number).contains(2);
    }

    @Test
    void status_oneReplicaDown_saysWhichAndWhy() {
        ServiceStatus status = view(state(2, Map.of("r2-1", true, "r2-2", false)), replica(2, 1), replica(2, 2));

        assertThat(status.ready()).isFalse();
        assertThat(status.replicas())
                .contains(new ReplicaStatus("r2-2", 2, false, "running, but fails its readiness probe"));
    }

    @Test
    void status_replicaGone_isListed() {
        ServiceStatus status = view(state(2, Map.of("r2-1", true, "r2-2", false)), replica(2, 1));

        assertThat(status.ready()).isFalse();
        assertThat(status.replicas().get(1).message()).startsWith("its container is gone");
    }

    @Test
    void status_proxySilent_isNotReady() {
        ServiceStatus status = view(null, replica(2, 1), replica(2, 2));

        assertThat(status.ready()).isFalse();
        assertThat(status.replicas()).extracting(ReplicaStatus::message).allMatch(m -> m.contains("proxy"));
        assertThat(status.serving()).map(RevisionStatus::number).contains(2);
    }

    @Test
    void status_proxyStillOnFormerDecision_tellsTheTruth() {
        ServiceStatus status = view(state(1, Map.of("r1-1", true, "r1-2", true)), replica(1, 1), replica(1, 2));

        assertThat(status.revisions())
                .extracting(RevisionStatus::state)
                .containsExactly(State.DEPLOYING, State.SERVING);
        assertThat(status.ready()).isTrue();
    }

    @Test
    void status_otherReplicas_areBeingStartedOrRemoved() {
        Replica starting = new Replica(new ReplicaId(3, 1), "id", 2, HELD, running(), 1, Duration.ofSeconds(10));
        ServiceStatus status = view(
                state(2, Map.of("r2-1", true, "r2-2", true)), replica(1, 1), replica(2, 1), replica(2, 2), starting);

        assertThat(status.replicas())
                .extracting(ReplicaStatus::message)
                .containsExactly("running, to be removed", "running", "running", "running, being started");
    }

    private static ServiceStatus view(@Nullable ProxyState proxy, Replica... replicas) {
        String document = SpecYaml.write(SPEC);
        ServiceHistory history = new ServiceHistory(
                List.of(
                        new Revision(1, "a", "sha256:1", document, NOW, OVER),
                        new Revision(2, "b", "sha256:1", document, NOW, OVER)),
                List.of(
                        new Generation(1, 1, 2, 20_001, Operation.DEPLOY, NOW),
                        new Generation(2, 2, 2, 20_001, Operation.DEPLOY, NOW)),
                Set.of());
        return new StatusView("web", history, List.of(replicas), proxy, 20_001).status(NOW);
    }

    private static ProxyState state(int generation, Map<String, Boolean> ready) {
        return new ProxyState(generation, ready);
    }

    private static Replica replica(int revision, int index) {
        return new Replica(new ReplicaId(revision, index), "id", 0, OVER, running(), 32_000, Duration.ofSeconds(10));
    }

    private static Replica.Run running() {
        return new Replica.Run("running", 0, false, 0, NOW, "");
    }
}
