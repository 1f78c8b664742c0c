package io.portolan.local.internal.service;

import io.portolan.local.internal.service.proxy.Loopback;
import io.portolan.local.internal.service.proxy.ProxyState;
import io.portolan.run.ReplicaStatus;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.Port;
import io.portolan.spec.ServiceSpec;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the user sees of a service, from what was found at the engine. Pure.
 *
 * @param name the service
 * @param history its records
 * @param replicas its containers
 * @param proxy what its proxy says, null if it does not answer
 * @param hostPort its stable port, 0 for none
 */
record StatusView(
        String name,
        ServiceHistory history,
        List<Replica> replicas,
        @Nullable ProxyState proxy,
        int hostPort) {

    ServiceStatus status(Instant now) {
        Generation serving = serving();
        int revision = serving == null ? 0 : serving.revision();
        List<ReplicaStatus> all = replicaStatuses(serving, now);
        boolean ready = serving != null
                && all.stream()
                                .filter(r -> r.revision() == revision && r.ready())
                                .count()
                        >= serving.replicas();
        return new ServiceStatus(name, ready, uri(), internalAddress(), history.statuses(revision, now), all);
    }

    /** The decision that the proxy follows. Without an answer of the proxy: the newest, as the best guess. */
    private @Nullable Generation serving() {
        if (proxy != null) {
            for (Generation generation : history.generations()) {
                if (generation.number() == proxy.generation() && !generation.isDelete()) {
                    return generation;
                }
            }
        }
        return history.current().orElse(null);
    }

    private List<ReplicaStatus> replicaStatuses(@Nullable Generation serving, Instant now) {
        Map<ReplicaId, Replica> byId =
                replicas.stream().collect(Collectors.toMap(Replica::id, Function.identity(), (a, b) -> b));
        List<ReplicaStatus> statuses = new ArrayList<>();
        byId.values().stream()
                .sorted(Comparator.comparing(Replica::id))
                .forEach(r -> statuses.add(status(r, serving, now)));
        for (int index = 1; serving != null && index <= serving.replicas(); index++) {
            ReplicaId id = new ReplicaId(serving.revision(), index);
            if (!byId.containsKey(id)) {
                statuses.add(new ReplicaStatus(
                        id.name(),
                        id.revision(),
                        false,
                        "its container is gone; deploy or scale the service to replace it"));
            }
        }
        return statuses;
    }

    private ReplicaStatus status(Replica replica, @Nullable Generation serving, Instant now) {
        ReplicaId id = replica.id();
        String text = replica.run().text();
        boolean target = serving != null && id.revision() == serving.revision() && id.index() <= serving.replicas();
        if (!target) {
            String why = history.isLeftover(replica, now) ? "to be removed" : "being started";
            return new ReplicaStatus(id.name(), id.revision(), false, text + ", " + why);
        }
        if (!replica.run().isRunning()) {
            return new ReplicaStatus(id.name(), id.revision(), false, text);
        }
        if (proxy == null) {
            return new ReplicaStatus(id.name(), id.revision(), false, text + ", but the proxy does not answer");
        }
        boolean up = proxy.ready().getOrDefault(id.name(), false);
        return new ReplicaStatus(id.name(), id.revision(), up, up ? text : text + ", but fails its readiness probe");
    }

    private @Nullable URI uri() {
        if (hostPort == 0) {
            return null;
        }
        ServiceSpec spec = spec();
        String scheme = spec != null && spec.port().protocol() == Port.Protocol.TCP ? "tcp" : "http";
        return URI.create(scheme + "://" + Loopback.HOST + ":" + hostPort);
    }

    private String internalAddress() {
        ServiceSpec spec = spec();
        return spec == null ? name : name + ":" + spec.port().number();
    }

    private @Nullable ServiceSpec spec() {
        Generation serving = serving();
        return history.revisions().stream()
                .filter(r -> serving == null || r.number() == serving.revision())
                .findFirst()
                .map(Revision::spec)
                .orElse(null);
    }
}
