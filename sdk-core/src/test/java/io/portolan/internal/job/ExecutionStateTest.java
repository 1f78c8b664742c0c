package io.portolan.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.JobResult;
import io.portolan.run.Phase;
import io.portolan.run.StopReason;
import io.portolan.run.Timings;
import io.portolan.spec.JobSpec;
import io.portolan.spi.AttemptRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The state of an execution")
class ExecutionStateTest {
    private static final ExecutionId ID = ExecutionId.of("run-1");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration REPEAT = Duration.ofSeconds(5);

    private static ExecutionState state(JobSpec.Builder spec) {
        return new ExecutionState(ID, "abc", spec.build(), GRACE);
    }

    private static JobSpec.Builder job(int tasks) {
        return JobSpec.builder("etl").image("etl:1").tasks(tasks);
    }

    private static AttemptKey key(int index, int attempt) {
        return new AttemptKey(ID, "abc", index, attempt);
    }

    private static AttemptStatus running(AttemptKey key) {
        return AttemptStatus.builder(key, AttemptState.RUNNING)
                .nativeId("n-" + key)
                .timings(new Timings(NOW, NOW, null))
                .build();
    }

    private static AttemptStatus exited(AttemptKey key, int code) {
        return AttemptStatus.builder(key, AttemptState.ENDED)
                .nativeId("n-" + key)
                .exitCode(code)
                .build();
    }

    private static AttemptStatus stopped(AttemptKey key, StopReason reason) {
        return AttemptStatus.builder(key, AttemptState.ENDED)
                .nativeId("n-" + key)
                .exitCode(143)
                .stopReason(reason)
                .build();
    }

    private static void runOut(ExecutionState state, AttemptStatus end) {
        state.launched(running(end.key()), NOW);
        state.observe(end, NOW);
    }

    private static JobResult result(ExecutionState state) {
        return state.result().orElseThrow(() -> new AssertionError("not over: " + state.status()));
    }

    @Test
    void launches_manyTasks_neverMoreThanParallelism() {
        ExecutionState state = state(job(5).parallelism(2));

        assertThat(state.takeLaunches()).containsExactly(key(0, 0), key(1, 0));
        assertThat(state.takeLaunches()).isEmpty();
        runOut(state, exited(key(0, 0), 0));

        assertThat(state.takeLaunches()).containsExactly(key(2, 0));
        assertThat(state.takeLaunches()).isEmpty();
    }

    @Test
    void launch_thatAnswersWithAnUnclearState_isLookedAtAgain() {
        ExecutionState state = state(job(1));
        AttemptKey key = state.takeLaunches().get(0);

        state.launched(
                AttemptStatus.builder(key, AttemptState.UNKNOWN).nativeId("n-1").build(), NOW);

        assertThat(state.describable()).containsExactly(new AttemptRef(key, "n-1"));
        state.observe(exited(key, 0), NOW);
        assertThat(result(state).isSucceeded()).isTrue();
    }

    @Test
    void result_allExitZero_succeeded() {
        ExecutionState state = state(job(2));
        state.takeLaunches();
        runOut(state, exited(key(0, 0), 0));
        assertThat(state.result()).isEmpty();
        runOut(state, exited(key(1, 0), 0));

        assertThat(result(state).phase()).isEqualTo(Phase.SUCCEEDED);
    }

