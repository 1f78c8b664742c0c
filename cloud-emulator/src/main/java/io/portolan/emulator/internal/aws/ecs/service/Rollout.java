package io.portolan.emulator.internal.aws.ecs.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The tasks of one revision; the API calls it a deployment of the service. Used with the lock held. */
final class Rollout {
    /** How far it is. */
    enum State {
        IN_PROGRESS,
        COMPLETED,
        FAILED
    }

    final String id = "ecs-svc/" + Ids.number();
    final Revision revision;
    final Instant createdAt;
    final List<Replica> replicas = new ArrayList<>();
    Instant updatedAt;
    Instant notBefore;
    State state = State.IN_PROGRESS;
    String reason;
    int failedTasks;
    int lostInARow;

    Rollout(Revision revision, Instant createdAt) {
        this.revision = revision;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
        this.notBefore = createdAt;
        this.reason = "ECS deployment " + id + " in progress.";
    }

    void become(State newState, String newReason, Instant now) {
        state = newState;
        reason = newReason;
        updatedAt = now;
    }

    /** Whether no task runs any more; some may still be on their way to an end. */
    boolean isOver() {
        return replicas.stream().allMatch(replica -> replica.task.isStopWanted());
    }

    int count(Predicate<Replica> which) {
        return (int) replicas.stream().filter(which).count();
    }
}
