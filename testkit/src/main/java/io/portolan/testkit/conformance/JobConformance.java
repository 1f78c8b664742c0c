package io.portolan.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.portability.Capability;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.LogLine;
import io.portolan.run.Phase;
import io.portolan.run.TaskStatus;
import io.portolan.run.Timings;
import io.portolan.spec.JobSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How jobs run and how they end. */
@Needs(Capability.JOBS)
@DisplayName("Jobs")
public abstract class JobConformance extends Conformance {
    /** For subclasses. */
    protected JobConformance() {}

    private JobExecution start(JobSpec.Builder spec) {
        return cloud().jobs().run(spec.build(), newId());
    }

    private JobResult end(JobSpec.Builder spec, Wait wait) {
        return wait.result(start(spec), limit());
    }

    private static TaskStatus only(JobResult result) {
        assertThat(result.tasks()).hasSize(1);
        return result.tasks().get(0);
    }

    private static FailureCause causeOf(TaskStatus task) {
        return task.failure().map(Failure::cause).orElseThrow(() -> new AssertionError("no failure in " + task));
    }

    @Nested
    @DisplayName("A job that works")
    class Success {
        @ParameterizedTest(name = "seen by {0}")
        @EnumSource
        @DisplayName("succeeds when its process ends with exit code 0")
        void exitZero_always_succeeds(Wait wait) {
            JobResult result = end(job(new TestProgram.Exit(0)), wait);

            assertThat(result.phase()).isEqualTo(Phase.SUCCEEDED);
            assertThat(result.isSucceeded()).isTrue();
            assertThat(result.failure()).isEmpty();
            assertThat(only(result).exitCode()).hasValue(0);
            assertThat(only(result).attempts()).singleElement().satisfies(attempt -> {
                assertThat(attempt.state()).isEqualTo(AttemptState.ENDED);
                assertThat(attempt.isSuccess()).isTrue();
                assertThat(attempt.nativeId()).isPresent();
            });
        }

        @Test
        @DisplayName("tells when it was created, started and finished, in this order")
        void timings_ofASuccess_areInOrder() {
            Timings timings =
                    only(run(job(new TestProgram.Exit(0)))).attempts().get(0).timings();

            Instant created = timings.createdAt();
            Instant started = timings.startedAt();
            Instant finished = timings.finishedAt();
            assertThat(started).isNotNull().isAfterOrEqualTo(created);
            assertThat(finished).isNotNull().isAfterOrEqualTo(started);
        }

        @Test
        @DisplayName("keeps its result: status, a second await and a new future say the same")
        void result_askedAgain_isTheSame() {
            JobExecution execution = start(job(new TestProgram.Exit(0)));
            JobResult result = execution.await(limit());

            assertThat(execution.await(limit())).isEqualTo(result);
            assertThat(execution.completion().join()).isEqualTo(result);
            assertThat(execution.status().phase()).isEqualTo(result.phase());
            assertThat(execution.status().tasks()).isEqualTo(result.tasks());
        }

        @Test
        @DisplayName("goes on when a wait runs out of time or its future is cancelled")
        void wait_givenUp_doesNotStopTheExecution() {
            JobExecution execution = start(job(sleepFor(2)));

            PortolanException late =
                    catchThrowableOfType(PortolanException.class, () -> execution.await(Duration.ofMillis(1)));
            CompletableFuture<JobResult> future = execution.completion();
            future.cancel(true);

            assertThat(late.code()).isEqualTo(ErrorCode.TIMEOUT);
            assertThat(execution.await(limit()).isSucceeded()).isTrue();
        }

        @Test
        @DisplayName("is seen in phases that only go forward")
        void phases_whileItRuns_goForward() {
            JobExecution execution = start(job(sleepFor(1)));
            List<Phase> seen = new ArrayList<>();

            eventually().until(() -> {
                seen.add(execution.status().phase());
                return seen.get(seen.size() - 1).isTerminal();
            });

            assertThat(seen).isSorted().contains(Phase.RUNNING).endsWith(Phase.SUCCEEDED);
        }
    }

