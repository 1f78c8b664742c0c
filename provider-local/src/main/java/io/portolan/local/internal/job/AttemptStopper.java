package io.portolan.local.internal.job;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.run.StopReason;
import io.portolan.spi.AttemptRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops attempts. The reason goes into the name of the container first, so that whoever looks later reads the end right; then the signal;
 * then, after the grace period, the kill.
 *
 * <p>No thread waits for the grace period. If this JVM dies in between, the next one that looks at the attempt finds the reason in the name
 * and a container that still runs, and goes through signal and kill once more. If it closes in between, the engine is asked to go on.
 */
final class AttemptStopper {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptStopper.class);
    private static final int ROUNDS = 4;
    private static final int THREADS = 2;
    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final long HAND_OVER_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final DockerEngine engine;
    private final AttemptContainers containers;
    private final ScheduledThreadPoolExecutor kills;
    /** Containers that were sent the signal, and when they are killed ({@code System.nanoTime}). */
    private final ConcurrentMap<String, Long> stopping = new ConcurrentHashMap<>();

    AttemptStopper(DockerEngine engine, AttemptContainers containers, ThreadFactory threads) {
        this.engine = engine;
        this.containers = containers;
        this.kills = new ScheduledThreadPoolExecutor(THREADS, threads);
        kills.setKeepAliveTime(5, TimeUnit.SECONDS);
        kills.allowCoreThreadTimeOut(true);
        kills.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void stop(AttemptRef attempt, StopReason reason, Duration grace) {
        for (int round = 0; round < ROUNDS; round++) {
            InspectContainerResponse look = find(attempt);
            AttemptName name = look == null ? null : AttemptName.parse(look.getName());
            if (look == null || name == null || isOver(name, look)) {
                return;
            }
            if (name.stopReason() != null) {
                signal(look, grace);
                return;
            }
            AttemptName marked = name.stopped(reason);
            if (!containers.rename(name, marked)) {
                continue; // started, taken over or stopped by somebody else in this moment
            }
            InspectContainerResponse again = containers.inspect(look.getId());
            if (again == null || isCreated(again)) {
                return; // never started, and nobody can start it any more
            }
            if (isOver(marked, again)) {
                // It ended by itself before anything was sent: its end is its own.
                containers.rename(marked, marked.unmarked());
                return;
            }
            signal(again, grace);
            return;
        }
        throw PortolanException.builder(
                        ErrorCode.UNAVAILABLE,
                        "Attempt '" + attempt.key() + "' changed hands while it was stopped; stop it again")
                .provider("local")
                .operation("stop")
                .resource(attempt.key().toString())
                .build();
    }

    /** Goes on with a stop that another JVM began. */
    void goOn(FoundAttempt found) {
        if (stopping.containsKey(found.id())) {
            return;
        }
        try {
            kills.execute(() -> {
                InspectContainerResponse look = containers.inspect(found.id());
                if (look != null) {
                    signal(look, grace(look));
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("closed, not stopping container={}", found.id());
        }
    }

    /** Lets the engine go on with the stops that are under way. */
    void close() {
        kills.shutdownNow();
        long deadline = System.nanoTime() + HAND_OVER_NANOS;
        stopping.forEach((id, killAt) -> {
            if (System.nanoTime() < deadline) {
                handOver(id, killAt);
            }
        });
        stopping.clear();
    }

    private void handOver(String id, long killAt) {
        long left = Math.max(0, TimeUnit.NANOSECONDS.toSeconds(killAt - System.nanoTime()));
        try {
            engine.handOver(
                    "stop",
                    id,
                    PATIENCE,
                    client ->
                            client.stopContainerCmd(id).withTimeout((int) left).exec());
        } catch (PortolanException e) {
            LOG.debug("not handed over container={} error={}", id, e.getMessage());
        }
    }

    private void signal(InspectContainerResponse look, Duration grace) {
        String id = look.getId();
        if (stopping.putIfAbsent(id, System.nanoTime() + grace.toNanos()) != null) {
            return;
        }
        try {
            if (grace.isZero()) {
                kill(id);
                return;
            }
            containers.kill(id, signalName(look));
            Future<?> unused = kills.schedule(() -> kill(id), grace.toNanos(), TimeUnit.NANOSECONDS);
        } catch (PortolanException | RejectedExecutionException e) {
            stopping.remove(id);
            throw e;
        }
    }

    private void kill(String id) {
        try {
            containers.kill(id, "SIGKILL");
        } catch (PortolanException e) {
            LOG.warn("Container {} was not killed after its grace period, trying again later: {}", id, e.getMessage());
        } finally {
            stopping.remove(id);
        }
    }

    private @Nullable InspectContainerResponse find(AttemptRef attempt) {
        InspectContainerResponse look = containers.inspect(attempt.nativeId());
        if (look != null) {
            return look;
        }
        List<FoundAttempt> found = containers.of(attempt.key());
        return found.isEmpty() ? null : containers.inspect(found.get(0).id());
    }

    private static boolean isCreated(InspectContainerResponse look) {
        return "created".equals(look.getState().getStatus());
    }

    private static boolean isOver(AttemptName name, InspectContainerResponse look) {
        String status = String.valueOf(look.getState().getStatus());
        return status.equals("exited")
                || status.equals("dead")
                || status.equals("removing")
                || (isCreated(look) && !AttemptMapper.isUnstarted(name, look));
    }

    private static String signalName(InspectContainerResponse look) {
        Object own = look.getConfig() == null
                ? null
                : look.getConfig().getRawValues().get("StopSignal");
        return own == null || own.toString().isBlank() ? "SIGTERM" : own.toString();
    }

    private static Duration grace(InspectContainerResponse look) {
        Map<String, String> labels =
                look.getConfig() == null ? null : look.getConfig().getLabels();
        return Labels.stopGrace(labels);
    }
}
