package io.portolan.internal.job;

import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.Phase;
import io.portolan.run.StopReason;
import io.portolan.run.TaskStatus;
import java.util.ArrayList;
import java.util.List;

/** One task: its attempts in their order, and where it stands. Confined to the lock of its execution. */
final class TaskProgress {
    final int index;
    private final List<AttemptStatus> attempts = new ArrayList<>(1);
    private Phase phase = Phase.QUEUED;

    TaskProgress(int index) {
        this.index = index;
    }

    Phase phase() {
        return phase;
    }

    void end(Phase terminal) {
        phase = terminal;
    }

    void queue() {
        phase = Phase.QUEUED;
    }

    /** The attempt that would be launched next if nothing is known to run. */
    int nextAttempt() {
        return attempts.isEmpty() ? 0 : attempts.get(attempts.size() - 1).key().attempt() + 1;
    }

    boolean isLatest(AttemptStatus status) {
        return attempts.isEmpty()
                || status.key().attempt()
                        >= attempts.get(attempts.size() - 1).key().attempt();
    }

    /** Keeps the newest view of an attempt. What ended stays ended, whatever is seen later. */
    AttemptStatus put(AttemptStatus status) {
        for (int i = 0; i < attempts.size(); i++) {
            AttemptStatus known = attempts.get(i);
            if (known.key().attempt() == status.key().attempt()) {
                if (known.state() == AttemptState.ENDED) {
                    return known;
                }
                attempts.set(i, status);
                return status;
            }
        }
        int at = attempts.size();
        while (at > 0 && attempts.get(at - 1).key().attempt() > status.key().attempt()) {
            at--;
        }
        attempts.add(at, status);
        return status;
    }

    void running(AttemptState state) {
        phase = switch (state) {
            case RUNNING -> Phase.RUNNING;
            case STOPPING -> Phase.STOPPING;
            case GONE, UNKNOWN -> phase == Phase.QUEUED ? Phase.STARTING : phase;
            default -> Phase.STARTING;
        };
    }

    TaskStatus status() {
        return new TaskStatus(index, phase, attempts);
    }

    List<AttemptStatus> attempts() {
        return attempts;
    }

    /** Why something failed that the platform does not know any more. */
    static Failure gone(String what) {
        return Failure.of(
                        FailureCause.UNKNOWN,
                        "the platform does not know the " + what + " any more, so nobody can say how it ended")
                .hint("look at its results before you run it again; it may have succeeded");
    }

    /** An ended attempt that did not succeed always says why. */
    static AttemptStatus explained(AttemptStatus ended) {
        if (ended.isSuccess()) {
            return ended;
        }
        StopReason reason = ended.stopReason().orElse(null);
        if (reason == StopReason.TIMEOUT) {
            return ended.toBuilder()
                    .failure(Failure.of(
                                    FailureCause.TIMEOUT,
                                    "the attempt ran longer than the job's timeout and was stopped")
                            .hint("raise the timeout, or give each task less work"))
                    .build();
        }
        if (reason == StopReason.CANCELLED) {
            return ended.toBuilder()
                    .failure(Failure.of(FailureCause.CANCELLED, "the execution was cancelled"))
                    .build();
        }
        if (ended.failure().isPresent()) {
            return ended;
        }
        Failure failure = ended.exitCode().isPresent()
                ? Failure.of(
                        FailureCause.APP_EXIT,
                        "the process ended with exit code " + ended.exitCode().getAsInt())
                : Failure.of(FailureCause.UNKNOWN, "the platform says that the attempt is over, but not how it ended");
        return ended.toBuilder().failure(failure).build();
    }
}