    @Nested
    @DisplayName("A job that fails")
    class Failures {
        @ParameterizedTest(name = "seen by {0}")
        @EnumSource
        @DisplayName("has the exit code of its process, and is a result and no exception")
        void exitCode_notZero_isTheResult(Wait wait) {
            JobResult result = end(job(new TestProgram.Exit(42)), wait);

            assertThat(result.phase()).isEqualTo(Phase.FAILED);
            assertThat(only(result).exitCode()).hasValue(42);
            assertThat(only(result).signal()).isEmpty();
            assertThat(causeOf(only(result))).isEqualTo(FailureCause.APP_EXIT);
            assertThat(result.failure()).isEqualTo(only(result).failure());
        }

        @Test
        @DisplayName("with exit code 137 of its own did not run out of memory")
        void exit137_ofItsOwn_isNoOutOfMemory() {
            TaskStatus task = only(run(job(new TestProgram.Exit(137))));

            assertThat(causeOf(task)).isEqualTo(FailureCause.APP_EXIT);
            assertThat(task.phase()).isEqualTo(Phase.FAILED);
        }

        @Test
        @DisplayName("by a signal has the signal, or exit code 128 + signal")
        void signal_ofItsOwn_isSeen() {
            TaskStatus task = only(run(job(new TestProgram.DieBySignal(15))));

            assertThat(causeOf(task)).isEqualTo(FailureCause.APP_EXIT);
            assertThat(task.signal().orElse(task.exitCode().orElse(0) - 128)).isEqualTo(15);
        }

        private void requireOneAttempt(TaskStatus task) {
            if (!harness().retriesAnyFailure()) {
                assertThat(task.attempts()).hasSize(1);
            }
        }

        @Test
        @DisplayName("for want of memory says so, and is not tried again")
        void memory_exceeded_isOutOfMemory() {
            TaskStatus task = only(run(retried(job(new TestProgram.OutOfMemory()))));

            assertThat(causeOf(task)).isEqualTo(FailureCause.OUT_OF_MEMORY);
            requireOneAttempt(task);
        }

        @Test
        @DisplayName("for a command that is not in the image says so, and is not tried again")
        void command_missing_isBadCommand() {
            TaskStatus task = only(run(retried(job(new TestProgram.BadCommand()))));

            assertThat(causeOf(task)).isEqualTo(FailureCause.BAD_COMMAND);
            requireOneAttempt(task);
        }

        @Test
        @DisplayName("for an image that is nowhere says so, and is not tried again")
        void image_missing_isImageNotFound() {
            TaskStatus task = only(run(retried(job(new TestProgram.MissingImage()))));

            assertThat(causeOf(task)).isEqualTo(FailureCause.IMAGE_NOT_FOUND);
            assertThat(task.failure().orElseThrow().message()).isNotBlank();
            assertThat(task.attempts()).hasSize(1);
        }

        private JobSpec.Builder retried(JobSpec.Builder spec) {
            return cloud().capabilities().has(Capability.TASK_RETRIES) ? spec.maxRetries(1) : spec;
        }
    }

    @Nested
    @Needs(Capability.PARALLEL_TASKS)
    @DisplayName("A job of several tasks")
    class Tasks {
        @ParameterizedTest(name = "seen by {0}")
        @EnumSource
        @DisplayName("tells each task its index, their number and its attempt")
        void contract_ofEachTask_isInItsEnvironment(Wait wait) {
            List<String> names = List.of("CLOUD_RUN_TASK_INDEX", "CLOUD_RUN_TASK_COUNT", "CLOUD_RUN_TASK_ATTEMPT");
            JobExecution execution = start(job(new TestProgram.ShowEnv(names)).tasks(3));
            JobResult result = wait.result(execution, limit());
            List<LogLine> lines = lines(execution);

            assertThat(result.isSucceeded()).as(result.toString()).isTrue();
            assertThat(result.tasks()).extracting(TaskStatus::index).containsExactly(0, 1, 2);
            for (int index = 0; index < 3; index++) {
                int task = index;
                assertThat(lines.stream().filter(l -> l.task() == task).map(LogLine::text))
                        .as("lines of task " + task)
                        .containsExactly(
                                Encoded.line(names.get(0), Integer.toString(task)),
                                Encoded.line(names.get(1), "3"),
                                Encoded.line(names.get(2), "0"));
            }
        }

