package io.portolan.gcp.internal.job;

import static io.portolan.gcp.internal.job.Shapes.at;
import static io.portolan.gcp.internal.job.Shapes.completed;
import static io.portolan.gcp.internal.job.Shapes.execution;
import static io.portolan.gcp.internal.job.Shapes.exit;
import static io.portolan.gcp.internal.job.Shapes.failed;
import static io.portolan.gcp.internal.job.Shapes.record;
import static io.portolan.gcp.internal.job.Shapes.result;
import static io.portolan.gcp.internal.job.Shapes.running;
import static io.portolan.gcp.internal.job.Shapes.succeeded;
import static io.portolan.gcp.internal.job.Shapes.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.Condition;
import com.google.cloud.run.v2.Condition.ExecutionReason;
import com.google.cloud.run.v2.Condition.State;
import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.Task;
import com.google.cloud.run.v2.TaskAttemptResult;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.Phase;
import io.portolan.run.TaskStatus;
import io.portolan.spi.ManagedStatus;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutionMapperTest {
    private static ManagedStatus status(Execution.Builder execution, Task.Builder... tasks) {
        return ExecutionMapper.of(
                record(execution.getTaskCount()),
                execution.build(),
                Arrays.stream(tasks).map(Task.Builder::build).toList(),
                Map.of());
    }

    private static Execution.Builder ended(int tasks, Condition condition) {
        return execution(tasks).setCompletionTime(at(9)).addConditions(condition);
    }

    private static FailureCause causeOf(TaskStatus task) {
        return task.failure().map(Failure::cause).orElseThrow();
    }

    private static TaskStatus only(ManagedStatus status) {
        assertThat(status.tasks()).hasSize(1);
        return status.tasks().get(0);
    }

    @Test
    void newExecution_isQueued_withAllItsTasks() {
        ManagedStatus status = status(execution(3));

        assertThat(status.phase()).isEqualTo(Phase.QUEUED);
        assertThat(status.tasks())
                .extracting(TaskStatus::phase)
                .containsOnly(Phase.QUEUED)
                .hasSize(3);
    }

    @Test
    void execution_thatHasResources_isStarting_thenRunning() {
        assertThat(status(execution(1)
                                .addConditions(Condition.newBuilder()
                                        .setType("ResourcesAvailable")
                                        .setState(State.CONDITION_SUCCEEDED)))
                        .phase())
                .isEqualTo(Phase.STARTING);
        assertThat(status(execution(1).setRunningCount(1), running(0)).phase()).isEqualTo(Phase.RUNNING);
        assertThat(status(execution(2).setSucceededCount(1)).phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void tasks_areInPhasesOfTheirOwn() {
        ManagedStatus status = status(
                execution(4).setRunningCount(2), succeeded(0), running(1), task(2).setScheduledTime(at(1)), task(3));

        assertThat(status.tasks())
                .extracting(TaskStatus::phase)
                .containsExactly(Phase.SUCCEEDED, Phase.RUNNING, Phase.STARTING, Phase.QUEUED);
        assertThat(status.tasks()).extracting(task -> task.attempts().size()).containsExactly(1, 1, 1, 0);
    }

    @Test
    void success_hasExitCodeZero_andTimes() {
        ManagedStatus status = status(ended(1, completed(State.CONDITION_SUCCEEDED)), succeeded(0));

        AttemptStatus attempt = only(status).attempts().get(0);
        assertThat(status.phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(attempt.isSuccess()).isTrue();
        assertThat(attempt.nativeId()).hasValueSatisfying(id -> assertThat(id).endsWith("-task0"));
        assertThat(attempt.timings().createdAt()).isEqualTo(Shapes.CREATED);
        assertThat(attempt.timings().startedAt()).isEqualTo(Shapes.CREATED.plusSeconds(2));
        assertThat(attempt.timings().finishedAt()).isEqualTo(Shapes.CREATED.plusSeconds(9));
    }

    /** The list of tasks may be older than the execution. */
    @Test
    void success_whoseTaskDoesNotSayItYet_isOne() {
        ManagedStatus status = status(ended(2, completed(State.CONDITION_SUCCEEDED)), running(0));

        assertThat(status.tasks()).extracting(TaskStatus::phase).containsOnly(Phase.SUCCEEDED);
        assertThat(status.tasks())
                .allSatisfy(task -> assertThat(task.exitCode()).hasValue(0));
    }

    @Test
    void failure_hasTheExitCodeOfItsProcess() {
        ManagedStatus status = status(
                ended(1, completed(State.CONDITION_FAILED, ExecutionReason.NON_ZERO_EXIT_CODE, "Task failed")),
                failed(0, exit(42)));

        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(only(status).exitCode()).hasValue(42);
        assertThat(only(status).signal()).isEmpty();
        assertThat(causeOf(only(status))).isEqualTo(FailureCause.APP_EXIT);
        assertThat(only(status).failure().orElseThrow().nativeCode()).hasValue("42");
    }

    @Test
    void exitCodeAbove128_isASignalToo() {
        TaskStatus task = only(status(ended(1, completed(State.CONDITION_FAILED)), failed(0, exit(143))));

        assertThat(task.signal()).hasValue(15);
        assertThat(causeOf(task)).isEqualTo(FailureCause.APP_EXIT);
    }

    @Test
    void exitCode137_isTheProcesss_withAHint() {
        TaskStatus task = only(status(ended(1, completed(State.CONDITION_FAILED)), failed(0, exit(137))));

        assertThat(causeOf(task)).isEqualTo(FailureCause.APP_EXIT);
        assertThat(task.failure().orElseThrow().hint())
                .hasValueSatisfying(hint -> assertThat(hint).contains("resources.memory"));
    }

    /** Only the signal is there to judge by. */
    @Test
    void signal9_ofTheSystem_isTakenForWantOfMemory() {
        TaskStatus task = only(status(
                ended(1, completed(State.CONDITION_FAILED)),
                failed(0, TaskAttemptResult.newBuilder().setTermSignal(9).build())));

        assertThat(causeOf(task)).isEqualTo(FailureCause.OUT_OF_MEMORY);
        assertThat(task.failure().orElseThrow().message()).contains("most likely");
    }

    /** The exit code of a container that did not end by itself is not set, which looks like 0. */
    @Test
    void failureWithoutExitCode_hasNone() {
        TaskStatus task = only(status(
                ended(1, completed(State.CONDITION_FAILED)),
                failed(
                        0,
                        TaskAttemptResult.newBuilder()
                                .setTermSignal(9)
                                .setStatus(com.google.rpc.Status.newBuilder()
                                        .setCode(8)
                                        .setMessage("Memory limit of 512 MiB exceeded with 515 MiB used."))
                                .build())));

        assertThat(task.exitCode()).isEmpty();
        assertThat(task.signal()).hasValue(9);
        assertThat(causeOf(task)).isEqualTo(FailureCause.OUT_OF_MEMORY);
        assertThat(task.phase()).isEqualTo(Phase.FAILED);
    }

    @Test
    void timeout_ofATask_isNoExit() {
        ManagedStatus status = status(
                ended(1, completed(State.CONDITION_FAILED, ExecutionReason.NON_ZERO_EXIT_CODE, "")),
                failed(0, result(4, "The configured timeout was reached.")));

        assertThat(status.phase()).isEqualTo(Phase.TIMED_OUT);
        assertThat(only(status).phase()).isEqualTo(Phase.TIMED_OUT);
        assertThat(causeOf(only(status))).isEqualTo(FailureCause.TIMEOUT);
    }

    @Test
    void timeout_amongOtherFailures_isAFailure() {
        ManagedStatus status = status(
                ended(2, completed(State.CONDITION_FAILED)),
                failed(0, result(2, "The configured timeout was reached.")),
                failed(1, exit(1)));

        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(status.tasks()).extracting(TaskStatus::phase).containsExactly(Phase.TIMED_OUT, Phase.FAILED);
    }

    @Test
    void timeout_amongSuccesses_isATimeout() {
        ManagedStatus status = status(
                ended(2, completed(State.CONDITION_FAILED)),
                succeeded(0),
                failed(1, result(2, "The configured timeout was reached.")));

        assertThat(status.phase()).isEqualTo(Phase.TIMED_OUT);
    }

    /** The operation of a cancelled execution ends without an error, and nothing is counted as failed. */
    @Test
    void cancelled_isSeenByConditionOrCount() {
        Condition byReason = completed(State.CONDITION_FAILED, ExecutionReason.CANCELLED, "Execution cancelled");

        assertThat(status(ended(1, byReason)).phase()).isEqualTo(Phase.CANCELLED);
        assertThat(status(ended(1, completed(State.CONDITION_FAILED)).setCancelledCount(1))
                        .phase())
                .isEqualTo(Phase.CANCELLED);
        assertThat(status(execution(1).setCompletionTime(at(9)).setCancelledCount(1))
                        .phase())
                .isEqualTo(Phase.CANCELLED);
        assertThat(ExecutionMapper.isCancelled(ended(1, byReason).build())).isTrue();
    }

    @Test
    void cancelled_tasksThatNeverStarted_haveNoAttempt() {
        ManagedStatus status = status(
                ended(3, completed(State.CONDITION_FAILED, ExecutionReason.CANCELLED, ""))
                        .setCancelledCount(2),
                succeeded(0),
                running(1),
                task(2));

        assertThat(status.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(status.tasks())
                .extracting(TaskStatus::phase)
                .containsExactly(Phase.SUCCEEDED, Phase.CANCELLED, Phase.CANCELLED);
        assertThat(status.tasks()).extracting(t -> t.attempts().size()).containsExactly(1, 1, 0);
        assertThat(causeOf(status.tasks().get(1))).isEqualTo(FailureCause.CANCELLED);
    }

    @Test
    void cancelling_isStopping() {
        ManagedStatus status = status(
                execution(1)
                        .setRunningCount(1)
                        .addConditions(completed(State.CONDITION_RECONCILING, ExecutionReason.CANCELLING, "")),
                running(0));

        assertThat(status.phase()).isEqualTo(Phase.STOPPING);
        assertThat(only(status).attempts()).extracting(AttemptStatus::state).containsExactly(AttemptState.STOPPING);
    }

    @Test
    void cancelThatCameTooLate_isASuccess() {
        ManagedStatus status = status(
                ended(1, completed(State.CONDITION_SUCCEEDED))
                        .addConditions(
                                Condition.newBuilder().setType("Retry").setExecutionReason(ExecutionReason.CANCELLING)),
                succeeded(0));

        assertThat(status.phase()).isEqualTo(Phase.SUCCEEDED);
    }

    @Test
    void retriedTask_hasAllItsAttempts() {
        ManagedStatus status = status(
                ended(1, completed(State.CONDITION_FAILED)), failed(0, exit(3)).setRetried(2));

        assertThat(only(status).attempts()).extracting(a -> a.key().attempt()).containsExactly(0, 1, 2);
        assertThat(only(status).attempts()).noneMatch(AttemptStatus::isSuccess);
        assertThat(only(status).exitCode()).hasValue(3);
        assertThat(only(status).attempts().get(0).failure().orElseThrow().message())
                .contains("result of the last attempt only");
    }

    @Test
    void retriedTask_hasTheResultsThatWereSeen() {
        ManagedStatus status = ExecutionMapper.of(
                record(1),
                ended(1, completed(State.CONDITION_SUCCEEDED)).build(),
                java.util.List.of(succeeded(0).setRetried(1).build()),
                Map.of(0, Map.of(0, exit(3))));

        assertThat(only(status).attempts())
                .extracting(attempt -> attempt.exitCode().orElse(-1))
                .containsExactly(3, 0);
    }

    @Test
    void executionThatCouldNotStart_givesItsReasonToAllTasks() {
        Condition missing = completed(State.CONDITION_FAILED).toBuilder()
                .setReason(Condition.CommonReason.CONTAINER_MISSING)
                .setMessage("Image 'x' not found.")
                .build();

        ManagedStatus status = status(ended(2, missing), task(0));

        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(status.tasks()).allSatisfy(task -> {
            assertThat(task.attempts()).hasSize(1);
            assertThat(causeOf(task)).isEqualTo(FailureCause.IMAGE_NOT_FOUND);
        });
    }

    @Test
    void moments_outOfOrder_arePutInOrder() {
        AttemptStatus attempt = only(status(
                        ended(1, completed(State.CONDITION_SUCCEEDED)),
                        succeeded(0).setCreateTime(at(5)).setCompletionTime(at(1))))
                .attempts()
                .get(0);

        assertThat(attempt.timings().createdAt()).isEqualTo(attempt.timings().startedAt());
        assertThat(attempt.timings().finishedAt()).isEqualTo(attempt.timings().startedAt());
    }
}
