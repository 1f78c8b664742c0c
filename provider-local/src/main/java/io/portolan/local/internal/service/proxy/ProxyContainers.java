package io.portolan.local.internal.service.proxy;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.container.ContainerModel;
import io.portolan.local.internal.container.Containers;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.Labels.Kind;
import io.portolan.local.internal.engine.DockerEngine;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The engine calls that proxies need. */
final class ProxyContainers {
    private final DockerEngine engine;
    private final String application;
    private final Containers containers;

    ProxyContainers(DockerEngine engine, String application, Containers containers) {
        this.engine = engine;
        this.application = application;
        this.containers = containers;
    }

    /** The id; empty if a container of this name exists. */
    Optional<String> create(ContainerModel model) {
        try {
            return Optional.of(containers.createExisting(model));
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    void start(ProxyContainer proxy) {
        try {
            engine.change(
                    "start proxy",
                    proxy.service(),
                    client -> client.startContainerCmd(proxy.id()).exec());
        } catch (PortolanException e) {
            if (!e.nativeCode().filter("304"::equals).isPresent()) { // it runs already
                throw e;
            }
        }
    }

    /** Replaces the configuration. Takes effect at the next start or {@link #reload}. */
    void configure(String id, String text) {
        byte[] tar = SingleFileTar.of(ProxyContainerMapper.CONFIG_FILE, text);
        engine.change(
                "configure proxy",
                id,
                client -> client.copyArchiveToContainerCmd(id)
                        .withTarInputStream(new ByteArrayInputStream(tar))
                        .withRemotePath(ProxyContainerMapper.CONFIG_DIRECTORY)
                        .exec());
    }

    /** Makes the proxy read its configuration again. */
    void reload(ProxyContainer proxy) {
        engine.change(
                "reload proxy",
                proxy.service(),
                client -> client.killContainerCmd(proxy.id()).withSignal("USR2").exec());
    }

    /** How many processes a container has, 0 if it does not run. */
    int processes(String id) {
        try {
            String[][] processes = engine.read(
                            "list processes",
                            id,
                            client -> client.topContainerCmd(id).exec())
                    .getProcesses();
            return processes == null ? 0 : processes.length;
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.NOT_FOUND || e.code() == ErrorCode.CONFLICT) {
                return 0; // removed, or ended, meanwhile
            }
            throw e;
        }
    }

    List<ProxyContainer> find(String service) {
        return list(Map.of(Labels.SERVICE, service));
    }

    List<ProxyContainer> all() {
        return list(Map.of());
    }

    private List<ProxyContainer> list(Map<String, String> more) {
        Map<String, String> labels = Labels.filter(application, Kind.PROXY);
        labels.putAll(more);
        return engine
                .read(
                        "list proxies",
                        application,
                        client -> client.listContainersCmd()
                                .withShowAll(true)
                                .withLabelFilter(labels)
                                .exec())
                .stream()
                .flatMap(c -> ProxyContainer.of(c).stream())
                .toList();
    }

    /** Ends and removes a container. Idempotent. */
    void remove(String id) {
        try {
            engine.change(
                    "remove proxy",
                    id,
                    client -> client.removeContainerCmd(id)
                            .withForce(true)
                            .withRemoveVolumes(true)
                            .exec());
        } catch (PortolanException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }
}
