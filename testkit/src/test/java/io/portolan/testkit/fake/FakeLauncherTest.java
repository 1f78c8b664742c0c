package io.portolan.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.LogSource;
import io.portolan.run.StopReason;
import io.portolan.spec.JobSpec;
import io.portolan.spec.SecretRef;
import io.portolan.spec.Volume;
import io.portolan.spi.AttemptLaunch;
import io.portolan.spi.AttemptRef;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.LogPage;
import io.portolan.spi.TaskLauncher;
import io.portolan.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeLauncherTest {
    private static final ExecutionId RUN = ExecutionId.of("run-1");
    private static final JobSpec JOB = JobSpec.builder("etl").image("etl:1").build();

    private final ManualClock clock = ManualClock.create();
    private final FakePlatform platform = FakePlatform.create(clock);
    private final CloudDriver driver = open(Map.of());
    private final TaskLauncher launcher = (TaskLauncher) driver.jobs();

    private CloudDriver open(Map<String, String> settings) {
        return FakeSetup.open(FakeProvider.on(platform), settings);
    }

    @AfterEach
    void close() {
        driver.close();
        platform.close();
    }

    private static ExecutionRecord claimOf(String job) {
        return new ExecutionRecord(RUN, job, "abc", 1, "name: " + job, ManualClock.DEFAULT_START, false);
    }

    private static AttemptKey key(int index, int attempt) {
        return new AttemptKey(RUN, "abc", index, attempt);
    }

    private AttemptStatus launch(JobSpec spec, AttemptKey key) {
        launcher.claim(claimOf(spec.name()));
        return launcher.launch(new AttemptLaunch(key, spec));
    }

    private AttemptStatus describe(AttemptKey key) {
        return launcher.describe(List.of(new AttemptRef(key, "any"))).get(0);
    }

    private AttemptStatus ended(AttemptKey key) {
        await().until(() -> describe(key).state() == AttemptState.ENDED);
        return describe(key);
    }

    @Test
    void claim_secondCaller_getsTheFirstRecord() {
        launcher.claim(claimOf("first"));

        assertThat(launcher.claim(claimOf("second")).job()).isEqualTo("first");
    }

    @Test
    void launch_sameKeyTwice_startsOneProcess() {
        platform.program("etl:1", FakeProgram.runsFor(Duration.ofMinutes(1)));

        launch(JOB, key(0, 0));
        launch(JOB, key(0, 0));

        assertThat(platform.attempts(RUN)).containsExactly(new FakeHistory.Attempt(key(0, 0), 2, 1));
    }

    @Test
    void launch_withoutClaim_fails() {
        assertThatThrownBy(() -> launcher.launch(new AttemptLaunch(key(0, 0), JOB)))
                .hasMessageContaining("was not claimed");
    }

    @Test
    void launch_lostResponse_hasItsEffect() {
        platform.program("etl:1", FakeProgram.exits(0)).faults().add(FakeOperation.LAUNCH, Fault.lostResponse());

        assertThatThrownBy(() -> launch(JOB, key(0, 0)))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
        assertThat(launcher.list(RUN)).hasSize(1);
    }

    @Test
    void launch_throttled_hasNoEffectAndSaysHowLongToWait() {
        platform.faults().add(FakeOperation.LAUNCH, Fault.throttled().retryAfter(Duration.ofSeconds(3)));

        assertThatThrownBy(() -> launch(JOB, key(0, 0)))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(3)));
        assertThat(launcher.list(RUN)).isEmpty();
    }

    @Test
    void launch_halfDone_isPendingUntilItIsLaunchedAgain() {
        platform.program("etl:1", FakeProgram.runsForever()).faults().add(FakeOperation.LAUNCH, Fault.halfDone());

        assertThatThrownBy(() -> launch(JOB, key(0, 0))).isInstanceOf(PortolanException.class);
        assertThat(describe(key(0, 0)).state()).isEqualTo(AttemptState.PENDING);

        assertThat(launch(JOB, key(0, 0)).state()).isEqualTo(AttemptState.RUNNING);
        assertThat(platform.attempts(RUN)).containsExactly(new FakeHistory.Attempt(key(0, 0), 2, 1));
    }

    @Test
    void launch_imageWithoutProgram_endsWithImageNotFound() {
        AttemptStatus status = launch(JOB, key(0, 0));

        assertThat(status.state()).isEqualTo(AttemptState.ENDED);
        assertThat(status.failure()).map(Failure::cause).contains(FailureCause.IMAGE_NOT_FOUND);
    }

    @Test
    void program_timed_endsWhenTheClockSaysSo() {
        platform.program("etl:1", FakeProgram.runsFor(Duration.ofSeconds(5), 3));
        launch(JOB, key(0, 0));

        clock.advance(Duration.ofMillis(4_999));
        assertThat(describe(key(0, 0)).state()).isEqualTo(AttemptState.RUNNING);
        clock.advance(Duration.ofMillis(1));

        AttemptStatus status = describe(key(0, 0));
        assertThat(status.exitCode()).hasValue(3);
        assertThat(status.timings().run()).contains(Duration.ofSeconds(5));
        assertThat(status.failure()).map(Failure::cause).contains(FailureCause.APP_EXIT);
    }

    @Test
    void program_java_seesItsPlaceSecretsAndVolumesAndPrints() {
        platform.secret("db", "s3cret").program("etl:1", process -> {
            process.files()
                    .write("/out/part-" + process.index(), process.env("DB").orElse("none"));
            process.print("task " + process.index() + " of " + process.count());
            process.printError(process.args().toString());
            return 7;
        });
        JobSpec spec = JOB.toBuilder()
                .args("a b")
                .secretEnv("DB", SecretRef.named("db"))
                .volume("/out", Volume.named("results"))
                .build();

        launch(spec, key(0, 0));

        assertThat(ended(key(0, 0)).exitCode()).hasValue(7);
        assertThat(platform.volume("app", "results").read("/part-0")).contains("s3cret");
        LogPage page = driver.logs().readTask(RUN, LogSource.attempt(0, 0), null, 10);
        assertThat(page.lines()).extracting(line -> line.text()).containsExactly("task 0 of 1", "[a b]");
        assertThat(page.complete()).isTrue();
    }

    @Test
    void readTask_fromAPosition_losesAndRepeatsNothing() {
        platform.program("etl:1", FakeProgram.prints("one", "two", "three"));
        launch(JOB, key(0, 0));
        LogSource source = LogSource.attempt(0, 0);

        LogPage first = driver.logs().readTask(RUN, source, null, 2);
        LogPage rest = driver.logs().readTask(RUN, source, first.lastPosition(null), 2);

        assertThat(first.hasMore()).isTrue();
        assertThat(rest.lines()).extracting(line -> line.text()).containsExactly("three");
        assertThat(rest.complete()).isTrue();
    }

    @Test
    void secret_missing_endsTheAttemptWithItsCause() {
        platform.program("etl:1", FakeProgram.exits(0));

        AttemptStatus status =
                launch(JOB.toBuilder().secretEnv("DB", SecretRef.named("db")).build(), key(0, 0));

        assertThat(status.failure()).map(Failure::cause).contains(FailureCause.SECRET);
    }

    @Test
    void stop_programThatListens_endsBySigtermWithTheReason() {
        platform.program("etl:1", FakeProgram.runsForever());
        launch(JOB, key(0, 0));

        launcher.stop(new AttemptRef(key(0, 0), "any"), StopReason.CANCELLED, Duration.ofSeconds(10));

        AttemptStatus status = describe(key(0, 0));
        assertThat(status.signal()).hasValue(15);
        assertThat(status.stopReason()).contains(StopReason.CANCELLED);
    }

    @Test
    void stop_deafProgram_isKilledAfterTheGracePeriod() {
        platform.program("etl:1", FakeProgram.ignoresStop());
        launch(JOB, key(0, 0));

        launcher.stop(new AttemptRef(key(0, 0), "any"), StopReason.TIMEOUT, Duration.ofSeconds(10));
        clock.advance(Duration.ofSeconds(9));
        assertThat(describe(key(0, 0)).state()).isEqualTo(AttemptState.STOPPING);
        clock.advance(Duration.ofSeconds(1));

        assertThat(describe(key(0, 0)).signal()).hasValue(9);
    }

    @Test
    void stop_javaProgram_isInterrupted() {
        platform.program("etl:1", process -> {
            try {
                process.print("started");
                process.sleep(Duration.ofDays(1));
                return 0;
            } catch (InterruptedException stopped) {
                return 9;
            }
        });
        launch(JOB, key(0, 0));
        await().until(() -> !driver.logs()
                .readTask(RUN, LogSource.attempt(0, 0), null, 1)
                .lines()
                .isEmpty());

        launcher.stop(new AttemptRef(key(0, 0), "any"), StopReason.CANCELLED, Duration.ofSeconds(10));

        assertThat(ended(key(0, 0)).exitCode()).hasValue(9);
    }

    @Test
    void hide_forAWhile_saysGoneAndThenTheTruth() {
        platform.program("etl:1", FakeProgram.runsForever());
        launch(JOB, key(0, 0));
        platform.faults().hide(k -> true, Duration.ofSeconds(30));

        assertThat(describe(key(0, 0)).state()).isEqualTo(AttemptState.GONE);
        assertThat(launcher.list(RUN)).isEmpty();
        clock.advance(Duration.ofSeconds(30));

        assertThat(describe(key(0, 0)).state()).isEqualTo(AttemptState.RUNNING);
    }

    @Test
    void watch_duplicatedHints_tellsTwice() {
        List<AttemptKey> told = new CopyOnWriteArrayList<>();
        platform.program("etl:1", FakeProgram.neverStarts()).faults().hintsPerChange(2);

        try (TaskLauncher.Subscription watch = launcher.watch(told::add)) {
            launch(JOB, key(0, 0));
            await().until(() -> told.size() == 2);
        }

        assertThat(told).containsOnly(key(0, 0));
    }

    @Test
    void crashAtCall_afterEffect_killsThisConnectionOnly() {
        platform.program("etl:1", FakeProgram.runsForever());
        launcher.claim(claimOf("etl"));
        platform.faults().crashAtCall(1, true);

        assertThatThrownBy(() -> launcher.launch(new AttemptLaunch(key(0, 0), JOB)))
                .hasMessageContaining("cannot be reached");
        assertThatThrownBy(() -> launcher.list(RUN)).hasMessageContaining("cannot be reached");

        try (CloudDriver other = open(Map.of())) {
            assertThat(((TaskLauncher) other.jobs()).list(RUN)).hasSize(1);
        }
    }

    @Test
    void describe_moreThanTheBatch_fails() {
        try (CloudDriver small = open(Map.of(FakeProvider.DESCRIBE_BATCH, "1"))) {
            List<AttemptRef> two = List.of(new AttemptRef(key(0, 0), "a"), new AttemptRef(key(1, 0), "b"));

            assertThatThrownBy(() -> ((TaskLauncher) small.jobs()).describe(two))
                    .hasMessageContaining("at most 1");
        }
    }

    @Test
    void unreachable_everyCall_isUnavailable() {
        try (CloudDriver away = open(Map.of(FakeProvider.REACHABLE, "false"))) {
            assertThatThrownBy(() -> ((TaskLauncher) away.jobs()).executions())
                    .isInstanceOfSatisfying(
                            PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        }
    }

    @Test
    void prune_finishedExecution_removesIt_butNotARunningOne() {
        platform.program("etl:1", FakeProgram.runsFor(Duration.ofSeconds(1)));
        launch(JOB, key(0, 0));

        assertThat(driver.prune(false).removed()).isEmpty();
        clock.advance(Duration.ofSeconds(1));

        assertThat(driver.prune(true).removed()).hasSize(1);
        assertThat(driver.list()).hasSize(1);
        assertThat(driver.prune(false).removed()).hasSize(1);
        assertThat(driver.list()).isEmpty();
    }

    @Test
    void delete_activeExecution_isRefused() {
        platform.program("etl:1", FakeProgram.runsForever());
        launch(JOB, key(0, 0));

        assertThatThrownBy(() -> launcher.delete(RUN))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    }
}
