package io.portolan.emulator.internal.aws.ecs.service;

import io.portolan.emulator.internal.aws.ecs.EcsService;
import io.portolan.emulator.internal.aws.ecs.StopCodes;
import io.portolan.emulator.internal.aws.ecs.Tasks;
import io.portolan.emulator.internal.relay.TargetGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes tasks into load balancers and out of them, and stops those that are out. Used with the lock held. */
final class Traffic {
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final EcsService ecs;
    private final Tasks tasks;

    Traffic(EcsService ecs) {
        this.ecs = ecs;
        this.tasks = ecs.tasks();
    }

    /** Lets healthy tasks of a rollout serve that do not yet. */
    void enter(Service service, Rollout rollout) {
        Map<TargetGroup, Integer> registered = new LinkedHashMap<>();
        for (Replica replica : rollout.replicas) {
            if (!replica.isHealthy() || !replica.places.isEmpty()) {
                continue;
            }
            for (Revision.Target target : rollout.revision.targets()) {
                Optional<String> address = tasks.address(replica.task, target.container(), target.port());
                address.ifPresent(found -> {
                    replica.places.add(new Replica.Place(
                            target.group(), target.group().relay().add(found)));
                    registered.merge(target.group(), 1, Integer::sum);
                });
            }
        }
        registered.forEach((group, count) ->
                service.events.add("registered " + count + " targets in (target-group " + group.name() + ")"));
    }

    /** Lets tasks serve no more and stops them when their connections have ended. */
    void leave(Service service, List<Replica> replicas, String reason) {
        List<Replica> idle = new ArrayList<>();
        int busy = 0;
        withdraw(service, replicas);
        for (Replica replica : replicas) {
            if (replica.connections() == 0) {
                idle.add(replica);
            } else {
                busy++;
                Instant deadline = ecs.context().clock().instant().plus(LONGEST_DRAIN);
                look(service, replica, reason, deadline);
            }
        }
        if (busy > 0) {
            service.events.add("has begun draining connections on " + busy + " tasks.");
        }
        stop(service, idle, reason);
    }

    /** Lets tasks serve no more. */
    void withdraw(Service service, List<Replica> replicas) {
        Map<TargetGroup, Integer> deregistered = new LinkedHashMap<>();
        for (Replica replica : replicas) {
            replica.leaving = true;
            for (Replica.Place place : replica.places) {
                place.group().relay().remove(place.backend());
                deregistered.merge(place.group(), 1, Integer::sum);
            }
        }
        deregistered.forEach((group, count) ->
                service.events.add("deregistered " + count + " targets in (target-group " + group.name() + ")"));
    }

    private void look(Service service, Replica replica, String reason, Instant deadline) {
        if (replica.connections() == 0 || !ecs.context().clock().instant().isBefore(deadline)) {
            stop(service, List.of(replica), reason);
        } else {
            ecs.context().later(LOOK, () -> look(service, replica, reason, deadline));
        }
    }

    private void stop(Service service, List<Replica> replicas, String reason) {
        replicas.forEach(replica -> tasks.stop(replica.task, StopCodes.SERVICE, reason));
        service.events.stopped(replicas);
    }
}
