package io.portolan.gcp.internal.log;

import io.portolan.id.ExecutionId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what wrote log lines. Jobs and services know it; the log driver asks. */
public interface LogTargets {
    /**
     * The execution of Cloud Run behind an attempt.
     *
     * @param execution the execution
     * @param index the task of the job, from 0
     * @param attempt its attempt, from 0
     * @return empty if Cloud Run has no such execution
     */
    Optional<Attempt> attempt(ExecutionId execution, int index, int attempt);

    /**
     * A service.
     *
     * @param service its name
     * @return empty if there is no such service
     */
    Optional<Service> service(String service);

    /**
     * An attempt of a task.
     *
     * @param job the short name of the job
     * @param execution the short name of its execution
     * @param createdAt when the execution was made: nothing was written before
     * @param executionEndedAt when the whole execution ended, null while it runs
     * @param endedAt when the attempt ended, null while it may write or where that is not known
     */
    record Attempt(
            String job,
            String execution,
            Instant createdAt,
            @Nullable Instant executionEndedAt,
            @Nullable Instant endedAt) {}

    /**
     * A service.
     *
     * @param name its short name in Cloud Run
     * @param createdAt when it was made: nothing was written before
     */
    record Service(String name, Instant createdAt) {}
}
