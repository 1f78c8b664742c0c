package io.portolan.local.internal.service;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.concurrent.Uninterrupted;
import io.portolan.local.internal.service.Generation.Operation;
import io.portolan.local.internal.service.proxy.ProxyState;
import io.portolan.local.internal.service.proxy.Route;
import io.portolan.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Brings the replicas of a revision up and, when all are ready, decides for them: what deploy, scale and rollback have in common. Until the
 * decision nothing that serves is touched, and after a failure everything that was started is gone again.
 */
final class Rollout {
    private final EngineSide side;
    private final Convergence convergence;
    private final Readiness readiness;

    Rollout(EngineSide side, Convergence convergence, Readiness readiness) {
        this.side = side;
        this.convergence = convergence;
        this.readiness = readiness;
    }

    /**
     * What is wanted.
     *
     * @param operation what for
     * @param spec the service
     * @param revision what was asked for
     * @param replicas how many
     * @param base the newest generation when the operation began, 0 for none
     */
    record Wish(Operation operation, ServiceSpec spec, Revision revision, int replicas, int base) {
        String service() {
            return spec.name();
        }

        Set<ReplicaId> ids() {
            return IntStream.rangeClosed(1, replicas)
                    .mapToObj(index -> new ReplicaId(revision.number(), index))
                    .collect(Collectors.toSet());
        }
    }

    /**
     * Does it.
     *
     * @return the decision; not in force yet
     * @throws PortolanException FAILED if a replica does not become ready, CONFLICT if another decision made this one obsolete
     */
    Generation run(Wish wish, Lease lease) {
        ConcurrentLinkedQueue<String> started = new ConcurrentLinkedQueue<>();
        try {
            ServiceHistory history = side.store().history(wish.service());
            if (history.current().isEmpty()) {
                ensureProxy(wish, history); // a taken port is found before anything is started
            }
            start(wish, history, lease, started);
            readiness.await(wish, List.copyOf(started));
            started.stream().flatMap(id -> side.replicas().inspect(id).stream()).forEach(side.replicas()::keepRunning);
            return decide(wish);
        } catch (RuntimeException e) {
            Uninterrupted.run(() -> remove(started, e));
            throw e;
        }
    }

    private int ensureProxy(Wish wish, ServiceHistory history) {
        Optional<Generation> current = history.current();
        Route now = current.flatMap(g -> history.revision(g.revision()).map(r -> convergence.route(r.spec(), g)))
                .orElseGet(() -> new Route(
                        wish.service(), 0, wish.spec().port(), wish.spec().readiness(), List.of()));
        int formerPort = current.map(Generation::hostPort).orElse(0);
        return side.proxy().ensure(wish.service(), wish.spec().exposure(), formerPort, now);
    }

    private void start(Wish wish, ServiceHistory history, Lease lease, ConcurrentLinkedQueue<String> started) {
        Map<ReplicaId, Replica> existing = side.replicas().list(wish.service()).stream()
                .collect(Collectors.toMap(Replica::id, r -> r, (a, b) -> b));
        Replicas.Origin origin = new Replicas.Origin(
                wish.revision(), wish.base(), lease, side.proxy().replicaNames(wish.service()));
        List<Supplier<Boolean>> starts = new ArrayList<>();
        for (ReplicaId id : wish.ids()) {
            Replica there = existing.get(id);
            if (there == null || there.run().isOver() || !history.isTarget(id)) {
                starts.add(() -> started.add(side.replicas().start(wish.spec(), id, origin)));
            }
        }
        side.concurrently().run(starts);
    }

    private Generation decide(Wish wish) {
        while (true) {
            ServiceHistory history = side.store().history(wish.service());
            history.overtaken(wish.operation(), wish.revision().number(), wish.base())
                    .ifPresent(reason -> {
                        throw conflict(wish, reason);
                    });
            requireReplicas(wish);
            int port = ensureProxy(wish, history);
            int number = history.newest().map(Generation::number).orElse(0);
            int inForce = side.proxy()
                    .state(wish.service())
                    .map(ProxyState::generation)
                    .orElse(0);
            Generation decision = new Generation(
                    Math.max(number, inForce) + 1,
                    wish.revision().number(),
                    wish.replicas(),
                    port,
                    wish.operation(),
                    side.now());
            if (side.store().add(wish.service(), decision)) {
                return decision;
            }
        }
    }

    private void requireReplicas(Wish wish) {
        Set<ReplicaId> there =
                side.replicas().list(wish.service()).stream().map(Replica::id).collect(Collectors.toSet());
        if (!there.containsAll(wish.ids())) {
            throw conflict(wish, "another process removed its replicas");
        }
    }

    private void remove(Iterable<String> started, RuntimeException reason) {
        for (String container : started) {
            try {
                side.replicas().remove(container);
            } catch (PortolanException e) {
                reason.addSuppressed(e);
            }
        }
    }

    static PortolanException conflict(Wish wish, String reason) {
        return PortolanException.builder(
                        ErrorCode.CONFLICT,
                        "Revision " + wish.revision().number() + " of service '" + wish.service() + "' does not serve: "
                                + reason + "; look at the service, then decide again")
                .provider("local")
                .resource(wish.service())
                .build();
    }
}
