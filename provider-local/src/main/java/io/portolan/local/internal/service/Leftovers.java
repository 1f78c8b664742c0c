package io.portolan.local.internal.service;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.Labels.Kind;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.local.internal.service.proxy.ProxyState;
import io.portolan.run.OwnedResource;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds what services left behind and nobody needs. Only reads. */
final class Leftovers {
    private final DockerEngine engine;
    private final String application;
    private final EngineSide side;

    Leftovers(DockerEngine engine, String application, EngineSide side) {
        this.engine = engine;
        this.application = application;
        this.side = side;
    }

    /** Containers, then volumes, then the network. */
    List<OwnedResource> list() {
        Set<String> services = new TreeSet<>(side.store().services());
        services.addAll(side.replicas().services());
        services.addAll(side.proxy().services());
        List<OwnedResource> containers = new ArrayList<>();
        List<OwnedResource> volumes = new ArrayList<>();
        for (String service : services) {
            ServiceHistory history = side.store().history(service);
            boolean abandoned = isAbandoned(service, history);
            if (abandoned || isSettled(service, history)) {
                containers(service, history, abandoned).forEach(containers::add);
            }
            volumes(service, history, abandoned).forEach(volumes::add);
        }
        Set<String> gone = new HashSet<>();
        containers.forEach(c -> gone.add(c.nativeId()));
        List<OwnedResource> all = new ArrayList<>(containers);
        all.addAll(volumes);
        network(gone).ifPresent(all::add);
        return all;
    }

    /**
     * Whether there is no service any more: deleted, or never good and its first deployment not under way. One without records whose proxy
     * follows a decision serves: somebody removed the records by hand.
     */
    private boolean isAbandoned(String service, ServiceHistory history) {
        if (history.current().isPresent() || history.othersDeploying(0, side.now())) {
            return false;
        }
        return !history.isEmpty()
                || side.proxy().state(service).map(ProxyState::generation).orElse(0) == 0;
    }

    /** Whether the newest decision is in force and nothing that began before is under way: then replicas can go at once. */
    private boolean isSettled(String service, ServiceHistory history) {
        int inForce = side.proxy().state(service).map(ProxyState::generation).orElse(0);
        return history.newest().filter(g -> g.number() == inForce).isPresent()
                && side.proxy().isDrained(service);
    }

    private List<OwnedResource> containers(String service, ServiceHistory history, boolean abandoned) {
        List<OwnedResource> found = new ArrayList<>();
        Map<String, String> ofService = Labels.filter(application, null);
        ofService.put(Labels.SERVICE, service);
        for (Container container : engine.read(
                "list containers",
                service,
                client -> client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(ofService)
                        .exec())) {
            Map<String, String> labels = container.getLabels();
            boolean useless = Labels.isKind(labels, Kind.PROXY)
                    ? abandoned
                    : Labels.isKind(labels, Kind.REPLICA) && isUseless(container, history, abandoned);
            if (useless) {
                found.add(resource(container));
            }
        }
        return found;
    }

    private boolean isUseless(Container container, ServiceHistory history, boolean abandoned) {
        return side.replicas()
                .inspect(container.getId())
                .map(r -> abandoned || history.isLeftover(r, side.now()))
                .orElse(false);
    }

    private List<OwnedResource> volumes(String service, ServiceHistory history, boolean abandoned) {
        Set<Integer> expired = new HashSet<>();
        history.expired(side.now()).forEach(r -> expired.add(r.number()));
        return side.store().volumes(service).stream()
                .filter(v -> abandoned
                        || RecordLabels.revision(v.getLabels())
                                .filter(r -> expired.contains(r.number()))
                                .isPresent())
                .map(Leftovers::resource)
                .toList();
    }

    private Optional<OwnedResource> network(Set<String> gone) {
        return side.network()
                .find()
                .filter(n -> members(n).stream().allMatch(gone::contains))
                .map(Leftovers::resource);
    }

    private List<String> members(Network network) {
        return engine
                .read(
                        "list containers of network",
                        application,
                        client -> client.listContainersCmd()
                                .withShowAll(true)
                                .withNetworkFilter(List.of(network.getId()))
                                .exec())
                .stream()
                .map(Container::getId)
                .toList();
    }

    private static OwnedResource resource(Container container) {
        String name =
                container.getNames().length == 0 ? container.getId() : container.getNames()[0].replaceFirst("^/", "");
        return new OwnedResource(
                "container",
                name,
                container.getId(),
                Objects.requireNonNullElse(container.getState(), "unknown"),
                Instant.ofEpochSecond(Objects.requireNonNullElse(container.getCreated(), 0L)),
                container.getLabels());
    }

    private static OwnedResource resource(InspectVolumeResponse volume) {
        return new OwnedResource(
                "volume",
                volume.getName(),
                volume.getName(),
                "record",
                instant(volume.getLabels().get(Labels.CREATED_AT)),
                volume.getLabels());
    }

    private static OwnedResource resource(Network network) {
        Instant created = network.getCreated() == null
                ? Instant.EPOCH
                : network.getCreated().toInstant();
        return new OwnedResource("network", network.getName(), network.getId(), "unused", created, network.getLabels());
    }

    private static Instant instant(@Nullable String text) {
        try {
            return Instant.parse(Objects.requireNonNullElse(text, ""));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
