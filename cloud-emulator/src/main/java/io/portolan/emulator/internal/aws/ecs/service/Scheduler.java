package io.portolan.emulator.internal.aws.ecs.service;

import io.portolan.emulator.internal.aws.ecs.EcsContext;
import io.portolan.emulator.internal.aws.ecs.EcsService;
import io.portolan.emulator.internal.aws.ecs.StopCodes;
import io.portolan.emulator.internal.aws.ecs.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Brings services nearer to what they should be, whenever something has changed. Used with the lock held. */
final class Scheduler {
    private static final int LONGEST_PAUSE = 100;
    private static final int OFTEN = 5;

    private final EcsService ecs;
    private final EcsContext context;
    private final Revisions revisions;
    private final Traffic traffic;
    private final Watch watch;
    private final Rollouts rollouts;

    Scheduler(EcsService ecs, Revisions revisions, Rollouts rollouts) {
        this.ecs = ecs;
        this.context = ecs.context();
        this.revisions = revisions;
        this.rollouts = rollouts;
        this.traffic = new Traffic(ecs);
        this.watch = new Watch(ecs);
    }

    /** Looks at a service soon. */
    void wake(Service service) {
        if (!service.awake) {
            service.awake = true;
            wakeAfter(service, Duration.ZERO);
        }
    }

    private void wakeAfter(Service service, Duration delay) {
        context.later(delay, () -> {
            service.awake = false;
            work(service);
        });
    }

    private void work(Service service) {
        if (service.status == Service.Status.INACTIVE) {
            return;
        }
        service.rollouts().forEach(rollout -> sweep(service, rollout));
        service.others.removeIf(rollout -> rollout.replicas.isEmpty());
        if (service.status == Service.Status.DRAINING) {
            drain(service);
            return;
        }
        rollouts.begun(service);
        if (rollouts.trips(service)) {
            rollouts.trip(service);
        }
        move(service);
        if (rollouts.completes(service)) {
            rollouts.complete(service);
        }
        steady(service);
    }

    /** Notes what has become of tasks. */
    private void sweep(Service service, Rollout rollout) {
        for (Replica replica : List.copyOf(rollout.replicas)) {
            if (replica.isRunning() && !replica.watched && replica.isLive()) {
                watch.begin(service, rollout, replica, () -> wake(service));
            }
            if (!replica.leaving && replica.task.isStopWanted()) {
                traffic.withdraw(service, List.of(replica));
                lost(service, rollout, replica);
            } else if (replica.isLive() && replica.task.isUnhealthy()) {
                service.events.add("(task " + replica.task.id() + ") failed container health checks.");
                replace(service, rollout, replica, "Task failed container health checks");
            } else if (replica.isLive() && replica.problem != null) {
                replace(service, rollout, replica, replica.problem);
            } else if (replica.isHealthy() && !replica.wasHealthy) {
                replica.wasHealthy = true;
                rollout.lostInARow = 0;
                rollouts.healthy(service, rollout);
            }
            if (replica.isGone()) {
                rollout.replicas.remove(replica);
            }
        }
    }

    private void replace(Service service, Rollout rollout, Replica replica, String reason) {
        traffic.leave(service, List.of(replica), reason);
        lost(service, rollout, replica);
    }

    private void lost(Service service, Rollout rollout, Replica replica) {
        service.steady = false;
        if (!replica.wasHealthy) {
            rollouts.failed(service, rollout);
        }
        String reason = Objects.requireNonNullElse(replica.task.stoppedReason(), "");
        if (StopCodes.FAILED_TO_START.equals(replica.task.stopCode()) && reason.contains("RESOURCE")) {
            service.events.add("was unable to place a task. Reason: Capacity is unavailable at this time. Please try"
                    + " again later or in a different availability zone.");
        }
        // The first one is replaced at once, those that follow it more and more slowly.
        int pause = Math.min(rollout.lostInARow++, LONGEST_PAUSE);
        if (rollout.lostInARow == OFTEN) {
            service.events.add("is unable to consistently start tasks successfully.");
        }
        rollout.notBefore =
                context.clock().instant().plus(context.aws().taskPhase().multipliedBy(pause));
    }

