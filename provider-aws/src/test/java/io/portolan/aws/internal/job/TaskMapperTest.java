package io.portolan.aws.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.StopReason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

class TaskMapperTest {
    private static final AttemptKey KEY = new AttemptKey(ExecutionId.of("nightly-1"), "hash", 3, 1);
    private static final String ARN = "arn:aws:ecs:eu-central-1:123456789012:task/default/0123456789abcdef";
    private static final Instant CREATED = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PROVISIONING, STARTING",
        "PENDING, STARTING",
        "ACTIVATING, STARTING",
        "RUNNING, RUNNING",
        "DEACTIVATING, STOPPING",
        "STOPPING, STOPPING",
        "DEPROVISIONING, STOPPING",
        "DELETED, GONE",
        "HIBERNATING, UNKNOWN"
    })
    void of_aTaskThatDidNotEnd_isWhereItStands(String lastStatus, AttemptState state) {
        AttemptStatus status = TaskMapper.of(KEY, task(lastStatus, "RUNNING").build(), null);

        assertThat(status.state()).isEqualTo(state);
        assertThat(status.nativeId()).hasValue(ARN);
        assertThat(status.failure()).isEmpty();
    }

    @Test
    void of_aTaskThatWasAskedToStop_isStopping() {
        Task task = task("RUNNING", "STOPPED")
                .stoppedReason(StopText.of(StopReason.TIMEOUT))
                .build();

        AttemptStatus status = TaskMapper.of(KEY, task, null);

        assertThat(status.state()).isEqualTo(AttemptState.STOPPING);
        assertThat(status.stopReason()).hasValue(StopReason.TIMEOUT);
    }

    @Test
    void of_aRunningTaskWhoseStopWasOnlyRecorded_isStoppingSoThatItIsAskedAgain() {
        AttemptStatus status = TaskMapper.of(KEY, task("RUNNING", "RUNNING").build(), StopReason.CANCELLED);

        assertThat(status.state()).isEqualTo(AttemptState.STOPPING);
        assertThat(status.stopReason()).hasValue(StopReason.CANCELLED);
    }

    @Test
    void of_anEndByItselfWithZero_isASuccessWithItsTimes() {
        AttemptStatus status = TaskMapper.of(KEY, exited(0, null), null);

        assertThat(status.isSuccess()).isTrue();
        assertThat(status.timings().startup()).hasValue(Duration.ofSeconds(20));
        assertThat(status.timings().run()).hasValue(Duration.ofSeconds(40));
    }

    @Test
    void of_anEndByItselfWhileAStopWasRecorded_isWhatTheProcessSaid() {
        assertThat(TaskMapper.of(KEY, exited(0, null), StopReason.TIMEOUT).isSuccess())
                .isTrue();
        assertThat(TaskMapper.of(KEY, exited(3, null), StopReason.TIMEOUT).stopReason())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1,", "3,", "137, 9", "139, 11", "143, 15", "255,"})
    void of_anotherExitCode_isAnExitOfTheProgram(int exit, @Nullable Integer signal) {
        AttemptStatus status = TaskMapper.of(KEY, exited(exit, null), null);

        assertThat(status.exitCode()).hasValue(exit);
        assertThat(status.signal().isPresent() ? status.signal().getAsInt() : null)
                .isEqualTo(signal);
        assertThat(status.failure().orElseThrow().cause()).isEqualTo(FailureCause.APP_EXIT);
        assertThat(status.failure().orElseThrow().isRetryable()).isTrue();
    }

    @Test
    void of_signal9WithoutAReason_hintsAtMemory() {
        Failure failure = TaskMapper.of(KEY, exited(137, null), null).failure().orElseThrow();

        assertThat(failure.hint().orElseThrow()).contains("resources.memory");
    }

    @Test
    void of_signal9ForLackOfMemory_isOutOfMemory() {
        String reason = "OutOfMemoryError: Container killed due to memory usage";

        Failure failure =
                TaskMapper.of(KEY, exited(137, reason), null).failure().orElseThrow();

        assertThat(failure.cause()).isEqualTo(FailureCause.OUT_OF_MEMORY);
        assertThat(failure.isRetryable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"TIMEOUT, TIMEOUT, 137", "CANCELLED, CANCELLED, 143", "CANCELLED, CANCELLED, 0", "TIMEOUT, TIMEOUT,"})
    void of_aStopOfOurs_isItsReasonWhateverTheExitCode(StopReason reason, FailureCause cause, @Nullable Integer exit) {
        Task task = stopped(TaskStopCode.USER_INITIATED, StopText.of(reason))
                .containers(main(exit, null))
                .build();

        AttemptStatus status = TaskMapper.of(KEY, task, null);

        assertThat(status.stopReason()).hasValue(reason);
        assertThat(status.failure().orElseThrow().cause()).isEqualTo(cause);
        assertThat(status.isSuccess()).isFalse();
    }

    @Test
    void of_aStopWithAnotherText_isTheRecordedReason() {
        Task task = stopped(TaskStopCode.USER_INITIATED, "Task stopped by user")
                .containers(main(137, null))
                .build();

        assertThat(TaskMapper.of(KEY, task, StopReason.TIMEOUT).stopReason()).hasValue(StopReason.TIMEOUT);
    }

    @Test
    void of_aStopBySomebodyElse_isCancelledButNotByUs() {
        Task task = stopped(TaskStopCode.USER_INITIATED, "Task stopped by user")
                .containers(main(0, null))
                .build();

        AttemptStatus status = TaskMapper.of(KEY, task, null);

        assertThat(status.stopReason()).isEmpty();
        assertThat(status.failure().orElseThrow().cause()).isEqualTo(FailureCause.CANCELLED);
    }

    @Test
    void of_aTimerThatEndedTheTask_isATimeout() {
        Task task = stopped(TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited")
                .containers(
                        main(137, null),
                        Container.builder().name("portolan-timer").exitCode(0).build())
                .build();

        assertThat(TaskMapper.of(KEY, task, null).stopReason()).hasValue(StopReason.TIMEOUT);
    }

    @Test
    void of_aTimerThatWasEndedByTheJob_isTheEndOfTheJob() {
        Task task = stopped(TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited")
                .containers(
                        main(0, null),
                        Container.builder().name("portolan-timer").exitCode(137).build())
                .build();

        assertThat(TaskMapper.of(KEY, task, null).isSuccess()).isTrue();
    }

    @Test
    void of_anInterruptedSpotTask_isPreemptedEvenIfItsProcessEndedWell() {
        Task task = stopped(TaskStopCode.SPOT_INTERRUPTION, "Your Spot Task was interrupted.")
                .containers(main(0, null))
                .build();

        AttemptStatus status = TaskMapper.of(KEY, task, null);

        assertThat(status.isSuccess()).isFalse();
        assertThat(status.failure().orElseThrow().cause()).isEqualTo(FailureCause.PREEMPTED);
    }

    @Test
    void of_aTaskWithoutContainersAndWithoutAWord_hadNoCapacity() {
        Task task = stopped(TaskStopCode.TASK_FAILED_TO_START, null).build();

        AttemptStatus status = TaskMapper.of(KEY, task, null);

        assertThat(status.exitCode()).isEmpty();
        assertThat(status.failure().orElseThrow().cause()).isEqualTo(FailureCause.NO_CAPACITY);
    }

    @Test
    void of_containersWithoutExitCode_isAFailureOfThePlatform() {
        Task task = stopped(TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited")
                .containers(main(null, null))
                .build();

        Failure failure = TaskMapper.of(KEY, task, null).failure().orElseThrow();

        assertThat(failure.cause()).isEqualTo(FailureCause.PLATFORM);
        assertThat(failure.isRetryable()).isTrue();
    }

    @Test
    void of_aReasonOfAContainer_countsAsThatOfTheTask() {
        Task task = stopped(TaskStopCode.TASK_FAILED_TO_START, "Task failed to start")
                .containers(
                        main(
                                null,
                                "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref docker.io/library/nope:1: docker.io/library/nope:1: not found"))
                .build();

        Failure failure = TaskMapper.of(KEY, task, null).failure().orElseThrow();

        assertThat(failure.cause()).isEqualTo(FailureCause.IMAGE_NOT_FOUND);
        assertThat(failure.nativeCode()).hasValue("CannotPullContainerError");
        assertThat(failure.message()).startsWith("Task failed to start; CannotPullContainerError");
    }

    @Test
    void of_aReasonThatEcsGivesTwice_isShownOnce() {
        String reason = "CannotStartContainerError: Error response from daemon: exec format error";
        Task task = stopped(TaskStopCode.TASK_FAILED_TO_START, reason)
                .containers(main(null, reason))
                .build();

        assertThat(TaskMapper.of(KEY, task, null).failure().orElseThrow().message())
                .isEqualTo(reason);
    }

    private static Task exited(int exit, @Nullable String reason) {
        return stopped(TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited")
                .containers(main(exit, reason))
                .startedAt(CREATED.plusSeconds(20))
                .executionStoppedAt(CREATED.plusSeconds(60))
                .stoppedAt(CREATED.plusSeconds(90))
                .build();
    }

    private static Task.Builder stopped(TaskStopCode code, @Nullable String reason) {
        return task("STOPPED", "STOPPED").stopCode(code).stoppedReason(reason);
    }

    private static Task.Builder task(String lastStatus, String desiredStatus) {
        return Task.builder()
                .taskArn(ARN)
                .lastStatus(lastStatus)
                .desiredStatus(desiredStatus)
                .createdAt(CREATED);
    }

    private static Container main(@Nullable Integer exit, @Nullable String reason) {
        return Container.builder()
                .name("Main")
                .lastStatus("STOPPED")
                .exitCode(exit)
                .reason(reason)
                .build();
    }
}
