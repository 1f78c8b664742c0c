package io.portolan.emulator.internal.aws.ecs.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A service and its state. Used with the lock held. */
final class Service {
    /** The states of a service, in their order. */
    enum Status {
        ACTIVE,
        DRAINING,
        INACTIVE
    }

    final String arn;
    final String cluster;
    final String name;
    final Instant createdAt;
    final EcsEvents events;
    final List<Rollout> others = new ArrayList<>();
    final List<ServiceDeployment> deployments = new ArrayList<>();
    final List<Revision> revisions = new ArrayList<>();
    ObjectNode settings;
    Rollout primary;
    int desired;
    Status status = Status.ACTIVE;
    Instant updatedAt;
    boolean steady;
    boolean awake;
    boolean express;

    @Nullable
    Instant inactiveAt;

    @Nullable
    Revision stable;

    @Nullable
    Runnable onInactive;

    Service(
            String cluster,
            String name,
            ObjectNode settings,
            int desired,
            Rollout primary,
            EcsEvents events,
            Instant createdAt) {
        this.arn = Ids.service(cluster, name);
        this.cluster = cluster;
        this.name = name;
        this.settings = settings;
        this.desired = desired;
        this.primary = primary;
        this.events = events;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    /** All rollouts, the primary one first. */
    List<Rollout> rollouts() {
        List<Rollout> all = new ArrayList<>(List.of(primary));
        all.addAll(others);
        return all;
    }

    /** The primary rollout and those that still have tasks. */
    List<Rollout> current() {
        return rollouts().stream()
                .filter(rollout -> rollout == primary || !rollout.isOver())
                .toList();
    }

    /** Whether only the primary rollout has tasks. */
    boolean isAlone() {
        return others.stream().allMatch(Rollout::isOver);
    }

    Stream<Replica> replicas() {
        return rollouts().stream().flatMap(rollout -> rollout.replicas.stream());
    }

    int count(Predicate<Replica> which) {
        return (int) replicas().filter(which).count();
    }

    /** The newest deployment. */
    ServiceDeployment deployment() {
        return deployments.get(deployments.size() - 1);
    }
}
