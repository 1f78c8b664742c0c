package io.portolan.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.config.EngineSettings;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptState;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.Phase;
import io.portolan.spec.JobSpec;
import io.portolan.testkit.fake.FakeHistory;
import io.portolan.testkit.fake.FakeOperation;
import io.portolan.testkit.fake.FakePlatform;
import io.portolan.testkit.fake.FakeProgram;
import io.portolan.testkit.fake.FakeProvider;
import io.portolan.testkit.fake.Fault;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The engine under a platform that fails in every way that a platform can. */
class EngineFaultsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final EngineSettings FAST = EngineSettings.DEFAULT
            .pollInterval(Duration.ofMillis(20), Duration.ofMillis(50))
            .goneGrace(Duration.ofMillis(400))
            .callRetries(4, Duration.ofMillis(2));

    private final FakePlatform platform = FakePlatform.create();
    private final ExecutionId id = ExecutionId.of("faults-1");

    @AfterEach
    void close() {
        platform.close();
    }

    private Cloud connect(EngineSettings engine) {
        return connect(engine, FakeProvider.on(platform));
    }

    private static Cloud connect(EngineSettings engine, FakeProvider provider) {
        return Cloud.connect(
                CloudConfig.builder(FakeProvider.ID)
                        .application("faults")
                        .engine(engine)
                        .build(),
                provider);
    }

    private static JobSpec.Builder job() {
        return JobSpec.builder("faulty").image("job:1");
    }

    private void everyTaskRanOnce(int tasks) {
        List<FakeHistory.Attempt> attempts = platform.attempts(id);
        assertThat(attempts).hasSize(tasks).allMatch(a -> a.starts() == 1);
        assertThat(attempts)
                .extracting(a -> a.key().index())
                .containsExactlyElementsOf(IntStream.range(0, tasks).boxed().toList());
    }

    @Test
    void faultyCalls_over500Attempts_launchEachOnceAndLoseNone() {
        platform.program("job:1", FakeProgram.runsFor(Duration.ofMillis(30)));
        platform.faults()
                .add(FakeOperation.LAUNCH, Fault.lostResponse().withProbability(0.15, 1))
                .add(FakeOperation.LAUNCH, Fault.throttled().withProbability(0.15, 2))
                .add(FakeOperation.LAUNCH, Fault.halfDone().withProbability(0.1, 3))
                .add(FakeOperation.DESCRIBE, Fault.unavailable().withProbability(0.2, 4))
                .visibleAfter(Duration.ofMillis(60))
                .hintsPerChange(3);

        try (Cloud cloud = connect(FAST)) {
            JobResult result = cloud.jobs()
                    .run(job().tasks(500).parallelism(50).build(), id)
                    .await(LIMIT);

            assertThat(result.isSucceeded()).as(result.toString()).isTrue();
        }
        everyTaskRanOnce(500);
        assertThat(platform.maxRunning(id)).isLessThanOrEqualTo(50);
    }

    @Test
    void hints_lost_areMadeUpForByPolls() {
        platform.program("job:1", FakeProgram.runsFor(Duration.ofMillis(50)));
        platform.faults().hintsPerChange(0);

        try (Cloud cloud = connect(FAST)) {
            assertThat(cloud.jobs().run(job().build(), id).await(LIMIT).isSucceeded())
                    .isTrue();
        }
    }

    @Test
    void crash_atEveryCall_leavesAnExecutionThatGoesOn() {
        platform.program("job:1", FakeProgram.runsFor(Duration.ofMillis(5)));
        for (int step = 1; step <= 14; step++) {
            for (boolean afterEffect : new boolean[] {false, true}) {
                ExecutionId crashed = ExecutionId.of("crash-" + step + "-" + afterEffect);
                crashAt(step, afterEffect, crashed);

                try (Cloud next = connect(FAST)) {
                    JobResult result = next.jobs().run(twoAtATime(), crashed).await(LIMIT);
                    assertThat(result.isSucceeded()).as(crashed + ": " + result).isTrue();
                }
                assertThat(platform.attempts(crashed))
                        .as(crashed.value())
                        .hasSize(4)
                        .allMatch(a -> a.starts() == 1);
            }
        }
    }

    private static JobSpec twoAtATime() {
        return job().tasks(4).parallelism(2).build();
    }

    private void crashAt(int step, boolean afterEffect, ExecutionId crashed) {
        int before = platform.history().calls();
        platform.faults().crashAtCall(step, afterEffect);
        try (Cloud cloud = connect(FAST)) {
            JobExecution execution = cloud.jobs().run(twoAtATime(), crashed);
            Awaitility.await()
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> platform.history().calls() >= before + step
                            || execution.status().phase().isTerminal());
        } catch (PortolanException diedAtOnce) {
            assertThat(diedAtOnce).hasMessageContaining("cannot be reached");
        }
        platform.faults().clear();
    }

    @Test
    void gone_withinTheGrace_isNoVerdict() {
        platform.program("job:1", FakeProgram.runsFor(Duration.ofMillis(600)));
        try (Cloud cloud = connect(FAST)) {
            JobExecution execution = cloud.jobs().run(job().maxRetries(3).build(), id);
            Awaitility.await().until(() -> execution.status().phase() == Phase.RUNNING);
            platform.faults().hide(key -> true, Duration.ofMillis(250));

            assertThat(execution.await(LIMIT).isSucceeded()).isTrue();
        }
        everyTaskRanOnce(1);
    }

    @Test
    void gone_forGood_isAFailureThatIsNeverRunAgainNorReversed() {
        platform.program("job:1", FakeProgram.runsForever());
        try (Cloud cloud = connect(FAST)) {
            JobExecution execution = cloud.jobs().run(job().maxRetries(3).build(), id);
            Awaitility.await().until(() -> execution.status().phase() == Phase.RUNNING);
            long from = System.nanoTime();
            platform.faults().hide(key -> true, Duration.ofDays(1));

            JobResult result = execution.await(LIMIT);

            assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
            assertThat(result.phase()).isEqualTo(Phase.FAILED);
            platform.faults().clear();
            assertThat(execution.await(LIMIT)).isEqualTo(result);
            assertThat(execution.status().phase()).isEqualTo(Phase.FAILED);
        }
        everyTaskRanOnce(1);
    }

    @Test
    void managedExecution_goneForGood_isAFailureThatIsNeverReversed() {
        platform.program("job:1", FakeProgram.runsForever());
        try (Cloud cloud = connect(FAST, FakeProvider.managed(platform))) {
            JobExecution execution = cloud.jobs().run(job().tasks(2).build(), id);
            Awaitility.await().until(() -> execution.status().phase() == Phase.RUNNING);
            long from = System.nanoTime();
            platform.faults().hide(key -> true, Duration.ofDays(1));

            JobResult result = execution.await(LIMIT);

            assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
            assertThat(result.phase()).isEqualTo(Phase.FAILED);
            assertThat(result.tasks())
                    .allSatisfy(task ->
                            assertThat(task.failure()).map(Failure::cause).contains(FailureCause.UNKNOWN));
            platform.faults().clear();
            assertThat(execution.status().phase()).isEqualTo(Phase.FAILED);
        }
    }

    @Test
    void managedExecution_goneWithinTheGrace_isNoVerdict() {
        platform.program("job:1", FakeProgram.runsFor(Duration.ofMillis(600)));
        try (Cloud cloud = connect(FAST, FakeProvider.managed(platform))) {
            JobExecution execution = cloud.jobs().run(job().build(), id);
            Awaitility.await().until(() -> execution.status().phase() == Phase.RUNNING);
            platform.faults().hide(key -> true, Duration.ofMillis(250));

            assertThat(execution.await(LIMIT).isSucceeded()).isTrue();
        }
    }

    @Test
    void unknown_forAWhile_isNoVerdict() {
        platform.program("job:1", FakeProgram.runsFor(Duration.ofMillis(300)));
        try (Cloud cloud = connect(FAST)) {
            JobExecution execution = cloud.jobs().run(job().build(), id);
            platform.faults().obscure(key -> true, Duration.ofMillis(700));

            JobResult result = execution.await(LIMIT);

            assertThat(result.isSucceeded()).isTrue();
            assertThat(result.tasks().get(0).attempts()).allMatch(a -> a.state() == AttemptState.ENDED);
        }
    }

    @Test
    void tracking_of2000Executions_isOneRoundOfBatchesAndAFewThreads() {
        platform.program("job:1", FakeProgram.runsForever());
        platform.faults().hintsPerChange(0);
        EngineSettings slow = FAST.pollInterval(Duration.ofSeconds(1), Duration.ofSeconds(1));
        try (Cloud cloud = connect(slow)) {
            List<JobExecution> all = IntStream.range(0, 2000)
                    .mapToObj(i -> cloud.jobs().run(job().build(), ExecutionId.of("many-" + i)))
                    .toList();
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> all.stream().allMatch(e -> e.status().phase() == Phase.RUNNING));
            platform.history().clear();

            Awaitility.await()
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> platform.calls(FakeOperation.DESCRIBE) >= 60);

            assertThat(platform.history().describeBatches().subList(0, 60)).containsOnly(100);
            assertThat(platform.history().calls()).isEqualTo(platform.calls(FakeOperation.DESCRIBE));
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(t -> t.getName().startsWith("portolan-"))
                            .count())
                    .isLessThanOrEqualTo(8);
        }
    }
}
