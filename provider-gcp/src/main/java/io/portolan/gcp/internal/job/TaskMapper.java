package io.portolan.gcp.internal.job;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Task;
import com.google.cloud.run.v2.TaskAttemptResult;
import com.google.rpc.Code;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the neutral status of a task out of a task of Cloud Run. Pure. Cloud Run keeps the result of the last attempt only; what was seen of
 * earlier ones while they were the last comes in beside it.
 */
final class TaskMapper {
    private static final int SIGNALS = 128;
    private static final int LAST = 255;
    private static final int KILL = 9;
    private static final String COMPLETED = "Completed";
    private static final String NOT_KEPT =
            "The attempt failed and was tried again; Cloud Run keeps the result of the last attempt only";

    private TaskMapper() {}

    /**
     * The status.
     *
     * @param record whose task it is
     * @param task what Cloud Run shows
     * @param end how the execution ended; null while it runs
     * @param stopping whether it is being cancelled
     * @param earlier results of earlier attempts, by attempt, as far as they were seen
     * @return the status
     */
    static TaskStatus of(
            ExecutionRecord record,
            Task task,
            @Nullable ExecutionEnd end,
            boolean stopping,
            Map<Integer, TaskAttemptResult> earlier) {
        Phase phase = phase(task, end, stopping);
        List<AttemptStatus> attempts = new ArrayList<>();
        for (int attempt = 0; attempt < task.getRetried(); attempt++) {
            attempts.add(earlier(key(record, task, attempt), task, earlier.get(attempt)));
        }
        AttemptState state = lastState(phase, task);
        if (state != null) {
            attempts.add(last(key(record, task, task.getRetried()), task, phase, state, end));
        }
        return new TaskStatus(task.getIndex(), phase, attempts);
    }

    private static AttemptKey key(ExecutionRecord record, Task task, int attempt) {
        return new AttemptKey(record.id(), record.specHash(), task.getIndex(), attempt);
    }

    private static Phase phase(Task task, @Nullable ExecutionEnd end, boolean stopping) {
        if (isOver(task)) {
            return endOf(task);
        }
        if (end != null) {
            return end.phaseOfATask(task.hasStartTime());
        }
        if (!task.hasStartTime()) {
            return task.hasScheduledTime() ? Phase.STARTING : Phase.QUEUED;
        }
        return stopping ? Phase.STOPPING : Phase.RUNNING;
    }

    static boolean isOver(Task task) {
        Condition.State state = completed(task).getState();
        return state == Condition.State.CONDITION_SUCCEEDED
                || state == Condition.State.CONDITION_FAILED
                || task.hasCompletionTime();
    }

    private static Phase endOf(Task task) {
        Condition condition = completed(task);
        TaskAttemptResult result = task.getLastAttemptResult();
        if (condition.getState() == Condition.State.CONDITION_SUCCEEDED) {
            return Phase.SUCCEEDED;
        }
        if (isCancelled(condition) || result.getStatus().getCode() == Code.CANCELLED_VALUE) {
            return Phase.CANCELLED;
        }
        if (isTimeout(condition, result)) {
            return Phase.TIMED_OUT;
        }
        boolean isWell = condition.getState() != Condition.State.CONDITION_FAILED
                && task.hasLastAttemptResult()
                && result.getStatus().getCode() == Code.OK_VALUE
                && result.getExitCode() == 0
                && result.getTermSignal() == 0;
        return isWell ? Phase.SUCCEEDED : Phase.FAILED;
    }

    private static boolean isCancelled(Condition condition) {
        return condition.getReasonsCase() == Condition.ReasonsCase.EXECUTION_REASON
                && (condition.getExecutionReason() == Condition.ExecutionReason.CANCELLED
                        || condition.getExecutionReason() == Condition.ExecutionReason.DELETED);
    }

    private static boolean isTimeout(Condition condition, TaskAttemptResult result) {
        return ExecutionEnd.isTimeout(result.getStatus().getMessage())
                || (result.getStatus().getCode() == Code.DEADLINE_EXCEEDED_VALUE)
                || ExecutionEnd.isTimeout(condition.getMessage());
    }

    /** Null if the platform made no attempt: a task that waited for its turn when the execution was cancelled. */
    private static @Nullable AttemptState lastState(Phase phase, Task task) {
        return switch (phase) {
            case QUEUED -> null;
            case STARTING -> AttemptState.STARTING;
            case RUNNING -> AttemptState.RUNNING;
            case STOPPING -> AttemptState.STOPPING;
            case CANCELLED -> task.hasStartTime() ? AttemptState.ENDED : null;
            default -> AttemptState.ENDED;
        };
    }

    private static AttemptStatus last(
            AttemptKey key, Task task, Phase phase, AttemptState state, @Nullable ExecutionEnd end) {
        AttemptStatus.Builder status = AttemptStatus.builder(key, state).nativeId(task.getName());
        if (state != AttemptState.ENDED) {
            return status.timings(timings(task, null)).build();
        }
        Instant finished = task.hasCompletionTime() || end == null ? Times.of(task.getCompletionTime()) : end.at();
        status.timings(timings(task, finished));
        if (phase == Phase.SUCCEEDED) {
            return status.exitCode(0).build();
        }
        exit(status, task.getLastAttemptResult());
        Failure failure = failure(task, phase, end);
        return status.stopReason(reason(phase)).failure(failure).build();
    }

