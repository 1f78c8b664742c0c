package io.portolan.emulator.internal.aws.ecs.service;

import io.portolan.emulator.internal.aws.ecs.EcsService;
import io.portolan.emulator.internal.relay.HealthProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The checks that load balancers make of running tasks. Used with the lock held. */
final class Watch {
    private static final int BAD_CHECKS = 3;
    // A program may take a moment to listen, though the service has no grace period.
    private static final int CHECKS_TO_START = 5;

    private final EcsService ecs;
    private final HealthProbe probe = new HealthProbe();

    Watch(EcsService ecs) {
        this.ecs = ecs;
    }

    /** Begins to check a task that runs; the change is what to do whenever something is found. */
    void begin(Service service, Rollout rollout, Replica replica, Runnable change) {
        replica.watched = true;
        if (rollout.revision.targets().isEmpty()) {
            replica.answering = true;
        } else {
            check(service, rollout, replica, change);
        }
    }

    private void check(Service service, Rollout rollout, Replica replica, Runnable change) {
        if (!replica.isLive() || !replica.isRunning()) {
            return;
        }
        CompletionStage<Boolean> all = CompletableFuture.completedFuture(true);
        for (Revision.Target target : rollout.revision.targets()) {
            all = all.thenCombine(ask(replica, target), Boolean::logicalAnd);
        }
        all.thenAccept(well -> ecs.context().locked(() -> checked(service, rollout, replica, change, well)));
    }

    private CompletionStage<Boolean> ask(Replica replica, Revision.Target target) {
        Optional<Boolean> scripted = ecs.tasks().scriptedHealth(replica.task, target.container());
        if (scripted.isPresent()) {
            return CompletableFuture.completedFuture(scripted.get());
        }
        return ecs.tasks()
                .address(replica.task, target.container(), target.port())
                .map(address -> probe.get(address, target.group().healthCheckPath()))
                .orElse(CompletableFuture.completedFuture(false));
    }

    private void checked(Service service, Rollout rollout, Replica replica, Runnable change, boolean well) {
        if (!replica.isLive()) {
            return;
        }
        replica.checks++;
        if (well) {
            replica.failures = 0;
            if (!replica.answering) {
                replica.answering = true;
                change.run();
            }
        } else if (!isExcused(service, replica)) {
            replica.failures++;
            if (replica.failures == BAD_CHECKS) {
                String group = rollout.revision.targets().get(0).group().name();
                replica.problem = "Task failed ELB health checks in (target-group " + group + ")";
                service.events.add("(task " + replica.task.id() + ") is unhealthy in (target-group " + group
                        + ") due to (reason Health checks failed).");
                change.run();
                return;
            }
        }
        Duration interval = ecs.context().aws().healthCheckInterval();
        ecs.context().later(interval, () -> check(service, rollout, replica, change));
    }

    private boolean isExcused(Service service, Replica replica) {
        int grace = service.settings.path("healthCheckGracePeriodSeconds").asInt();
        Instant startedAt = replica.task.startedAt();
        boolean withinGrace =
                startedAt != null && ecs.context().clock().instant().isBefore(startedAt.plusSeconds(grace));
        return withinGrace || (!replica.answering && replica.checks < CHECKS_TO_START);
    }
}
