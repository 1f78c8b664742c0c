package io.portolan.gcp.internal.job;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.Task;
import com.google.cloud.run.v2.TaskAttemptResult;
import io.portolan.id.AttemptKey;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.Phase;
import io.portolan.run.StopReason;
import io.portolan.run.TaskStatus;
import io.portolan.run.Timings;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ManagedStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the neutral status of an execution out of one of Cloud Run and its tasks. Pure. The end is read from the condition {@code Completed}
 * and the counts, never from an operation: that of a cancelled execution ends without an error.
 */
final class ExecutionMapper {
    private static final String COMPLETED = "Completed";
    private static final String STARTED = "Started";
    private static final String RESOURCES = "ResourcesAvailable";

    private ExecutionMapper() {}

    /**
     * The status.
     *
     * @param record the execution
     * @param execution what Cloud Run shows of it
     * @param tasks its tasks; some or all may be missing while it runs
     * @param seen results of earlier attempts, by task and attempt
     * @return the status, with every task
     */
    static ManagedStatus of(
            ExecutionRecord record,
            Execution execution,
            List<Task> tasks,
            Map<Integer, Map<Integer, TaskAttemptResult>> seen) {
        ExecutionEnd end = isOver(execution) ? end(execution, tasks) : null;
        boolean stopping = isCancelling(execution);
        Map<Integer, TaskStatus> known = new HashMap<>();
        for (Task task : tasks) {
            known.put(
                    task.getIndex(),
                    TaskMapper.of(record, task, end, stopping, seen.getOrDefault(task.getIndex(), Map.of())));
        }
        List<TaskStatus> all = new ArrayList<>();
        for (int index = 0; index < record.tasks(); index++) {
            TaskStatus task = known.get(index);
            all.add(task == null ? unseen(record, execution.getName(), index, end) : task);
        }
        return new ManagedStatus(record.id(), execution.getName(), phase(execution, end, all), all);
    }

    /**
     * The status of an execution that was accepted but is not made yet.
     *
     * @param record the execution
     * @param name its name to be
     * @return every task queued
     */
    static ManagedStatus queued(ExecutionRecord record, String name) {
        List<TaskStatus> tasks = new ArrayList<>();
        for (int index = 0; index < record.tasks(); index++) {
            tasks.add(new TaskStatus(index, Phase.QUEUED, List.of()));
        }
        return new ManagedStatus(record.id(), name, Phase.QUEUED, tasks);
    }

    /**
     * The status of an execution that ended and has no tasks to look at: it was never made, or is there no more.
     *
     * @param record the execution
     * @param name its name
     * @param end how it ended
     * @return every task ended the same way
     */
    static ManagedStatus ended(ExecutionRecord record, String name, ExecutionEnd end) {
        List<TaskStatus> tasks = new ArrayList<>();
        for (int index = 0; index < record.tasks(); index++) {
            tasks.add(unseen(record, name, index, end));
        }
        return new ManagedStatus(record.id(), name, end.phase(), tasks);
    }

    private static TaskStatus unseen(ExecutionRecord record, String name, int index, @Nullable ExecutionEnd end) {
        if (end == null) {
            return new TaskStatus(index, Phase.QUEUED, List.of());
        }
        if (end.phase() == Phase.CANCELLED) {
            return new TaskStatus(index, Phase.CANCELLED, List.of());
        }
        AttemptStatus.Builder attempt = AttemptStatus.builder(
                        new AttemptKey(record.id(), record.specHash(), index, 0), AttemptState.ENDED)
                .nativeId(name)
                .timings(new Timings(record.createdAt(), null, end.at()));
        if (end.phase() == Phase.SUCCEEDED) {
            attempt.exitCode(0);
        } else {
            attempt.failure(end.failure());
        }
        if (end.phase() == Phase.TIMED_OUT) {
            attempt.stopReason(StopReason.TIMEOUT);
        }
        return new TaskStatus(index, end.phase(), List.of(attempt.build()));
    }

    /**
     * Whether nothing more happens to it.
     *
     * @param execution what Cloud Run shows
     * @return true if it ended, however
     */
    static boolean isOver(Execution execution) {
        Condition.State state = condition(execution, COMPLETED).getState();
        return state == Condition.State.CONDITION_SUCCEEDED
                || state == Condition.State.CONDITION_FAILED
                || execution.hasCompletionTime();
    }

