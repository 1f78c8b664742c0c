package io.portolan.emulator;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Containers on the local Docker engine, on networks of their own. All that it makes is labelled and removed when it is closed. */
public final class DockerContainers implements ContainerRuntime {
    /** The label of all that an emulator makes; its value is the emulator's id. */
    public static final String LABEL = "io.portolan.emulator";

    private static final Logger LOG = LoggerFactory.getLogger(DockerContainers.class);

    private final String id = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, String> networks = new ConcurrentHashMap<>();
    private final Set<String> volumes = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;
    private final DockerClient docker;
    private volatile EmulatorClock clock = EmulatorClock.manual();

    private DockerContainers(DockerClient docker) {
        this.docker = docker;
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "emulator-docker");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Containers on the engine that {@code DOCKER_HOST} names, or else the usual one.
     *
     * @return a runtime for one emulator
     */
    public static DockerContainers onLocalEngine() {
        DefaultDockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        ZerodepDockerHttpClient http = new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .maxConnections(200)
                .build();
        return new DockerContainers(DockerClientImpl.getInstance(config, http));
    }

    /**
     * What the label {@link #LABEL} of its objects says.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    @Override
    public void open(EmulatorClock emulatorClock) {
        this.clock = emulatorClock;
    }

    @Override
    public TaskContainers create(TaskSpec task, Listener listener) {
        return new DockerTask(this, task, listener);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            // What is being created now must be there to be removed.
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        docker.listContainersCmd().withShowAll(true).withLabelFilter(labels()).exec().stream()
                .map(container -> container.getId())
                .forEach(this::removeContainer);
        networks.values()
                .forEach(network ->
                        quietly(() -> docker.removeNetworkCmd(network).exec()));
        volumes.forEach(volume -> quietly(() -> docker.removeVolumeCmd(volume).exec()));
        try {
            docker.close();
        } catch (IOException e) {
            LOG.debug("The Docker client did not close cleanly", e);
        }
    }

    DockerClient docker() {
        return docker;
    }

    EmulatorClock clock() {
        return clock;
    }

    Map<String, String> labels() {
        return Map.of(LABEL, id);
    }

    void inBackground(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("The emulator is closed", e);
        }
    }

    /** The id of a network, which is made where it is not there. */
    String network(@Nullable String name) {
        String full = "portolan-emulator-" + id + (name == null ? "" : "-" + name);
        return networks.computeIfAbsent(
                full,
                key -> docker.createNetworkCmd()
                        .withName(key)
                        .withLabels(labels())
                        .exec()
                        .getId());
    }

    /** The engine's name of a volume, which is made where it is not there. */
    String volume(String name) {
        String full = "portolan-emulator-" + id + "-" + name.replaceAll("[^a-zA-Z0-9_.-]", "_");
        if (volumes.add(full)) {
            docker.createVolumeCmd().withName(full).withLabels(labels()).exec();
        }
        return full;
    }

    void removeContainer(String container) {
        quietly(() -> docker.removeContainerCmd(container)
                .withForce(true)
                .withRemoveVolumes(true)
                .exec());
    }

    private static void quietly(Runnable removal) {
        try {
            removal.run();
        } catch (NotFoundException | ConflictException e) {
            LOG.debug("Already removed", e);
        } catch (RuntimeException e) {
            LOG.warn("Could not remove something of the emulator", e);
        }
    }

    static List<String> orEmpty(@Nullable List<String> texts) {
        return texts == null ? List.of() : texts;
    }
}