    private static AttemptStatus earlier(AttemptKey key, Task task, @Nullable TaskAttemptResult result) {
        AttemptStatus.Builder status = AttemptStatus.builder(key, AttemptState.ENDED)
                .nativeId(task.getName())
                .timings(new Timings(Times.of(task.getCreateTime()), null, null));
        if (result == null) {
            return status.failure(Failure.of(FailureCause.UNKNOWN, NOT_KEPT).nativeCode("RETRIED"))
                    .build();
        }
        exit(status, result);
        boolean isTimeout = isTimeout(Condition.getDefaultInstance(), result);
        return status.stopReason(isTimeout ? StopReason.TIMEOUT : null)
                .failure(ofResult(result, ""))
                .build();
    }

    private static @Nullable StopReason reason(Phase phase) {
        return switch (phase) {
            case CANCELLED -> StopReason.CANCELLED;
            case TIMED_OUT -> StopReason.TIMEOUT;
            default -> null;
        };
    }

    /** What is not set is 0: a container that never ended by itself has no exit code, whatever the number says. */
    private static void exit(AttemptStatus.Builder status, TaskAttemptResult result) {
        int exit = result.getExitCode();
        int signal = result.getTermSignal();
        if (exit != 0) {
            status.exitCode(exit);
        }
        if (signal != 0) {
            status.signal(signal);
        } else if (exit > SIGNALS && exit < LAST) {
            status.signal(exit - SIGNALS);
        }
    }

    private static Failure failure(Task task, Phase phase, @Nullable ExecutionEnd end) {
        Condition condition = completed(task);
        if (phase == Phase.CANCELLED) {
            return FailureMapper.failure(FailureCause.CANCELLED, "The execution was cancelled", "CANCELLED", null);
        }
        TaskAttemptResult result = task.getLastAttemptResult();
        if (!hasSaid(result) && condition.getState() != Condition.State.CONDITION_FAILED && end != null) {
            return end.failure();
        }
        boolean byCondition = condition.getReasonsCase() == Condition.ReasonsCase.REASON || !hasSaid(result);
        return byCondition ? FailureMapper.of(condition) : ofResult(result, condition.getMessage());
    }

    private static boolean hasSaid(TaskAttemptResult result) {
        return result.getStatus().getCode() != Code.OK_VALUE
                || result.getExitCode() != 0
                || result.getTermSignal() != 0;
    }

    private static Failure ofResult(TaskAttemptResult result, String more) {
        String said = result.getStatus().getMessage();
        String text = more.isBlank() || said.contains(more) ? said : said.isBlank() ? more : said + "; " + more;
        int exit = result.getExitCode();
        String code = exit != 0
                ? Integer.toString(exit)
                : String.valueOf(Code.forNumber(result.getStatus().getCode()));
        if (result.getStatus().getCode() == Code.DEADLINE_EXCEEDED_VALUE) {
            return FailureMapper.failure(FailureCause.TIMEOUT, text, code, null);
        }
        return FailureMapper.find(text, code).orElseGet(() -> ofExit(result, text, code));
    }

    private static Failure ofExit(TaskAttemptResult result, String text, String code) {
        int exit = result.getExitCode();
        int signal = result.getTermSignal();
        if (exit != 0) {
            Failure failure = FailureMapper.failure(
                    FailureCause.APP_EXIT, "The process ended with exit code " + exit + said(text), code, null);
            return exit == SIGNALS + KILL
                    ? failure.hint("If nothing in the container sends signal 9, it needed more memory than it has:"
                            + " raise resources.memory")
                    : failure;
        }
        if (signal != 0) {
            // The platform sent it. Cancels and timeouts are told apart before; what is left of signal 9 is mostly want
            // of memory.
            return signal == KILL
                    ? FailureMapper.failure(
                            FailureCause.OUT_OF_MEMORY,
                            "The container was ended by signal 9, most likely because it needed more memory than it has"
                                    + said(text),
                            "SIGNAL_9",
                            FailureMapper.MORE_MEMORY)
                    : FailureMapper.failure(
                            FailureCause.APP_EXIT,
                            "The container was ended by signal " + signal + said(text),
                            "SIGNAL_" + signal,
                            null);
        }
        return FailureMapper.failure(FailureCause.PLATFORM, text, code, null);
    }

    private static String said(String text) {
        return text.isBlank() ? "" : ": " + text;
    }

    /** The platform does not promise that its moments are in order. */
    private static Timings timings(Task task, @Nullable Instant finished) {
        Instant started = Times.of(task.getStartTime());
        Instant created = Times.of(task.getCreateTime());
        if (created != null && started != null && started.isBefore(created)) {
            created = started;
        }
        Instant end = finished != null && started != null && finished.isBefore(started) ? started : finished;
        return new Timings(created, started, end);
    }

    private static Condition completed(Task task) {
        return task.getConditionsList().stream()
                .filter(condition -> condition.getType().equals(COMPLETED))
                .findFirst()
                .orElse(Condition.getDefaultInstance());
    }
}
