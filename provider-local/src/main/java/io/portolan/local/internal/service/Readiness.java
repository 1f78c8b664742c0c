package io.portolan.local.internal.service;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.concurrent.Waiting;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.local.internal.service.Rollout.Wish;
import io.portolan.local.internal.service.proxy.ContainerLog;
import io.portolan.spec.Probe;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Waits until new replicas are ready, and says why not. */
final class Readiness {
    /** New replicas are asked more often than the probe says, so that a deployment does not wait for its interval. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private final DockerEngine engine;
    private final EngineSide side;
    private final Prober prober;
    private final SecretMask mask;

    Readiness(DockerEngine engine, EngineSide side, SecretMask mask) {
        this.engine = engine;
        this.side = side;
        this.prober = new Prober(engine);
        this.mask = mask;
    }

    /**
     * Waits.
     *
     * @param wish what for
     * @param containers the new replicas
     * @throws PortolanException FAILED as soon as one of them ends, or when the startup timeout is over; CONFLICT if one was removed by
     *     another deployment; CANCELLED if the thread is interrupted
     */
    void await(Wish wish, Collection<String> containers) {
        Probe probe = wish.spec().readiness();
        Set<String> pending = new LinkedHashSet<>(containers);
        Duration pause = probe.interval().compareTo(LONGEST_PAUSE) < 0 ? probe.interval() : LONGEST_PAUSE;
        Waiting waiting = Waiting.atMost(probe.startupTimeout()).asking(pause);
        while (true) {
            for (String container : List.copyOf(pending)) {
                Replica replica = require(wish, container);
                String reason = check(wish, replica);
                if (reason == null) {
                    pending.remove(container);
                } else if (waiting.isOver()) {
                    String limit =
                            "is not ready after " + probe.startupTimeout().toSeconds() + " s: ";
                    throw failed(wish, replica, limit + reason);
                }
            }
            if (pending.isEmpty()) {
                return;
            }
            waiting.pause();
        }
    }

    private @Nullable String check(Wish wish, Replica replica) {
        if (replica.run().isOver()) {
            throw failed(wish, replica, replica.run().text());
        }
        return replica.run().isRunning()
                ? prober.check(wish.spec(), wish.spec().readiness(), replica)
                : replica.run().text();
    }

    private Replica require(Wish wish, String container) {
        Optional<Replica> replica = side.replicas().inspect(container);
        if (replica.isEmpty()) {
            String reason = side.store()
                    .history(wish.service())
                    .overtaken(wish.operation(), wish.revision().number(), wish.base())
                    .orElse("another process removed its replicas");
            throw Rollout.conflict(wish, reason);
        }
        return replica.get();
    }

    private PortolanException failed(Wish wish, Replica replica, String reason) {
        String log = ContainerLog.tail(engine, replica.containerId());
        String message = "Revision " + wish.revision().number() + " of service '" + wish.service()
                + "' did not become ready: replica " + replica.id().name() + " " + reason
                + ". Its last lines:\n"
                + ContainerLog.format(mask.mask(log, wish.spec().container()));
        return PortolanException.builder(ErrorCode.FAILED, message)
                .provider("local")
                .resource(wish.service())
                .nativeCode(
                        replica.run().isOver() ? Integer.toString(replica.run().exitCode()) : null)
                .build();
    }
}
