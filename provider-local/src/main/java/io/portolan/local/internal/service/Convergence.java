package io.portolan.local.internal.service;

import io.portolan.error.PortolanException;
import io.portolan.local.internal.service.proxy.ProxyState;
import io.portolan.local.internal.service.proxy.Route;
import io.portolan.local.internal.service.proxy.Target;
import io.portolan.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the engine be as the newest decision says: the proxy follows it, and what it left behind goes. May be run at any time by any
 * process, also after a crash of the one that decided; doing it twice does no harm.
 */
final class Convergence {
    private static final Logger LOG = LoggerFactory.getLogger(Convergence.class);
    private static final int ROUNDS = 5;

    private final EngineSide side;

    Convergence(EngineSide side) {
        this.side = side;
    }

    /**
     * Converges. Returns when no request is served by a former generation, or early, with the flag set, if the thread is interrupted
     * after the newest decision is in force: what is left is then for the next who comes.
     *
     * @throws PortolanException if the decision cannot be put in force
     */
    void run(String service) {
        for (int round = 0; round < ROUNDS; round++) {
            ServiceHistory history = side.store().history(service);
            if (history.isDeleted()) {
                purge(service, history);
                return;
            }
            history.current().ifPresent(generation -> putInForce(service, history, generation));
            if (!side.proxy().awaitDrained(service)) {
                return;
            }
            ServiceHistory now = side.store().history(service);
            if (now.newest().equals(history.newest())) {
                removeLeftovers(service, now);
                forget(service, now);
                return;
            }
        }
        LOG.debug("service={} converged=false reason=other processes keep changing it", service);
    }

    /** The route that a generation asks for. */
    Route route(ServiceSpec spec, Generation generation) {
        Map<ReplicaId, Replica> known = side.replicas().list(spec.name()).stream()
                .collect(Collectors.toMap(Replica::id, Function.identity(), (a, b) -> b));
        List<Target> targets = IntStream.rangeClosed(1, generation.replicas())
                .mapToObj(index -> new ReplicaId(generation.revision(), index))
                .map(id -> new Target(
                        id.name(),
                        id.host(spec.name()),
                        known.containsKey(id) ? known.get(id).hostPort() : 0))
                .toList();
        return new Route(spec.name(), generation.number(), spec.port(), spec.readiness(), targets);
    }

    private void putInForce(String service, ServiceHistory history, Generation generation) {
        Revision revision = history.revision(generation.revision()).orElse(null);
        if (revision == null) {
            return; // its record was removed by hand: the proxy goes on as it is
        }
        ServiceSpec spec = revision.spec();
        Route route = route(spec, generation);
        side.proxy().ensure(service, spec.exposure(), generation.hostPort(), route);
        int inForce = side.proxy().state(service).map(ProxyState::generation).orElse(0);
        if (inForce != generation.number()) {
            side.proxy().apply(route);
            LOG.debug("service={} generation={} revision={}", service, generation.number(), revision.number());
        }
    }

    private void removeLeftovers(String service, ServiceHistory history) {
        List<Supplier<Boolean>> removals = new ArrayList<>();
        for (Replica replica : side.replicas().list(service)) {
            if (history.isLeftover(replica, side.now())) {
                removals.add(() -> remove(service, replica));
            }
        }
        side.concurrently().run(removals);
    }

    /** What cannot be removed now does no harm: it gets no request, and the next deployment or prune tries again. */
    private boolean remove(String service, Replica replica) {
        try {
            side.replicas().stopAndRemove(replica);
            return true;
        } catch (PortolanException e) {
            LOG.warn(
                    "service={} replica={} notRemoved={}", service, replica.id().name(), e.getMessage());
            return false;
        }
    }

    private void forget(String service, ServiceHistory history) {
        history.expired(side.now()).forEach(r -> side.store().removeRevision(service, r.number()));
        history.expiredGenerations().forEach(g -> side.store().removeGeneration(service, g.number()));
    }

    /** The decision to delete goes last: until then, whoever comes goes on with the deletion. */
    private void purge(String service, ServiceHistory history) {
        side.proxy().remove(service);
        List<Supplier<Boolean>> removals = new ArrayList<>();
        for (Replica replica : side.replicas().list(service)) {
            removals.add(() -> {
                side.replicas().stopAndRemove(replica);
                return true;
            });
        }
        side.concurrently().run(removals);
        TreeSet<Integer> numbers = new TreeSet<>(history.failed());
        history.revisions().forEach(r -> numbers.add(r.number()));
        numbers.forEach(n -> side.store().removeRevision(service, n));
        side.network().removeIfUnused();
        List<Generation> oldestFirst = new ArrayList<>(history.generations());
        java.util.Collections.reverse(oldestFirst);
        oldestFirst.forEach(g -> side.store().removeGeneration(service, g.number()));
    }
}
