package io.portolan.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.Phase;
import io.portolan.run.TaskStatus;
import io.portolan.spec.JobSpec;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ManagedJobs;
import io.portolan.spi.ManagedStatus;
import io.portolan.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeManagedJobsTest {
    private static final ExecutionId RUN = ExecutionId.of("run-1");
    private static final JobSpec JOB = JobSpec.builder("etl").image("etl:1").build();

    private final ManualClock clock = ManualClock.create();
    private final FakePlatform platform = FakePlatform.create(clock);
    private final CloudDriver driver = FakeSetup.open(FakeProvider.managed(platform));
    private final ManagedJobs jobs = (ManagedJobs) driver.jobs();

    @AfterEach
    void close() {
        driver.close();
        platform.close();
    }

    private ManagedStatus start(JobSpec spec, String hash) {
        return jobs.start(
                new ExecutionRecord(RUN, spec.name(), hash, spec.tasks(), "doc", clock.instant(), false), spec);
    }

    private ManagedStatus now() {
        return jobs.describe(List.of(RUN)).get(0);
    }

    @Test
    void start_severalTasks_keepsTheParallelismAndEndsWell() {
        platform.program("etl:1", FakeProgram.runsFor(Duration.ofSeconds(1)));

        start(JOB.toBuilder().tasks(5).parallelism(2).build(), "abc");
        assertThat(now().phase()).isEqualTo(Phase.RUNNING);
        clock.advance(Duration.ofSeconds(3));

        assertThat(now().phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(platform.maxRunning(RUN)).isEqualTo(2);
    }

    @Test
    void start_sameIdAgain_isTheSameExecution() {
        platform.program("etl:1", FakeProgram.runsFor(Duration.ofSeconds(1)));

        start(JOB, "abc");
        start(JOB, "abc");

        assertThat(platform.attempts(RUN)).hasSize(1);
    }

    @Test
    void start_sameIdWithAnotherSpec_isAConflict() {
        start(JOB, "abc");

        assertThatThrownBy(() -> start(JOB, "def"))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void task_failsFirst_isTriedAgain() {
        platform.program("etl:1", FakeProgram.firstThen(FakeProgram.exits(3), FakeProgram.exits(0)));

        TaskStatus task =
                start(JOB.toBuilder().maxRetries(2).build(), "abc").tasks().get(0);

        assertThat(task.phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(task.attempts()).extracting(a -> a.exitCode().orElse(-1)).containsExactly(3, 0);
    }

    @Test
    void task_cannotBeMended_isNotTriedAgain() {
        platform.program("etl:1", FakeProgram.outOfMemory());

        ManagedStatus status = start(JOB.toBuilder().maxRetries(2).build(), "abc");

        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(status.tasks().get(0).attempts()).hasSize(1);
    }

    @Test
    void task_longerThanItsTimeout_isStoppedAndTimesOut() {
        platform.program("etl:1", FakeProgram.runsForever());

        start(JOB.toBuilder().timeout(Duration.ofSeconds(5)).build(), "abc");
        clock.advance(Duration.ofSeconds(5));

        assertThat(now().phase()).isEqualTo(Phase.TIMED_OUT);
        assertThat(now().tasks().get(0).failure()).map(Failure::cause).contains(FailureCause.TIMEOUT);
    }

    @Test
    void cancel_runningAndQueuedTasks_stopsThemAll() {
        platform.program("etl:1", FakeProgram.runsForever());
        start(JOB.toBuilder().tasks(3).parallelism(1).build(), "abc");

        jobs.cancel(RUN);
        jobs.cancel(RUN);

        assertThat(now().phase()).isEqualTo(Phase.CANCELLED);
        assertThat(now().tasks()).extracting(TaskStatus::phase).containsOnly(Phase.CANCELLED);
        assertThat(platform.attempts(RUN)).hasSize(1);
    }

    @Test
    void cancel_afterTheEnd_changesNothing() {
        platform.program("etl:1", FakeProgram.exits(0));
        start(JOB, "abc");

        jobs.cancel(RUN);

        assertThat(now().phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(jobs.find(RUN)).map(ExecutionRecord::cancelled).contains(false);
    }

    @Test
    void delete_finished_freesTheId() {
        platform.program("etl:1", FakeProgram.exits(0));
        start(JOB, "abc");

        jobs.delete(RUN);

        assertThat(jobs.find(RUN)).isEmpty();
        assertThat(jobs.describe(List.of(RUN))).isEmpty();
    }

    @Test
    void hide_execution_isNotDescribed() {
        platform.program("etl:1", FakeProgram.exits(0));
        start(JOB, "abc");
        platform.faults().hide(key -> true, Duration.ofSeconds(1));

        assertThat(jobs.describe(List.of(RUN))).isEmpty();
        clock.advance(Duration.ofSeconds(1));

        assertThat(now().phase()).isEqualTo(Phase.SUCCEEDED);
    }
}
