package io.portolan.local.internal.service.proxy;

import com.github.dockerjava.api.model.Network;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.Labels.Kind;
import io.portolan.local.internal.container.Names;
import io.portolan.local.internal.engine.DockerEngine;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The bridge network of an application, on which its services find each other by name. There while there is a service. Thread-safe.
 */
public final class ApplicationNetwork {
    private final DockerEngine engine;
    private final String application;
    private final String name;

    /**
     * The network of one application.
     *
     * @param engine where
     * @param application whose
     */
    public ApplicationNetwork(DockerEngine engine, String application) {
        this.engine = engine;
        this.application = application;
        this.name = Names.network(application);
    }

    /**
     * Makes the network exist, once, however many ask at the same time.
     *
     * @return its name
     * @throws PortolanException ALREADY_EXISTS if the name is taken by a network that is not ours
     */
    public String ensure() {
        if (find().isEmpty()) {
            create();
        }
        return name;
    }

    /**
     * The network.
     *
     * @return empty if it does not exist
     */
    public Optional<Network> find() {
        return all().stream().findFirst();
    }

    /**
     * Removes the network if no container belongs to it, running or not.
     *
     * @return whether it is gone
     */
    public boolean removeIfUnused() {
        return all().stream().allMatch(network -> !isUsed(network) && remove(network.getId()));
    }

    /**
     * Whether a container belongs to the network.
     *
     * @param network the network
     * @return true also for containers that do not run
     */
    public boolean isUsed(Network network) {
        return !engine.read(
                        "list containers of network",
                        name,
                        client -> client.listContainersCmd()
                                .withShowAll(true)
                                .withNetworkFilter(List.of(network.getId()))
                                .exec())
                .isEmpty();
    }

    private void create() {
        Map<String, String> labels = Labels.of(application, Kind.NETWORK);
        String created;
        try {
            created = engine.change(
                            "create network",
                            name,
                            client -> client.createNetworkCmd()
                                    .withName(name)
                                    .withDriver("bridge")
                                    .withCheckDuplicate(true)
                                    .withLabels(labels)
                                    .exec())
                    .getId();
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.CONFLICT) {
                return; // somebody else just made it
            }
            throw e;
        }
        // The engine checks for duplicates, but not against one that is made at the same moment. All who made one agree
        // on
        // which to keep.
        if (find().filter(kept -> !kept.getId().equals(created)).isPresent()) {
            remove(created);
        }
    }

    /** Those of our name, the one to keep first. */
    private List<Network> all() {
        List<Network> found =
                engine
                        .read(
                                "list networks",
                                name,
                                client -> client.listNetworksCmd()
                                        .withNameFilter(name)
                                        .exec())
                        .stream()
                        .filter(n -> name.equals(n.getName()))
                        .sorted(Comparator.comparing(ApplicationNetwork::created)
                                .thenComparing(Network::getId))
                        .toList();
        if (found.stream().anyMatch(n -> !Labels.isOurs(n.getLabels(), application))) {
            throw PortolanException.builder(
                            ErrorCode.ALREADY_EXISTS,
                            "Network '" + name
                                    + "' exists and was not made by this SDK; remove it with 'docker network rm " + name
                                    + "' or choose another portolan.application")
                    .provider("local")
                    .resource(name)
                    .build();
        }
        return found;
    }

    private boolean remove(String id) {
        try {
            engine.change(
                    "remove network",
                    name,
                    client -> client.removeNetworkCmd(id).exec());
            return true;
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return true;
            }
            if (e.code() == ErrorCode.PERMISSION_DENIED || e.code() == ErrorCode.CONFLICT) {
                return false; // a container joined it meanwhile
            }
            throw e;
        }
    }

    private static String created(Network network) {
        return Objects.requireNonNullElse(
                        network.getCreated() == null
                                ? null
                                : network.getCreated().toInstant(),
                        java.time.Instant.MAX)
                .toString();
    }
}
