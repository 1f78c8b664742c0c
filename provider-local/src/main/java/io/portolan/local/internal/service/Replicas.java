package io.portolan.local.internal.service;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.RestartPolicy;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.concurrent.Uninterrupted;
import io.portolan.local.internal.container.ContainerModel;
import io.portolan.local.internal.container.ContainerRequest;
import io.portolan.local.internal.container.Containers;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.Labels.Kind;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.local.internal.service.proxy.ApplicationNetwork;
import io.portolan.spec.ServiceSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The containers of replicas. Thread-safe. */
final class Replicas {
    private final DockerEngine engine;
    private final String application;
    private final Containers containers;
    private final ApplicationNetwork network;

    Replicas(DockerEngine engine, String application, Containers containers, ApplicationNetwork network) {
        this.engine = engine;
        this.application = application;
        this.containers = containers;
        this.network = network;
    }

    /**
     * Why and for whom replicas are made.
     *
     * @param revision what they run
     * @param base the newest generation, 0 for none
     * @param lease who makes them
     * @param names more names of each on the network
     */
    record Origin(Revision revision, int base, Lease lease, List<String> names) {}

    /** All replicas of a service, in no order; those that are about to be removed may be left out. */
    List<Replica> list(String service) {
        return containers(Map.of(Labels.SERVICE, service)).stream()
                .flatMap(c -> inspect(c.getId()).stream())
                .toList();
    }

    /** Services that have a replica. */
    Set<String> services() {
        Set<String> names = new TreeSet<>();
        containers(Map.of()).forEach(c -> {
            String service = c.getLabels().get(Labels.SERVICE);
            if (service != null) {
                names.add(service);
            }
        });
        return names;
    }

    /** Empty if it is gone. */
    Optional<Replica> inspect(String containerId) {
        return raw(containerId).flatMap(ReplicaReader::read);
    }

    /**
     * Creates and starts a replica. Removes a container of the same identity that is in the way.
     *
     * @return the container's id
     * @throws PortolanException if the engine refuses; what was created is removed
     */
    String start(ServiceSpec spec, ReplicaId id, Origin origin) {
        ContainerRequest request =
                ReplicaMapper.request(application, spec, id, origin.revision().specHash());
        Map<String, String> labels = new LinkedHashMap<>(request.labels());
        labels.put(RecordLabels.GENERATION, Integer.toString(origin.base()));
        RecordLabels.lease(labels, origin.lease());
        ContainerModel mapped = containers.map(
                new ContainerRequest(spec, request.name(), labels, request.environment(), Map.of(), network.ensure()));
        ContainerModel model =
                ReplicaMapper.replica(pinned(mapped, origin.revision().imageId()), spec, id, origin.names());
        remove(model.name());
        String container = containers.createExisting(model);
        try {
            containers.placeSecretFiles(model, spec.container(), model.name());
            startNow(container, model.name());
            return container;
        } catch (RuntimeException e) {
            Uninterrupted.run(() -> remove(container));
            throw e;
        }
    }

    /** From now on the engine keeps the replica running, also when no JVM is there. */
    void keepRunning(Replica replica) {
        engine.change(
                "keep running",
                replica.containerId(),
                client -> client.updateContainerCmd(replica.containerId())
                        .withRestartPolicy(RestartPolicy.unlessStoppedRestart())
                        .exec());
    }

    /** Asks a replica to stop, kills it after its grace period, and removes it. Idempotent. */
    void stopAndRemove(Replica replica) {
        String containerId = replica.containerId();
        try {
            // The time is said each time: docker-java would say ten seconds, whatever the container was made with.
            engine.stream(
                    "stop",
                    containerId,
                    client -> client.stopContainerCmd(containerId)
                            .withTimeout((int) replica.grace().toSeconds())
                            .exec());
        } catch (PortolanException e) {
            boolean over = e.code() == ErrorCode.NOT_FOUND
                    || e.nativeCode().filter("304"::equals).isPresent();
            if (!over) {
                throw e;
            }
        }
        remove(containerId);
    }

    /** Stops a replica and starts it again, in the same container. */
    void restart(Replica replica, Duration grace) {
        engine.stream(
                "restart",
                replica.containerId(),
                client -> client.restartContainerCmd(replica.containerId())
                        .withTimeout((int) grace.toSeconds())
                        .exec());
    }

    /** Kills and removes a container, with the volumes that hold its secrets. Idempotent. */
    void remove(String container) {
        List<String> secrets = raw(container).map(Replicas::secretVolumes).orElse(List.of());
        absent(() -> engine.change(
                "remove",
                container,
                client -> client.removeContainerCmd(container)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec()));
        for (String volume : secrets) {
            absent(() -> engine.change(
                    "remove volume",
                    volume,
                    client -> client.removeVolumeCmd(volume).exec()));
        }
    }

    private void startNow(String container, String name) {
        try {
            engine.change(
                    "start", name, client -> client.startContainerCmd(container).exec());
        } catch (PortolanException e) {
            if (!String.valueOf(e.getMessage()).contains("network") || e.code() != ErrorCode.NOT_FOUND) {
                throw Containers.refused(e, name);
            }
            // The last other service of the application went at this moment, and took the network with it.
            network.ensure();
            engine.change(
                    "start", name, client -> client.startContainerCmd(container).exec());
        }
    }

    /** The same bytes as at the deployment, whatever the tag means by now. */
    private static ContainerModel pinned(ContainerModel model, String imageId) {
        return new ContainerModel(
                model.name(),
                imageId,
                model.process(),
                model.labels(),
                model.host(),
                model.network(),
                model.platform());
    }

    private Optional<InspectContainerResponse> raw(String container) {
        try {
            return Optional.of(engine.read(
                    "inspect",
                    container,
                    client -> client.inspectContainerCmd(container).exec()));
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static List<String> secretVolumes(InspectContainerResponse container) {
        String prefix = Objects.requireNonNullElse(container.getName(), "").replaceFirst("^/", "") + "_secret";
        return Objects.requireNonNullElse(container.getMounts(), List.<InspectContainerResponse.Mount>of()).stream()
                .map(InspectContainerResponse.Mount::getName)
                .filter(name -> name != null && name.startsWith(prefix))
                .toList();
    }

    private List<Container> containers(Map<String, String> more) {
        Map<String, String> labels = Labels.filter(application, Kind.REPLICA);
        labels.putAll(more);
        return engine.read(
                "list replicas",
                application,
                client -> client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(labels)
                        .exec());
    }

    private static void absent(Runnable removal) {
        try {
            removal.run();
        } catch (PortolanException e) {
            boolean going = e.code() == ErrorCode.CONFLICT
                    && String.valueOf(e.getMessage()).contains("already in progress");
            if (e.code() != ErrorCode.NOT_FOUND && !going) {
                throw e;
            }
        }
    }
}