    private void move(Service service) {
        Rollout primary = service.primary;
        if (primary.state == Rollout.State.FAILED) {
            stop(service, List.of(primary), primary.count(Replica::isLive));
            return;
        }
        RolloutStep.Counts counts = RolloutStep.Counts.of(
                service.desired,
                service.settings.path(Settings.DEPLOYMENT),
                primary.count(Replica::isLive),
                primary.count(Replica::isHealthy),
                service.others.stream()
                        .mapToInt(other -> other.count(Replica::isLive))
                        .sum(),
                service.others.stream()
                        .mapToInt(other -> other.count(Replica::isHealthy))
                        .sum());
        RolloutStep step = RolloutStep.of(counts);
        boolean waits =
                counts.atOnce() && primary.state == Rollout.State.IN_PROGRESS && counts.newHealthy() < counts.desired();
        for (Rollout rollout : service.rollouts()) {
            if (rollout.state != Rollout.State.FAILED && !(waits && rollout == primary)) {
                traffic.enter(service, rollout);
            }
        }
        start(service, step.start());
        stop(service, List.of(primary), step.stopNew());
        stop(service, service.others, step.stopOld());
    }

    private void start(Service service, int count) {
        if (count == 0) {
            return;
        }
        Rollout rollout = service.primary;
        Instant now = context.clock().instant();
        service.steady = false;
        if (now.isBefore(rollout.notBefore)) {
            wakeAfter(service, Duration.between(now, rollout.notBefore));
            return;
        }
        List<Replica> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Replica replica = new Replica(ecs.tasks().start(revisions.start(service, rollout)));
            rollout.replicas.add(replica);
            started.add(replica);
        }
        service.events.started(started);
    }

    /** Stops some tasks: first those that do not serve, then the newest. */
    private void stop(Service service, List<Rollout> from, int count) {
        if (count == 0) {
            return;
        }
        service.steady = false;
        List<Replica> candidates = new ArrayList<>();
        from.forEach(rollout -> candidates.addAll(0, rollout.replicas));
        candidates.removeIf(replica -> !replica.isLive());
        List<Replica> ordered = new ArrayList<>();
        for (int i = candidates.size() - 1; i >= 0; i--) {
            ordered.add(candidates.get(i));
        }
        ordered.sort(Comparator.comparing(Replica::isHealthy));
        List<Replica> chosen = ordered.subList(0, Math.min(count, ordered.size()));
        traffic.leave(service, chosen, "Scaling activity initiated by (deployment " + service.primary.id + ")");
    }

    private void steady(Service service) {
        boolean steady = service.primary.state == Rollout.State.COMPLETED
                && service.isAlone()
                && service.primary.count(replica -> !replica.task.isStopWanted()) == service.desired
                && service.primary.count(Replica::isHealthy) == service.desired;
        if (steady && !service.steady) {
            service.events.steady();
        }
        service.steady = steady;
    }

    private void drain(Service service) {
        List<Replica> live = service.replicas().filter(Replica::isLive).toList();
        if (!live.isEmpty()) {
            traffic.leave(service, live, "Scaling activity initiated by (deployment " + service.primary.id + ")");
        }
        if (service.replicas().allMatch(Replica::isGone)) {
            context.later(context.aws().taskPhase(), () -> {
                service.status = Service.Status.INACTIVE;
                service.inactiveAt = context.clock().instant();
                if (service.onInactive != null) {
                    service.onInactive.run();
                }
            });
        }
    }

    /** The service of a task that has changed looks at it. */
    void changed(Service service, Task task) {
        if (service.replicas().anyMatch(replica -> replica.task == task)) {
            wake(service);
        }
    }
}
