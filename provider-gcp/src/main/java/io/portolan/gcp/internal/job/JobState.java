package io.portolan.gcp.internal.job;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Job;
import io.portolan.run.Failure;
import java.util.Optional;

/**
 * What a job says about the start that it was last asked for. Pure. A job with a token becomes ready when its execution was started; until
 * then nobody may give it another token. Source: the discovery document of run v2, revision
 * 20260807.
 */
final class JobState {
    private JobState() {}

    /**
     * Whether the job may be changed: it is done with the token that it has. One whose execution was made but waits for its turn to run is.
     */
    static boolean isIdle(Job job) {
        boolean isSettled =
                !job.getReconciling() && (job.getStartExecutionToken().isEmpty() || isDecided(job));
        return !job.hasDeleteTime() && (hasStarted(job) || isSettled);
    }

    /** Whether the execution of its token was made, be it still there or not. */
    static boolean hasStarted(Job job) {
        return !job.getStartExecutionToken().isEmpty()
                && new ExecutionName(job.getName(), job.getStartExecutionToken())
                        .is(job.getLatestCreatedExecution().getName());
    }

    /** Whether it became what it was asked to be, or has given up. */
    static boolean isDecided(Job job) {
        Condition.State state = job.getTerminalCondition().getState();
        return isCurrent(job)
                && (state == Condition.State.CONDITION_SUCCEEDED || state == Condition.State.CONDITION_FAILED);
    }

    /** Why the execution of its token will never be. */
    static Optional<Failure> failure(Job job) {
        Condition condition = job.getTerminalCondition();
        return isCurrent(job) && !hasStarted(job) && condition.getState() == Condition.State.CONDITION_FAILED
                ? Optional.of(FailureMapper.of(condition))
                : Optional.empty();
    }

    /** A condition is of an older generation for a moment after a change. */
    private static boolean isCurrent(Job job) {
        return !job.getReconciling()
                && (job.getObservedGeneration() == 0 || job.getObservedGeneration() >= job.getGeneration());
    }
}