        @Test
        @DisplayName("runs as many tasks at once as the parallelism allows, and never more")
        void parallelism_ofTwo_isKept() {
            JobResult result = run(job(sleepFor(1)).tasks(5).parallelism(2));

            assertThat(result.isSucceeded()).as(result.toString()).isTrue();
            assertThat(mostAtOnce(result)).isEqualTo(2);
        }

        private long mostAtOnce(JobResult result) {
            List<Timings> times = result.tasks().stream()
                    .map(t -> t.attempts().get(0).timings())
                    .toList();
            return times.stream()
                    .map(t -> Objects.requireNonNull(t.startedAt()))
                    .sorted(Comparator.naturalOrder())
                    .mapToLong(moment -> times.stream()
                            .filter(t -> !Objects.requireNonNull(t.startedAt()).isAfter(moment)
                                    && Objects.requireNonNull(t.finishedAt()).isAfter(moment))
                            .count())
                    .max()
                    .orElse(0);
        }

        @Test
        @DisplayName("lets the others go on when one task fails for good")
        void failedTask_amongOthers_stopsNoOther() {
            JobResult result = run(job(new TestProgram.FailTask(1, 3)).tasks(3).parallelism(1));

            assertThat(result.phase()).isEqualTo(Phase.FAILED);
            assertThat(result.tasks())
                    .extracting(TaskStatus::phase)
                    .containsExactly(Phase.SUCCEEDED, Phase.FAILED, Phase.SUCCEEDED);
            assertThat(result.failure().orElseThrow().cause()).isEqualTo(FailureCause.APP_EXIT);
        }
    }

    @Nested
    @Needs(Capability.TASK_RETRIES)
    @DisplayName("A task that fails")
    class Retries {
        @ParameterizedTest(name = "seen by {0}")
        @EnumSource
        @DisplayName("is tried again with the next attempt number, and the result has both attempts")
        void failure_thatMayMend_isTriedAgain(Wait wait) {
            JobExecution execution =
                    start(job(new TestProgram.FailFirstAttempt(3)).maxRetries(2));
            TaskStatus task = only(wait.result(execution, limit()));

            assertThat(task.phase()).isEqualTo(Phase.SUCCEEDED);
            assertThat(task.attempts()).extracting(a -> a.key().attempt()).containsExactly(0, 1);
            assertThat(task.attempts()).extracting(a -> a.exitCode().orElse(-1)).containsExactly(3, 0);
            assertThat(texts(execution)).contains("attempt 1");
        }

        @Test
        @DisplayName("fails for good when no retry is left")
        void retries_usedUp_fail() {
            TaskStatus task = only(run(job(new TestProgram.Exit(3)).maxRetries(2)));

            assertThat(task.phase()).isEqualTo(Phase.FAILED);
            assertThat(task.attempts()).hasSize(3).noneMatch(AttemptStatus::isSuccess);
            assertThat(task.attempts()).extracting(a -> a.key().attempt()).containsExactly(0, 1, 2);
        }
    }

    @Nested
    @Needs(Capability.TASK_TIMEOUT)
    @DisplayName("A task that runs too long")
    class Timeouts {
        private JobSpec.Builder tooLong() {
            return job(new TestProgram.Sleep(Duration.ofMinutes(30))).timeout(Duration.ofSeconds(1));
        }

        @ParameterizedTest(name = "seen by {0}")
        @EnumSource
        @DisplayName("is stopped and times out")
        void attempt_longerThanItsTimeout_timesOut(Wait wait) {
            JobResult result = end(tooLong(), wait);

            assertThat(result.phase()).isEqualTo(Phase.TIMED_OUT);
            assertThat(only(result).phase()).isEqualTo(Phase.TIMED_OUT);
            assertThat(causeOf(only(result))).isEqualTo(FailureCause.TIMEOUT);
        }

