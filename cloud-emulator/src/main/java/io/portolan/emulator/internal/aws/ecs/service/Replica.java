package io.portolan.emulator.internal.aws.ecs.service;

import io.portolan.emulator.internal.aws.ecs.Task;
import io.portolan.emulator.internal.relay.Backend;
import io.portolan.emulator.internal.relay.TargetGroup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task of a service. Used with the lock held. */
final class Replica {
    final Task task;
    final List<Place> places = new ArrayList<>();
    boolean watched;
    boolean answering;
    boolean wasHealthy;
    boolean leaving;
    int checks;
    int failures;

    @Nullable
    String problem;

    /**
     * Where it gets requests from.
     *
     * @param group of the load balancer
     * @param backend itself
     */
    record Place(TargetGroup group, Backend backend) {}

    Replica(Task task) {
        this.task = task;
    }

    /** Whether it is meant to serve, now or soon. */
    boolean isLive() {
        return !leaving && !task.isStopWanted();
    }

    boolean isHealthy() {
        return isLive() && task.isHealthy() && answering;
    }

    boolean isRunning() {
        return task.status() == Task.Status.RUNNING;
    }

    boolean isGone() {
        return task.status() == Task.Status.STOPPED;
    }

    int connections() {
        return places.stream().mapToInt(place -> place.backend().connections()).sum();
    }
}
