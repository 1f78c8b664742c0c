package io.portolan.aws.internal.log;

import io.portolan.id.ExecutionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the ECS task behind a source of log lines. Jobs and services know it; the log driver asks. */
public interface LogTargets {
    /**
     * The task of one attempt.
     *
     * @param execution the execution
     * @param index the task of the job, from 0
     * @param attempt its attempt, from 0
     * @return empty if no task of ECS was started for it
     */
    Optional<Target> attempt(ExecutionId execution, int index, int attempt);

    /**
     * The tasks of a service: those that run, and those that ended recently.
     *
     * @param service the service
     * @return oldest first
     */
    List<Target> replicas(String service);

    /**
     * A task that writes to a log stream.
     *
     * @param source the name of the source, unique in its execution or service
     * @param taskArn the task of ECS
     * @param streamPrefix what the names of its streams begin with
     * @param ended whether the task is over, so that no new line is written
     * @param endedAt when it ended, null if that is not known
     */
    record Target(
            String source,
            String taskArn,
            String streamPrefix,
            boolean ended,
            @Nullable Instant endedAt) {
        /**
         * The log stream of the container.
         *
         * @return {@code PREFIX/Main/TASK-ID}
         */
        public String stream() {
            return streamPrefix + "/Main/" + taskArn.substring(taskArn.lastIndexOf('/') + 1);
        }
    }
}
