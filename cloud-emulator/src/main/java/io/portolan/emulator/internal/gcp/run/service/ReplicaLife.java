package io.portolan.emulator.internal.gcp.run.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.ContainerRuntime;
import io.portolan.emulator.ContainerRuntime.StartFailure;
import io.portolan.emulator.ContainerRuntime.TaskContainers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Leads one replica through its states. Used with the lock held. */
final class ReplicaLife {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ServiceContext context;
    private final Replica replica;
    private final ReplicaListener listener;

    ReplicaLife(ServiceContext context, Replica replica, ReplicaListener listener) {
        this.context = context;
        this.replica = replica;
        this.listener = listener;
    }

    void begin(ContainerRuntime.TaskSpec spec) {
        replica.runtime = context.containers().create(spec, new Events());
        startReady();
    }

    /** Starts containers whose dependencies have started. */
    private void startReady() {
        TaskContainers runtime = replica.runtime;
        if (runtime == null || replica.state != Replica.State.STARTING) {
            return;
        }
        for (Replica.Container container : replica.containers) {
            if (!container.asked && dependenciesStarted(container)) {
                container.asked = true;
                runtime.start(container.name);
            }
        }
        if (replica.containers.stream().allMatch(container -> container.started)) {
            replica.state = Replica.State.READY;
            replica.containers.forEach(this::watch);
            listener.ready(replica);
        }
    }

    private boolean dependenciesStarted(Replica.Container container) {
        for (JsonNode name : container.json.path("dependsOn")) {
            boolean started =
                    replica.container(name.asText()).map(other -> other.started).orElse(true);
            if (!started) {
                return false;
            }
        }
        return true;
    }

    private void running(Replica.Container container) {
        container.running = true;
        if (!container.json.has("startupProbe")) {
            container.started = true;
            startReady();
            return;
        }
        ContainerProbe probe = probe(container, "startupProbe");
        Instant deadline = context.gcp().clock().instant().plusSeconds(probe.patience());
        // A program that ends at once has ended by then.
        Duration first = Duration.ofSeconds(probe.initialDelay())
                .plus(context.gcp().gcp().phase());
        context.gcp().later(first, () -> askStartup(container, probe, deadline));
    }

    private void askStartup(Replica.Container container, ContainerProbe probe, Instant deadline) {
        TaskContainers runtime = replica.runtime;
        if (runtime == null || replica.state != Replica.State.STARTING || !container.running) {
            return;
        }
        probe.ask(runtime)
                .thenAccept(passed -> context.gcp().locked(() -> startupAnswer(container, probe, deadline, passed)));
    }

    private void startupAnswer(Replica.Container container, ContainerProbe probe, Instant deadline, boolean passed) {
        if (replica.state != Replica.State.STARTING || !container.running) {
            return;
        }
        if (passed) {
            container.started = true;
            startReady();
        } else if (!context.gcp().clock().instant().isBefore(deadline)) {
            listener.event(replica, probe.startupFailed());
            fail(failure(container));
        } else {
            // It is looked at more often than the platform would, but it has as much time as there.
            context.gcp().later(often(probe), () -> askStartup(container, probe, deadline));
        }
    }

    private Duration often(ContainerProbe probe) {
        Duration period = Duration.ofSeconds(probe.period());
        Duration often = context.gcp().gcp().probeInterval();
        return often.compareTo(period) < 0 ? often : period;
    }

    /** Begins to check that a container lives. */
    private void watch(Replica.Container container) {
        if (container.json.has("livenessProbe")) {
            ContainerProbe probe = probe(container, "livenessProbe");
            context.gcp()
                    .later(
                            Duration.ofSeconds(probe.initialDelay() + probe.period()),
                            () -> askLiveness(container, probe, 0));
        }
    }

    private void askLiveness(Replica.Container container, ContainerProbe probe, int failures) {
        TaskContainers runtime = replica.runtime;
        if (runtime != null && replica.isReady() && container.running) {
            probe.ask(runtime)
                    .thenAccept(passed ->
                            context.gcp().locked(() -> livenessAnswer(container, probe, passed ? 0 : failures + 1)));
        }
    }

