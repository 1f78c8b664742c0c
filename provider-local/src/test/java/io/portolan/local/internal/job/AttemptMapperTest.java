package io.portolan.local.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.StopReason;
import io.portolan.run.Timings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What the engine shows of an attempt")
class AttemptMapperTest {
    private static final AttemptKey KEY = new AttemptKey(ExecutionId.of("nightly-7"), "0123abcd", 3, 1);
    private static final AttemptName NAME = new AttemptName("portolan-shop_nightly-7_3_1", "abcdefghij", null);

    private static AttemptStatus status(InspectContainerResponse seen) {
        return status(NAME, seen, null);
    }

    private static AttemptStatus status(AttemptName name, InspectContainerResponse seen, @Nullable String lastWords) {
        return AttemptMapper.status(KEY, name, seen, lastWords);
    }

    private static Failure failure(AttemptStatus status) {
        assertThat(status.state()).isEqualTo(AttemptState.ENDED);
        return status.failure().orElseThrow();
    }

    @Test
    void process_endedWithCode0_succeeded() {
        AttemptStatus status = status(Inspected.exited(0));

        assertThat(status.isSuccess()).isTrue();
        assertThat(status.nativeId()).hasValue(Inspected.ID);
        assertThat(status.timings())
                .isEqualTo(new Timings(
                        Instant.parse(Inspected.CREATED),
                        Instant.parse(Inspected.STARTED),
                        Instant.parse(Inspected.FINISHED)));
    }

    @Test
    void process_endedWithoutACodeThatIsKnown_didNotSucceed() {
        AttemptStatus status = status(Inspected.read("""
                {"Id": "4c01", "State": {"Status": "exited", "StartedAt": "%s", "FinishedAt": "%s"}}""".formatted(Inspected.STARTED, Inspected.FINISHED)));

        assertThat(failure(status).cause()).isEqualTo(FailureCause.UNKNOWN);
        assertThat(status.exitCode()).isEmpty();
        assertThat(status.signal()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 125, 126, 127, 128, 139, 143, 255})
    void process_endedWithAnotherCode_failedByItself(int code) {
        AttemptStatus status = status(Inspected.exited(code));

        assertThat(failure(status).cause()).isEqualTo(FailureCause.APP_EXIT);
        assertThat(failure(status).nativeCode()).hasValue(Integer.toString(code));
        assertThat(status.exitCode()).hasValue(code);
        assertThat(status.signal()).as("the engine tells no signals").isEmpty();
    }

    @Test
    void exitCode137_withoutOutOfMemory_isSignal9OfTheProgramsOwn() {
        AttemptStatus status = status(Inspected.exited(137));

        assertThat(failure(status).cause()).isEqualTo(FailureCause.APP_EXIT);
        assertThat(failure(status).isRetryable()).isTrue();
        assertThat(status.exitCode()).hasValue(137);
        assertThat(status.signal()).hasValue(9);
    }

    @Test
    void exitCode137_withOutOfMemory_isOutOfMemoryAndNamesTheLimit() {
        AttemptStatus status = status(Inspected.exitedOutOfMemory(137, 16_777_216));

        assertThat(failure(status).cause()).isEqualTo(FailureCause.OUT_OF_MEMORY);
        assertThat(failure(status).message()).contains("16777216 bytes", "exit code 137");
        assertThat(failure(status).nativeCode()).hasValue("OOMKilled");
        assertThat(failure(status).isRetryable()).isFalse();
        assertThat(status.signal()).hasValue(9);
    }

    @ParameterizedTest
    @CsvSource({"CANCELLED, CANCELLED", "TIMEOUT, TIMEOUT"})
    void exitCode137_afterAStop_isTheStopsReason(StopReason reason, FailureCause cause) {
        AttemptStatus status = status(NAME.stopped(reason), Inspected.exited(137), null);

        assertThat(failure(status).cause()).isEqualTo(cause);
        assertThat(status.stopReason()).hasValue(reason);
        assertThat(status.signal()).hasValue(9);
    }

    @Test
    void outOfMemory_afterAStop_isTheStopsReason() {
        AttemptStatus status =
                status(NAME.stopped(StopReason.TIMEOUT), Inspected.exitedOutOfMemory(137, 16_777_216), null);

        assertThat(failure(status).cause()).isEqualTo(FailureCause.TIMEOUT);
    }

