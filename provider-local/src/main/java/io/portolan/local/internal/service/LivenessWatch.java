package io.portolan.local.internal.service;

import io.portolan.error.PortolanException;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.spec.Probe;
import io.portolan.spec.ServiceSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts replicas that fail their liveness probe, as long as this connection is open: Docker itself has nothing of this kind. One thread
 * for all services, from the first that has such a probe on.
 */
final class LivenessWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LivenessWatch.class);
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(200);

    private final EngineSide side;
    private final Prober prober;
    private final ThreadFactory threads;
    private final ConcurrentMap<String, ServiceSpec> services = new ConcurrentHashMap<>();
    private final Map<String, Series> seen = new HashMap<>();
    private @Nullable Thread thread;

    LivenessWatch(DockerEngine engine, EngineSide side, ThreadFactory threads) {
        this.side = side;
        this.prober = new Prober(engine);
        this.threads = threads;
    }

    /**
     * What was seen of one start of one container.
     *
     * @param startedAt which start
     * @param since when it was seen first, by the monotonic clock
     * @param passed whether the probe passed since then
     * @param failures in a row
     */
    private record Series(Instant startedAt, long since, boolean passed, int failures) {
        Series pass() {
            return new Series(startedAt, since, true, 0);
        }

        Series fail() {
            return new Series(startedAt, since, passed, failures + 1);
        }
    }

    /** Watches a service as it is deployed now, or no longer if it has no liveness probe. */
    void watch(ServiceSpec spec) {
        if (spec.liveness().isEmpty()) {
            services.remove(spec.name());
            return;
        }
        services.put(spec.name(), spec);
        synchronized (this) {
            if (thread == null || !thread.isAlive()) {
                thread = threads.newThread(this::run);
                thread.start();
            }
        }
    }

    void forget(String service) {
        services.remove(service);
    }

    @Override
    public synchronized void close() {
        services.clear();
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    private void run() {
        Map<String, Long> due = new HashMap<>();
        try {
            while (true) {
                long now = System.nanoTime();
                long next = now + TimeUnit.SECONDS.toNanos(1);
                for (ServiceSpec spec : services.values()) {
                    Probe probe = spec.liveness().orElse(spec.readiness());
                    long dueAt = due.getOrDefault(spec.name(), now);
                    if (dueAt - now <= 0) {
                        check(spec, probe);
                        dueAt = now + interval(probe);
                        due.put(spec.name(), dueAt);
                    }
                    next = Math.min(next, dueAt);
                }
                TimeUnit.NANOSECONDS.sleep(Math.max(TimeUnit.MILLISECONDS.toNanos(20), next - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            LOG.debug("liveness watch ends");
        }
    }

    private static long interval(Probe probe) {
        return Math.max(probe.interval().toNanos(), SHORTEST_INTERVAL.toNanos());
    }

    private void check(ServiceSpec spec, Probe probe) {
        try {
            ServiceHistory history = side.store().history(spec.name());
            for (Replica replica : side.replicas().list(spec.name())) {
                if (history.isTarget(replica.id()) && replica.run().isRunning()) {
                    check(spec, probe, replica);
                }
            }
        } catch (PortolanException e) {
            LOG.debug("service={} liveness={}", spec.name(), e.getMessage());
        }
    }

    private void check(ServiceSpec spec, Probe probe, Replica replica) {
        String container = replica.containerId();
        Instant startedAt = replica.run().startedAt();
        Series before = seen.get(container);
        if (before == null || !before.startedAt().equals(startedAt)) {
            // Decided for means that it was ready once. A start since then, whoever made it, has its time to become
            // ready.
            before = new Series(startedAt, System.nanoTime(), before == null, 0);
        }
        String reason = prober.check(spec, probe, replica);
        Series now = reason == null ? before.pass() : before.fail();
        seen.put(container, now);
        boolean starting = !now.passed()
                && System.nanoTime() - now.since() < probe.startupTimeout().toNanos();
        if (now.failures() < probe.failureThreshold() || starting) {
            return;
        }
        LOG.warn(
                "service={} replica={} restarted: liveness probe failed {} times: {}",
                spec.name(),
                replica.id().name(),
                now.failures(),
                reason);
        side.replicas().restart(replica, spec.container().stopGracePeriod());
    }
}