    private void livenessAnswer(Replica.Container container, ContainerProbe probe, int failures) {
        if (!replica.isReady()) {
            return;
        }
        if (failures >= probe.failureThreshold()) {
            listener.event(
                    replica,
                    "LIVENESS " + probe.kind() + " probe failed " + failures + " times consecutively for container \""
                            + container.name + "\" on port " + probe.port() + ". The instance has been shut down.");
            lose();
        } else {
            context.gcp().later(Duration.ofSeconds(probe.period()), () -> askLiveness(container, probe, failures));
        }
    }

    private ContainerProbe probe(Replica.Container container, String kind) {
        return new ContainerProbe(container.json.path(kind), container.name, replica.revision.port());
    }

    private void exited(Replica.Container container, int exitCode, boolean oomKilled) {
        container.running = false;
        if (replica.state == Replica.State.STOPPING) {
            stopIfEnded();
            return;
        }
        if (replica.state == Replica.State.GONE) {
            return;
        }
        listener.event(
                replica,
                oomKilled
                        ? "Memory limit exceeded. The container was terminated."
                        : "Container called exit(" + exitCode + ").");
        if (replica.state == Replica.State.READY) {
            lose();
        } else {
            fail(failure(container));
        }
    }

    private Failure failure(Replica.Container container) {
        boolean ingress = replica.ingress().filter(found -> found == container).isPresent();
        return ingress ? Failure.startup(replica.revision.port()) : Failure.probe(container.name);
    }

    private void fail(Failure failure) {
        end();
        listener.failed(replica, failure);
    }

    private void lose() {
        end();
        listener.lost(replica);
    }

    private void end() {
        replica.state = Replica.State.GONE;
        Routing.leave(replica);
        TaskContainers runtime = replica.runtime;
        if (runtime != null) {
            runtime.remove();
            replica.runtime = null;
        }
    }

    /** Asks all containers to end. */
    void stop() {
        if (replica.state == Replica.State.STOPPING || replica.state == Replica.State.GONE) {
            return;
        }
        replica.state = Replica.State.STOPPING;
        Routing.leave(replica);
        TaskContainers runtime = replica.runtime;
        for (Replica.Container container : replica.containers) {
            if (runtime != null && container.running) {
                runtime.stop(container.name, GRACE);
            }
        }
        stopIfEnded();
    }

    private void stopIfEnded() {
        if (replica.containers.stream().noneMatch(container -> container.running)) {
            end();
            listener.stopped(replica);
        }
    }

    private void startFailed(Replica.Container container, StartFailure failure, String message) {
        if (replica.state == Replica.State.STARTING) {
            boolean missing = failure == StartFailure.IMAGE_NOT_FOUND;
            if (failure == StartFailure.BAD_COMMAND) {
                listener.event(replica, "Application failed to start: " + message);
            }
            fail(Failure.start(container.json.path("image").asText(), missing, message, replica.revision.port()));
        }
    }

    /** What the runtime tells, on its threads. */
    private final class Events implements ContainerRuntime.Listener {
        @Override
        public void running(String name, String runtimeId, @Nullable String imageDigest) {
            context.gcp().locked(() -> replica.container(name).ifPresent(ReplicaLife.this::running));
        }

        @Override
        public void output(String name, String stream, byte[] line, Instant time) {
            listener.output(replica, stream, new String(line, StandardCharsets.UTF_8), time);
        }

        @Override
        public void exited(String name, int exitCode, boolean oomKilled) {
            context.gcp()
                    .locked(() -> replica.container(name)
                            .ifPresent(container -> ReplicaLife.this.exited(container, exitCode, oomKilled)));
        }

        @Override
        public void startFailed(String name, StartFailure failure, String message) {
            context.gcp()
                    .locked(() -> replica.container(name)
                            .ifPresent(container -> ReplicaLife.this.startFailed(container, failure, message)));
        }
    }
}