        @Test
        @Needs(Capability.TASK_RETRIES)
        @DisplayName("is tried again while retries are left: the time is that of one attempt")
        void timeout_withARetry_isTriedAgain() {
            TaskStatus task = only(run(tooLong().maxRetries(1)));

            assertThat(task.phase()).isEqualTo(Phase.TIMED_OUT);
            assertThat(task.attempts())
                    .hasSize(2)
                    .allSatisfy(a -> assertThat(a.failure()).map(Failure::cause).contains(FailureCause.TIMEOUT));
        }

        @Test
        @Needs(value = Capability.STOP_GRACE_PERIOD, tellsALack = false)
        @DisplayName("and does not listen is killed after the grace period")
        void attempt_thatIgnoresTheRequest_isKilled() {
            JobResult result = run(job(new TestProgram.IgnoreStop())
                    .timeout(Duration.ofSeconds(1))
                    .stopGracePeriod(Duration.ofSeconds(1)));

            assertThat(result.phase()).isEqualTo(Phase.TIMED_OUT);
        }
    }

    @Nested
    @Needs(Capability.JOB_CANCEL)
    @DisplayName("Cancelling")
    class Cancelling {
        private JobExecution running(JobSpec.Builder spec) {
            JobExecution execution = start(spec);
            eventually().until(() -> execution.status().count(Phase.RUNNING) > 0);
            return execution;
        }

        @ParameterizedTest(name = "seen by {0}")
        @EnumSource
        @DisplayName("stops what runs")
        void cancel_running_stopsIt(Wait wait) {
            JobExecution execution = running(job(new TestProgram.Sleep(Duration.ofMinutes(30))));

            execution.cancel();

            JobResult result = wait.result(execution, limit());
            assertThat(result.phase()).isEqualTo(Phase.CANCELLED);
            assertThat(only(result).phase()).isEqualTo(Phase.CANCELLED);
            assertThat(only(result).attempts()).noneMatch(AttemptStatus::isSuccess);
        }

        @Test
        @Needs(Capability.PARALLEL_TASKS)
        @DisplayName("keeps what waits for its turn from starting")
        void cancel_queuedTasks_neverStart() {
            JobExecution execution = running(
                    job(new TestProgram.Sleep(Duration.ofMinutes(30))).tasks(3).parallelism(1));

            execution.cancel();

            JobResult result = execution.await(limit());
            assertThat(result.phase()).isEqualTo(Phase.CANCELLED);
            assertThat(result.tasks()).extracting(TaskStatus::phase).containsOnly(Phase.CANCELLED);
            assertThat(result.tasks().stream()
                            .mapToLong(t -> t.attempts().size())
                            .sum())
                    .isEqualTo(1);
        }

        @Test
        @DisplayName("twice is the same as once")
        void cancel_again_changesNothing() {
            JobExecution execution = running(job(new TestProgram.Sleep(Duration.ofMinutes(30))));

            execution.cancel();
            execution.cancel();
            JobResult result = execution.await(limit());
            execution.cancel();

            assertThat(result.phase()).isEqualTo(Phase.CANCELLED);
            assertThat(execution.await(limit())).isEqualTo(result);
        }

        @Test
        @DisplayName("after the end changes nothing")
        void cancel_afterTheEnd_changesNothing() {
            JobExecution execution = start(job(new TestProgram.Exit(0)));
            JobResult result = execution.await(limit());

            execution.cancel();

            assertThat(execution.await(limit())).isEqualTo(result);
            assertThat(anotherCloud()
                            .jobs()
                            .find(execution.id())
                            .orElseThrow()
                            .await(limit())
                            .phase())
                    .isEqualTo(Phase.SUCCEEDED);
        }

        @Test
        @DisplayName("from another connection is seen by the one that waits")
        void cancel_fromElsewhere_isSeen() {
            JobExecution execution = running(job(new TestProgram.Sleep(Duration.ofMinutes(30))));

            anotherCloud().jobs().find(execution.id()).orElseThrow().cancel();

            assertThat(execution.await(limit()).phase()).isEqualTo(Phase.CANCELLED);
        }
    }
}