    @Test
    void exitCode0_afterAStop_isNoSuccess() {
        AttemptStatus status = status(NAME.stopped(StopReason.CANCELLED), Inspected.exited(0), null);

        assertThat(status.isSuccess()).isFalse();
        assertThat(failure(status).cause()).isEqualTo(FailureCause.CANCELLED);
        assertThat(failure(status).message()).contains("exit code 0");
    }

    @Test
    void outOfMemory_thatTheProgramSurvived_isSuccess() {
        assertThat(status(Inspected.exitedOutOfMemory(0, 16_777_216)).isSuccess())
                .isTrue();
    }

    @Test
    void outOfMemory_ofAChild_isOutOfMemoryWithTheProgramsOwnCode() {
        AttemptStatus status = status(Inspected.exitedOutOfMemory(1, 16_777_216));

        assertThat(failure(status).cause()).isEqualTo(FailureCause.OUT_OF_MEMORY);
        assertThat(status.exitCode()).hasValue(1);
        assertThat(status.signal()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 126, 127, 255})
    void shortProcess_withACodeOfShellsAndInits_isAskedForItsLastWords(int code) {
        assertThat(AttemptMapper.wantsLastWords(Inspected.exitedAtOnce(code))).isTrue();
        assertThat(AttemptMapper.wantsLastWords(Inspected.exited(code)))
                .as("it ran for seconds")
                .isFalse();
        assertThat(AttemptMapper.wantsLastWords(Inspected.refused(code, "exec: not found")))
                .as("it never ran")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 125, 137})
    void shortProcess_withAnotherCode_isNotAskedForItsLastWords(int code) {
        assertThat(AttemptMapper.wantsLastWords(Inspected.exitedAtOnce(code))).isFalse();
    }

    @Test
    void lastWords_aboutTheFormat_areABadImage() {
        AttemptStatus status = status(NAME, Inspected.exitedAtOnce(1), "exec /app: exec format error");

        assertThat(failure(status).cause()).isEqualTo(FailureCause.BAD_IMAGE);
        assertThat(status.exitCode()).hasValue(1);
    }

    @Test
    void lastWords_aboutAnythingElse_areTheProgramsOwn() {
        AttemptStatus status = status(NAME, Inspected.exitedAtOnce(127), "sh: nosuch: not found");

        assertThat(failure(status).cause()).isEqualTo(FailureCause.APP_EXIT);
    }

    @Test
    void created_andNotStarted_isPending() {
        AttemptStatus status = status(Inspected.created());

        assertThat(status.state()).isEqualTo(AttemptState.PENDING);
        assertThat(status.exitCode()).isEmpty();
        assertThat(status.timings().startedAt()).isNull();
        assertThat(AttemptMapper.isUnstarted(NAME, Inspected.created())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127 | OCI runtime create failed: exec: \"nosuch\": executable file not found in $PATH: unknown | BAD_COMMAND",
                "126 | OCI runtime create failed: exec: \"/etc/passwd\": permission denied: unknown | BAD_COMMAND",
                "128 | error mounting \"/tmp\" to rootfs at \"/etc/passwd\": not a directory: unknown | VOLUME",
                "128 | could not select device driver \"\" with capabilities: [[gpu]] | PLACEMENT",
            })
    void start_thatWasRefused_hasTheEnginesReasonAndNoExitCode(int code, String error, FailureCause cause) {
        InspectContainerResponse seen = Inspected.refused(code, error);
        AttemptStatus status = status(seen);

        assertThat(failure(status).cause()).isEqualTo(cause);
        assertThat(failure(status).message()).isEqualTo(error);
        assertThat(failure(status).nativeCode()).hasValue(Integer.toString(code));
        assertThat(status.exitCode()).as("no process, so none ended").isEmpty();
        assertThat(AttemptMapper.isUnstarted(NAME, seen)).isFalse();
    }

    @Test
    void start_thatWasRefusedWithoutAnError_hasTheReasonOfItsName() {
        AttemptName refused = NAME.refused(FailureCause.PLACEMENT);

        assertThat(failure(status(refused, Inspected.created(), null)).cause()).isEqualTo(FailureCause.PLACEMENT);
        assertThat(AttemptMapper.isUnstarted(refused, Inspected.created())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"CANCELLED, CANCELLED", "TIMEOUT, TIMEOUT"})
    void created_andStoppedBeforeItsStart_endedForTheStopsReason(StopReason reason, FailureCause cause) {
        AttemptStatus status = status(NAME.stopped(reason), Inspected.created(), null);

        assertThat(failure(status).cause()).isEqualTo(cause);
        assertThat(failure(status).message()).contains("before it started");
        assertThat(status.exitCode()).isEmpty();
    }

    @Test
    void created_withAMarkOfALaterVersion_isNotStarted() {
        AttemptName marked = new AttemptName(NAME.identity(), NAME.owner(), "withdrawn");

        assertThat(AttemptMapper.isUnstarted(marked, Inspected.created())).isFalse();
        assertThat(failure(status(marked, Inspected.created(), null)).cause()).isEqualTo(FailureCause.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "paused", "restarting"})
    void alive_inAnyOfTheEnginesWords_isRunningOrStopping(String word) {
        assertThat(status(Inspected.alive(word)).state()).isEqualTo(AttemptState.RUNNING);
        assertThat(status(NAME.stopped(StopReason.TIMEOUT), Inspected.alive(word), null)
                        .state())
                .isEqualTo(AttemptState.STOPPING);
    }

    @Test
    void word_thatIsNotKnown_isUnknownAndNoVerdict() {
        AttemptStatus status = status(Inspected.alive("hibernating"));

        assertThat(status.state()).isEqualTo(AttemptState.UNKNOWN);
        assertThat(status.failure()).isEmpty();
        assertThat(status.exitCode()).isEmpty();
    }

    @Test
    void removal_ofWhatNeverStarted_isAWithdrawal() {
        InspectContainerResponse neverStarted = Inspected.state("removing", 0, "", Inspected.NEVER, Inspected.NEVER);
        InspectContainerResponse ran = Inspected.state("removing", 0, "", Inspected.STARTED, Inspected.FINISHED);

        assertThat(AttemptMapper.isWithdrawn(neverStarted)).isTrue();
        assertThat(AttemptMapper.isWithdrawn(ran)).isFalse();
        assertThat(status(ran).state()).as("its verdict may be half removed").isEqualTo(AttemptState.UNKNOWN);
    }

    @Test
    void end_notedBeforeTheStart_isAtTheStart() {
        AttemptStatus status = status(Inspected.state("exited", 0, "", Inspected.STARTED, "2026-11-22T10:00:01.4Z"));

        assertThat(status.timings().finishedAt()).isEqualTo(status.timings().startedAt());
    }

    @Test
    void instant_ofTheEngine_isReadInAnyZoneAndLeftOutWhereItDidNotHappen() {
        assertThat(AttemptMapper.instant("2026-11-22T11:00:00.5+01:00"))
                .isEqualTo(Instant.parse("2026-11-22T10:00:00.5Z"));
        assertThat(AttemptMapper.instant(Inspected.NEVER)).isNull();
        assertThat(AttemptMapper.instant("")).isNull();
        assertThat(AttemptMapper.instant("yesterday")).isNull();
    }

    @Test
    void listed_andAlive_isRunningOrStoppingSinceItsCreation() {
        Instant createdAt = Instant.parse("2026-11-22T10:00:00Z");
        FoundAttempt found = new FoundAttempt(Inspected.ID, NAME, KEY, "running", createdAt);
        FoundAttempt stopped =
                new FoundAttempt(Inspected.ID, NAME.stopped(StopReason.CANCELLED), KEY, "running", createdAt);

        assertThat(AttemptMapper.alive(found).state()).isEqualTo(AttemptState.RUNNING);
        assertThat(AttemptMapper.alive(stopped).state()).isEqualTo(AttemptState.STOPPING);
        assertThat(AttemptMapper.alive(stopped).stopReason()).hasValue(StopReason.CANCELLED);
        assertThat(AttemptMapper.started(found)).isEqualTo(AttemptMapper.alive(found));
        assertThat(AttemptMapper.started(found).timings()).isEqualTo(new Timings(createdAt, null, null));
    }
}