    @Test
    void failedAttempt_retriesLeft_launchesNextAttempt() {
        ExecutionState state = state(job(1).maxRetries(1));
        state.takeLaunches();
        runOut(state, exited(key(0, 0), 7));

        assertThat(state.takeLaunches()).containsExactly(key(0, 1));
        runOut(state, exited(key(0, 1), 0));
        JobResult result = result(state);
        assertThat(result.phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(result.tasks().get(0).attempts())
                .extracting(a -> a.exitCode().getAsInt())
                .containsExactly(7, 0);
    }

    @Test
    void failedAttempt_noRetryLeft_failedWithExitCodeAndCause() {
        ExecutionState state = state(job(1).maxRetries(0));
        state.takeLaunches();
        runOut(state, exited(key(0, 0), 7));

        JobResult result = result(state);
        assertThat(result.phase()).isEqualTo(Phase.FAILED);
        assertThat(result.tasks().get(0).exitCode()).hasValue(7);
        assertThat(result.failure().orElseThrow().cause()).isEqualTo(FailureCause.APP_EXIT);
    }

    @Test
    void failedAttempt_causeThatNoRetryMends_failsAtOnce() {
        ExecutionState state = state(job(1).maxRetries(3));
        state.takeLaunches();
        AttemptStatus missing = AttemptStatus.builder(key(0, 0), AttemptState.ENDED)
                .failure(Failure.of(FailureCause.IMAGE_NOT_FOUND, "no such image"))
                .build();
        state.launched(missing, NOW);

        assertThat(state.takeLaunches()).isEmpty();
        assertThat(result(state).failure().orElseThrow().cause()).isEqualTo(FailureCause.IMAGE_NOT_FOUND);
    }

    @Test
    void failedTask_otherTasks_runOn() {
        ExecutionState state = state(job(3).parallelism(1));
        state.takeLaunches();
        runOut(state, exited(key(0, 0), 1));
        assertThat(state.takeLaunches()).containsExactly(key(1, 0));
        runOut(state, exited(key(1, 0), 0));
        assertThat(state.takeLaunches()).containsExactly(key(2, 0));
        runOut(state, exited(key(2, 0), 0));

        assertThat(result(state).phase()).isEqualTo(Phase.FAILED);
        assertThat(result(state).tasks())
                .extracting(t -> t.phase())
                .containsExactly(Phase.FAILED, Phase.SUCCEEDED, Phase.SUCCEEDED);
    }

    @Test
    void verdict_laterContraryView_isNotReversed() {
        ExecutionState state = state(job(2));
        state.takeLaunches();
        runOut(state, exited(key(0, 0), 0));

        assertThat(state.observe(running(key(0, 0)), NOW)).isFalse();
        assertThat(state.observe(exited(key(0, 0), 1), NOW)).isFalse();
        assertThat(state.status().tasks().get(0).phase()).isEqualTo(Phase.SUCCEEDED);
    }

    @Test
    void attach_knownAttempts_continuesWhereTheyAre() {
        ExecutionState state = state(job(4).parallelism(2).maxRetries(1));
        state.observe(exited(key(0, 0), 0), NOW);
        state.observe(exited(key(1, 0), 9), NOW);
        state.observe(running(key(1, 1)), NOW);
        state.observe(running(key(2, 0)), NOW);

        assertThat(state.takeLaunches()).as("two run, so nothing is launched").isEmpty();
        state.observe(exited(key(1, 1), 0), NOW);
        assertThat(state.takeLaunches()).containsExactly(key(3, 0));
    }

    @Test
    void attach_retryDecidedButNotLaunched_launchesItOnce() {
        ExecutionState state = state(job(1).maxRetries(1));
        state.observe(exited(key(0, 0), 9), NOW);

        assertThat(state.takeLaunches()).containsExactly(key(0, 1));
    }

    @Test
    void pendingAttempt_identityTaken_isRelaunchedUnderTheSameKeyOnce() {
        ExecutionState state = state(job(1));
        AttemptStatus pending = AttemptStatus.builder(key(0, 0), AttemptState.PENDING)
                .nativeId("n")
                .build();
        state.observe(pending, NOW);

        assertThat(state.takeLaunches()).isEmpty();
        assertThat(state.takeRelaunch(key(0, 0))).hasValue(key(0, 0));
        assertThat(state.takeRelaunch(key(0, 0))).as("one is under way").isEmpty();
    }

    @Test
    void timeout_runsTooLong_isStoppedOnceUntilRepeated() {
        ExecutionState state = state(job(1).timeout(Duration.ofMinutes(1)));
        state.takeLaunches();
        state.launched(running(key(0, 0)), NOW);

        assertThat(state.nextDeadline()).hasValue(NOW.plusSeconds(60));
        assertThat(state.takeStops(NOW.plusSeconds(59), REPEAT)).isEmpty();
        assertThat(state.takeStops(NOW.plusSeconds(60), REPEAT))
                .extracting(ExecutionState.StopOrder::reason)
                .containsExactly(StopReason.TIMEOUT);
        assertThat(state.takeStops(NOW.plusSeconds(61), REPEAT)).isEmpty();
        assertThat(state.takeStops(NOW.plusSeconds(65), REPEAT))
                .as("a lost stop is repaired")
                .hasSize(1);
    }

    @Test
    void timeout_processEndsWithZeroAfterStop_isStillTimedOut() {
        ExecutionState state = state(job(1).timeout(Duration.ofMinutes(1)));
        state.takeLaunches();
        AttemptStatus polite =
                stopped(key(0, 0), StopReason.TIMEOUT).toBuilder().exitCode(0).build();
        runOut(state, polite);

        assertThat(result(state).phase()).isEqualTo(Phase.TIMED_OUT);
        assertThat(result(state).failure().orElseThrow().cause()).isEqualTo(FailureCause.TIMEOUT);
    }

    @Test
    void timeout_retriesLeft_isTriedAgain() {
        ExecutionState state = state(job(1).timeout(Duration.ofMinutes(1)).maxRetries(1));
        state.takeLaunches();
        runOut(state, stopped(key(0, 0), StopReason.TIMEOUT));

        assertThat(state.takeLaunches()).containsExactly(key(0, 1));
    }

    @Test
    void cancel_runningAndWaiting_stopsTheOneAndNeverLaunchesTheOther() {
        ExecutionState state = state(job(3).parallelism(1).maxRetries(2));
        state.takeLaunches();
        state.launched(running(key(0, 0)), NOW);
        state.cancel();

        assertThat(state.takeLaunches()).isEmpty();
        assertThat(state.takeStops(NOW, REPEAT))
                .extracting(s -> s.attempt().key())
                .containsExactly(key(0, 0));
        assertThat(state.result()).as("one still runs").isEmpty();
        state.observe(stopped(key(0, 0), StopReason.CANCELLED), NOW);
        assertThat(result(state).phase()).isEqualTo(Phase.CANCELLED);
        assertThat(result(state).tasks()).extracting(t -> t.phase()).containsOnly(Phase.CANCELLED);
    }

    @Test
    void cancel_launchUnderWay_isStoppedOnceItIsKnown() {
        ExecutionState state = state(job(1));
        state.takeLaunches();
        state.cancel();
        assertThat(state.takeStops(NOW, REPEAT)).isEmpty();
        assertThat(state.result()).isEmpty();
        state.launched(running(key(0, 0)), NOW);

        assertThat(state.takeStops(NOW, REPEAT)).hasSize(1);
    }

    @Test
    void cancel_byAnotherJvm_isLearntFromTheStoppedAttempt() {
        ExecutionState state = state(job(2).parallelism(1).maxRetries(1));
        state.takeLaunches();
        runOut(state, stopped(key(0, 0), StopReason.CANCELLED));

        assertThat(state.takeLaunches()).isEmpty();
        assertThat(result(state).phase()).isEqualTo(Phase.CANCELLED);
    }

    @Test
    void cancel_everyTaskSucceedsBefore_succeeded() {
        ExecutionState state = state(job(1));
        state.takeLaunches();
        state.launched(running(key(0, 0)), NOW);
        state.cancel();
        state.observe(exited(key(0, 0), 0), NOW);

        assertThat(result(state).phase()).isEqualTo(Phase.SUCCEEDED);
    }

    @Test
    void gone_withinGrace_isNoVerdict() {
        ExecutionState state = state(job(1));
        state.takeLaunches();
        state.launched(running(key(0, 0)), NOW);
        AttemptStatus gone = AttemptStatus.builder(key(0, 0), AttemptState.GONE).build();
        state.observe(gone, NOW);

        assertThat(state.hasGoneTooLong(NOW.plusSeconds(29))).isFalse();
        state.observe(running(key(0, 0)), NOW.plusSeconds(29));
        assertThat(state.hasGoneTooLong(NOW.plusSeconds(60)))
                .as("it was seen again")
                .isFalse();
    }

    @Test
    void gone_afterGraceAndNotInSecondSource_failsAsUnknownWithoutRetry() {
        ExecutionState state = state(job(1).maxRetries(3));
        state.takeLaunches();
        state.launched(running(key(0, 0)), NOW);
        state.observe(AttemptStatus.builder(key(0, 0), AttemptState.GONE).build(), NOW);
        Instant later = NOW.plus(GRACE);
        assertThat(state.hasGoneTooLong(later)).isTrue();
        state.giveUpGone(List.of(), later);

        assertThat(state.takeLaunches())
                .as("it may have succeeded: a retry could run it twice")
                .isEmpty();
        assertThat(result(state).failure().orElseThrow().cause()).isEqualTo(FailureCause.UNKNOWN);
    }

    @Test
    void gone_butInSecondSource_takesThatVerdict() {
        ExecutionState state = state(job(1));
        state.takeLaunches();
        state.launched(running(key(0, 0)), NOW);
        state.observe(AttemptStatus.builder(key(0, 0), AttemptState.GONE).build(), NOW);
        state.giveUpGone(List.of(exited(key(0, 0), 0)), NOW.plus(GRACE));

        assertThat(result(state).phase()).isEqualTo(Phase.SUCCEEDED);
    }

    @Test
    void unknown_seenForHours_isNoVerdict() {
        ExecutionState state = state(job(1));
        state.takeLaunches();
        state.launched(running(key(0, 0)), NOW);
        state.observe(AttemptStatus.builder(key(0, 0), AttemptState.UNKNOWN).build(), NOW.plusSeconds(7200));

        assertThat(state.hasGoneTooLong(NOW.plusSeconds(9000))).isFalse();
        assertThat(state.result()).isEmpty();
    }

    @Test
    void hint_whileLaunching_isKeptUntilTheLaunchAnswers() {
        ExecutionState state = state(job(1));
        state.takeLaunches();

        assertThat(state.hinted(List.of(key(0, 0)))).isEmpty();
        assertThat(state.launched(running(key(0, 0)), NOW)).as("look again").isTrue();
        assertThat(state.hinted(List.of(key(0, 0)))).hasSize(1);
    }

    @Test
    void randomHistories_always_runEachTaskToOneVerdictWithinTheBounds() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int tasks = 1 + random.nextInt(30);
            int parallelism = 1 + random.nextInt(8);
            int retries = random.nextInt(3);
            ExecutionState state = state(job(tasks).parallelism(parallelism).maxRetries(retries));
            Set<AttemptKey> launchedOnce = new HashSet<>();
            List<AttemptKey> open = new ArrayList<>();
            while (state.result().isEmpty()) {
                for (AttemptKey key : state.takeLaunches()) {
                    assertThat(launchedOnce.add(key))
                            .as("seed %s: %s is launched once", seed, key)
                            .isTrue();
                    assertThat(key.attempt()).isLessThanOrEqualTo(retries);
                    open.add(key);
                }
                assertThat(open).as("seed %s", seed).isNotEmpty().hasSizeLessThanOrEqualTo(parallelism);
                AttemptKey next = open.remove(random.nextInt(open.size()));
                runOut(state, exited(next, random.nextInt(3) == 0 ? 1 : 0));
            }
            assertThat(result(state).tasks())
                    .hasSize(tasks)
                    .allMatch(t -> t.phase().isTerminal());
        }
    }

    @Test
    void status_processThatEndsByItself_staysRunningWhileThePlatformTidiesUp() {
        ExecutionState state = state(job(1));
        AttemptKey key = state.takeLaunches().get(0);
        state.launched(running(key), NOW);

        state.observe(
                AttemptStatus.builder(key, AttemptState.STOPPING)
                        .nativeId("n-" + key)
                        .build(),
                NOW);

        assertThat(state.status().phase()).isEqualTo(Phase.RUNNING);
    }
}
