package io.portolan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.portolan.config.CloudConfig;
import io.portolan.config.EngineSettings;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.FailureCause;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.LogCursor;
import io.portolan.run.LogFollower;
import io.portolan.run.LogSource;
import io.portolan.run.Phase;
import io.portolan.spec.JobSpec;
import io.portolan.testing.MemoryLauncher;
import io.portolan.testing.MemoryProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Jobs on a platform that runs single attempts")
class JobsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final ExecutionId ID = ExecutionId.of("run-1");
    private static final EngineSettings FAST = new EngineSettings(
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(5),
            Duration.ofMillis(50),
            3,
            Duration.ofMillis(1));

    private final MemoryLauncher platform = new MemoryLauncher();
    private final MemoryProvider provider = new MemoryProvider(platform);
    private final List<Cloud> open = new ArrayList<>();

    private Cloud connect() {
        Cloud cloud =
                Cloud.connect(CloudConfig.builder(provider.id()).engine(FAST).build(), provider);
        open.add(cloud);
        return cloud;
    }

    @AfterEach
    void close() {
        open.forEach(Cloud::close);
    }

    private static JobSpec.Builder job(int tasks) {
        return JobSpec.builder("etl").image("etl:1").tasks(tasks);
    }

    private void exitAll(int code) {
        platform.exitAtOnce = key -> code;
    }

    private AttemptKey started(int index, int attempt) {
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> platform.starts.stream().anyMatch(k -> k.index() == index && k.attempt() == attempt));
        return platform.starts.stream()
                .filter(k -> k.index() == index && k.attempt() == attempt)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void run_allTasksExitZero_succeedsByBothWaits() {
        exitAll(0);
        JobExecution run = connect().jobs().run(job(25).parallelism(4).build(), ID);

        JobResult result = run.await(LONG);
        assertThat(result.phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(run.completion()).succeedsWithin(LONG).isEqualTo(result);
        assertThat(platform.starts).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void run_sameIdAgainWhileRunning_isTheSameExecution() {
        Cloud cloud = connect();
        JobSpec spec = job(1).build();
        JobExecution first = cloud.jobs().run(spec, ID);
        JobExecution second = connect().jobs().run(spec, ID);
        platform.exit(started(0, 0), 0);

        assertThat(first.await(LONG).isSucceeded()).isTrue();
        assertThat(second.await(LONG).isSucceeded()).isTrue();
        assertThat(platform.starts).hasSize(1);
    }

    @Test
    void run_sameIdAgainAfterTheEnd_givesTheResultWithoutRunning() {
        exitAll(0);
        connect().jobs().run(job(3).build(), ID).await(LONG);

        JobResult again = connect().jobs().run(job(3).build(), ID).await(LONG);
        assertThat(again.isSucceeded()).isTrue();
        assertThat(platform.starts).hasSize(3);
    }

    @Test
    void run_sameIdOtherSpec_isAConflict() {
        exitAll(0);
        connect().jobs().run(job(3).build(), ID).await(LONG);

        assertThatThrownBy(() -> connect().jobs().run(job(4).build(), ID))
                .isInstanceOfSatisfying(PortolanException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
                    assertThat(e).hasMessageContaining("run-1").hasMessageContaining("another execution id");
                });
        assertThat(platform.starts).hasSize(3);
    }

    @Test
    void run_launchAnswersAreLost_eachAttemptStartsOnce() {
        exitAll(0);
        AtomicInteger calls = new AtomicInteger();
        platform.launchFault = () -> calls.incrementAndGet() % 3 == 0
                ? null
                : new PortolanException(ErrorCode.TIMEOUT, "the answer was lost");

        assertThat(connect()
                        .jobs()
                        .run(job(50).parallelism(10).build(), ID)
                        .await(LONG)
                        .isSucceeded())
                .isTrue();
        assertThat(platform.starts).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void run_launchIsRefusedForGood_failsWithTheProvidersWords() {
        platform.launchFault = () -> new PortolanException(ErrorCode.QUOTA_EXCEEDED, "no more than 5 tasks");

        JobResult result = connect().jobs().run(job(1).build(), ID).await(LONG);
        assertThat(result.phase()).isEqualTo(Phase.FAILED);
        assertThat(result.failure().orElseThrow().cause()).isEqualTo(FailureCause.QUOTA);
        assertThat(result.failure().orElseThrow().message()).contains("no more than 5 tasks");
    }

    @Test
    void closeAndAttach_atAnyMoment_everyTaskRunsOnce() {
        platform.exitAtOnce = key -> key.index() % 4 == 0 && key.attempt() == 0 ? 3 : 0;
        JobSpec spec = job(60).parallelism(6).maxRetries(1).build();
        for (int i = 0; i < 10; i++) {
            Cloud cloud = connect();
            cloud.jobs().run(spec, ID);
            int enough = platform.starts.size() + 4;
            await().atMost(10, TimeUnit.SECONDS).until(() -> platform.starts.size() >= Math.min(75, enough));
            cloud.close();
        }

        assertThat(connect().jobs().run(spec, ID).await(LONG).isSucceeded()).isTrue();
        assertThat(new HashSet<>(platform.starts)).hasSameSizeAs(platform.starts);
        assertThat(platform.starts).hasSize(75);
    }

    @Test
    void find_knownExecution_isDrivenToItsEnd() {
        exitAll(0);
        Cloud first = connect();
        first.jobs().run(job(2).build(), ID);
        first.close();

        JobExecution found = connect().jobs().find(ID).orElseThrow();
        assertThat(found.job()).isEqualTo("etl");
        assertThat(found.await(LONG).isSucceeded()).isTrue();
        assertThat(connect().jobs().find(ExecutionId.of("nobody"))).isEmpty();
        assertThat(connect().jobs().list()).containsExactly(ID);
    }

    @Test
    void cancel_runningAndQueued_endsAsCancelledAndStartsNoMore() {
        JobExecution run =
                connect().jobs().run(job(5).parallelism(1).maxRetries(3).build(), ID);
        started(0, 0);
        run.cancel();

        JobResult result = run.await(LONG);
        assertThat(result.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(platform.starts).hasSize(1);
        run.cancel();
        assertThat(connect()
                        .jobs()
                        .run(job(5).parallelism(1).maxRetries(3).build(), ID)
                        .await(LONG)
                        .phase())
                .as("another connection reads the same end")
                .isEqualTo(Phase.CANCELLED);
    }

    @Test
    void timeout_runsTooLong_isStoppedAndReported() {
        JobExecution run =
                connect().jobs().run(job(1).timeout(Duration.ofSeconds(1)).build(), ID);

        JobResult result = run.await(LONG);
        assertThat(result.phase()).isEqualTo(Phase.TIMED_OUT);
        assertThat(result.failure().orElseThrow().cause()).isEqualTo(FailureCause.TIMEOUT);
    }

    @Test
    void attemptThatVanishes_afterTheGrace_isUnknownAndNotRunAgain() {
        JobExecution run = connect().jobs().run(job(1).maxRetries(2).build(), ID);
        platform.attempts.remove(started(0, 0));

        JobResult result = run.await(LONG);
        assertThat(result.failure().orElseThrow().cause()).isEqualTo(FailureCause.UNKNOWN);
        assertThat(platform.starts).hasSize(1);
    }

    @Test
    void pendingAttempt_ofACrashedCaller_isLaunchedUnderItsOwnKey() {
        exitAll(0);
        JobSpec spec = job(1).build();
        Cloud cloud = connect();
        platform.launchFault = () -> new PortolanException(ErrorCode.TIMEOUT, "crash");
        cloud.jobs().run(spec, ID);
        AttemptKey key = started(0, 0);
        cloud.close();
        platform.launchFault = () -> null;
        platform.attempts.put(
                key,
                AttemptStatus.builder(key, AttemptState.PENDING).nativeId("n").build());

        JobExecution run = connect().jobs().run(spec, ID);
        await().atMost(10, TimeUnit.SECONDS).until(() -> run.status().phase().isTerminal());
        assertThat(run.await(LONG).isSucceeded()).isTrue();
    }

    @Test
    void await_notOver_saysThatItGoesOn() {
        JobExecution run = connect().jobs().run(job(1).build(), ID);
        started(0, 0);

        PortolanException late = catchThrowableOfType(PortolanException.class, () -> run.await(Duration.ofMillis(20)));
        assertThat(late.code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(late).hasMessageContaining("goes on");
        platform.exit(started(0, 0), 0);
        assertThat(run.await(LONG).isSucceeded()).isTrue();
    }

    @Test
    void close_whileWaiting_endsTheWaitAndNotTheExecution() {
        Cloud cloud = connect();
        JobExecution run = cloud.jobs().run(job(1).build(), ID);
        started(0, 0);
        cloud.close();

        assertThat(catchThrowableOfType(PortolanException.class, () -> run.await(LONG))
                        .code())
                .isEqualTo(ErrorCode.CANCELLED);
        platform.exit(started(0, 0), 0);
        assertThat(connect().jobs().run(job(1).build(), ID).await(LONG).isSucceeded())
                .isTrue();
    }

    @Test
    void delete_onlyAfterTheEnd_freesTheId() {
        JobExecution run = connect().jobs().run(job(1).build(), ID);
        AttemptKey key = started(0, 0);
        assertThat(catchThrowableOfType(PortolanException.class, run::delete).code())
                .isEqualTo(ErrorCode.CONFLICT);
        platform.exit(key, 0);
        run.await(LONG);
        run.delete();

        assertThat(platform.records).isEmpty();
        assertThat(connect().jobs().find(ID)).isEmpty();
    }

    @Test
    void logs_followedAndResumed_noLineIsLostOrRepeated() {
        LogSource source = LogSource.attempt(0, 0);
        JobExecution run = connect().jobs().run(job(1).build(), ID);
        AttemptKey key = started(0, 0);
        for (int i = 0; i < 2500; i++) {
            provider.write(source, "line " + i);
        }
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        LogFollower first = run.followLogs(line -> lines.add(line.text()));
        await().atMost(10, TimeUnit.SECONDS).until(() -> lines.size() > 100);
        first.close();
        LogCursor cursor = LogCursor.parse(first.cursor().toString());
        int before = lines.size();
        for (int i = 2500; i < 2600; i++) {
            provider.write(source, "line " + i);
        }
        LogFollower second = run.followLogs(cursor, line -> lines.add(line.text()));
        provider.write(source, "end");
        platform.exit(key, 0);

        assertThat(second.awaitEnd(LONG)).isTrue();
        assertThat(before).isBetween(101, 2500);
        assertThat(lines).hasSize(2601).doesNotHaveDuplicates();
        assertThat(lines.get(2599)).isEqualTo("line 2599");
    }

    @Test
    void logs_consumerThrows_endsFollowingOnly() {
        provider.write(LogSource.attempt(0, 0), "first");
        JobExecution run = connect().jobs().run(job(1).build(), ID);
        AttemptKey key = started(0, 0);
        LogFollower follower = run.followLogs(line -> {
            throw new IllegalStateException("consumer");
        });

        assertThat(follower.awaitEnd(LONG)).isFalse();
        assertThat(follower.failure().orElseThrow()).hasMessageContaining("consumer");
        platform.exit(key, 0);
        assertThat(run.await(LONG).isSucceeded()).isTrue();
    }

    @Test
    void threads_manyExecutions_areAFixedFew() {
        Cloud cloud = connect();
        List<JobExecution> runs = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            runs.add(cloud.jobs().run(job(2).build()));
        }
        await().atMost(20, TimeUnit.SECONDS).until(() -> platform.starts.size() == 600);

        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("portolan-tracker")
                        || t.getName().startsWith("portolan-worker"))
                .filter(Thread::isAlive)
                .count();
        assertThat(threads).isLessThanOrEqualTo(8);
        platform.starts.forEach(key -> platform.exit(key, 0));
        runs.forEach(run -> assertThat(run.await(LONG).isSucceeded()).isTrue());
    }
}