    /**
     * Whether somebody cancelled it and it did not succeed all the same.
     *
     * @param execution what Cloud Run shows
     * @return true also while it is being cancelled
     */
    static boolean isCancelled(Execution execution) {
        // Tasks are also counted as cancelled when the others could not start: the condition has the reason of that,
        // then.
        boolean byCount = execution.getCancelledCount() > 0
                && execution.getFailedCount() == 0
                && condition(execution, COMPLETED).getReasonsCase() == Condition.ReasonsCase.REASONS_NOT_SET;
        return !hasSucceeded(execution) && (byCount || isCancelling(execution));
    }

    /**
     * Whether it was asked to stop.
     *
     * @param execution what Cloud Run shows
     * @return true also once it has stopped
     */
    static boolean isCancelling(Execution execution) {
        return execution.getConditionsList().stream()
                .filter(condition -> condition.getReasonsCase() == Condition.ReasonsCase.EXECUTION_REASON)
                .map(Condition::getExecutionReason)
                .anyMatch(reason -> reason == Condition.ExecutionReason.CANCELLED
                        || reason == Condition.ExecutionReason.CANCELLING);
    }

    private static boolean hasSucceeded(Execution execution) {
        return condition(execution, COMPLETED).getState() == Condition.State.CONDITION_SUCCEEDED
                || (execution.getTaskCount() > 0 && execution.getSucceededCount() >= execution.getTaskCount());
    }

    private static ExecutionEnd end(Execution execution, List<Task> tasks) {
        Condition completed = condition(execution, COMPLETED);
        if (hasSucceeded(execution)) {
            return new ExecutionEnd(
                    Phase.SUCCEEDED, Failure.of(FailureCause.UNKNOWN, "none"), Times.of(execution.getCompletionTime()));
        }
        if (isCancelled(execution)) {
            return new ExecutionEnd(
                    Phase.CANCELLED,
                    FailureMapper.failure(FailureCause.CANCELLED, "The execution was cancelled", "CANCELLED", null),
                    Times.of(execution.getCompletionTime()));
        }
        Failure failure = FailureMapper.of(
                completed.getState() == Condition.State.CONDITION_FAILED ? completed : firstFailed(execution));
        // The execution's own text is that of its first failed task; only where no task speaks it may mean all of them.
        boolean isTimeout = failure.cause() == FailureCause.TIMEOUT && tasks.isEmpty();
        return new ExecutionEnd(
                isTimeout ? Phase.TIMED_OUT : Phase.FAILED, failure, Times.of(execution.getCompletionTime()));
    }

    private static Condition firstFailed(Execution execution) {
        return execution.getConditionsList().stream()
                .filter(condition -> condition.getState() == Condition.State.CONDITION_FAILED)
                .findFirst()
                .orElse(Condition.getDefaultInstance());
    }

    private static Phase phase(Execution execution, @Nullable ExecutionEnd end, List<TaskStatus> tasks) {
        if (end == null) {
            return running(execution);
        }
        if (end.phase() != Phase.FAILED) {
            return end.phase();
        }
        boolean isTimeout = tasks.stream()
                .filter(task -> task.phase() != Phase.SUCCEEDED)
                .allMatch(task -> task.phase() == Phase.TIMED_OUT);
        return isTimeout && tasks.stream().anyMatch(task -> task.phase() == Phase.TIMED_OUT)
                ? Phase.TIMED_OUT
                : Phase.FAILED;
    }

    private static Phase running(Execution execution) {
        if (isCancelling(execution)) {
            return Phase.STOPPING;
        }
        boolean hasRun = execution.getRunningCount() + execution.getSucceededCount() + execution.getFailedCount() > 0;
        if (hasRun || isTrue(execution, STARTED)) {
            return Phase.RUNNING;
        }
        return execution.hasStartTime() || isTrue(execution, RESOURCES) ? Phase.STARTING : Phase.QUEUED;
    }

    private static boolean isTrue(Execution execution, String type) {
        return condition(execution, type).getState() == Condition.State.CONDITION_SUCCEEDED;
    }

    private static Condition condition(Execution execution, String type) {
        return Objects.requireNonNull(execution.getConditionsList().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElse(Condition.getDefaultInstance()));
    }
}
