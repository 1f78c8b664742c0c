package io.portolan.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import nl.jqno.equalsverifier.EqualsVerifier;
import nl.jqno.equalsverifier.Warning;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObservationsTest {
    private static final ExecutionId ID = ExecutionId.of("e");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private final AttemptKey key = new AttemptKey(ID, "0a", 2, 1);

    private AttemptStatus ended(@Nullable Integer exitCode) {
        return AttemptStatus.builder(key, AttemptState.ENDED).exitCode(exitCode).build();
    }

    private TaskStatus task(int index, Phase phase, AttemptStatus... attempts) {
        return new TaskStatus(index, phase, List.of(attempts));
    }

    @Test
    void attempt_isASuccess_onlyIfNothingSpeaksAgainstIt() {
        assertThat(ended(0).isSuccess()).isTrue();
        assertThat(ended(1).isSuccess()).isFalse();
        assertThat(ended(null).isSuccess()).isFalse();
        assertThat(ended(0).toBuilder().stopReason(StopReason.CANCELLED).build().isSuccess())
                .isFalse();
        assertThat(ended(0).toBuilder()
                        .failure(Failure.of(FailureCause.PLATFORM, "x"))
                        .build()
                        .isSuccess())
                .isFalse();
        assertThat(AttemptStatus.builder(key, AttemptState.RUNNING)
                        .exitCode(0)
                        .build()
                        .isSuccess())
                .isFalse();
    }

    @Test
    void attempt_everythingSet_isKept() {
        Timings timings = new Timings(NOON, NOON.plusSeconds(2), NOON.plusSeconds(5));
        Failure failure = Failure.of(FailureCause.APP_EXIT, "exit 137");
        AttemptStatus status = AttemptStatus.builder(key, AttemptState.ENDED)
                .nativeId("c-1")
                .exitCode(137)
                .signal(9)
                .failure(failure)
                .stopReason(StopReason.TIMEOUT)
                .timings(timings)
                .build();

        assertThat(status.key()).isEqualTo(key);
        assertThat(status.state()).isEqualTo(AttemptState.ENDED);
        assertThat(status.nativeId()).contains("c-1");
        assertThat(status.exitCode()).hasValue(137);
        assertThat(status.signal()).hasValue(9);
        assertThat(status.failure()).contains(failure);
        assertThat(status.stopReason()).contains(StopReason.TIMEOUT);
        assertThat(status.timings()).isEqualTo(timings);
        assertThat(status.toBuilder().build()).isEqualTo(status);
        assertThat(status).hasToString("e/2/1 ENDED exit 137 signal 9 stopped for TIMEOUT APP_EXIT: exit 137");
        AttemptStatus bare = AttemptStatus.builder(key, AttemptState.GONE).build();
        assertThat(bare).hasToString("e/2/1 GONE");
        assertThat(bare.exitCode()).isEmpty();
        assertThat(bare.signal()).isEmpty();
        assertThat(bare.timings()).isEqualTo(Timings.NONE);
    }

    @Test
    void states_thatTakeAPlace_areAllButEnded() {
        Set<AttemptState> passive = EnumSet.allOf(AttemptState.class);
        passive.removeIf(AttemptState::isActive);

        assertThat(passive).containsExactly(AttemptState.ENDED);
    }

    @Test
    void phases_thatNeverChange_areTheFourVerdicts() {
        Set<Phase> terminal = EnumSet.allOf(Phase.class);
        terminal.removeIf(phase -> !phase.isTerminal());

        assertThat(terminal).containsExactlyInAnyOrder(Phase.SUCCEEDED, Phase.FAILED, Phase.CANCELLED, Phase.TIMED_OUT);
    }

    @Test
    void causes_thatANewTryCanMend_areAsDocumented() {
        Set<FailureCause> retried = EnumSet.allOf(FailureCause.class);
        retried.removeIf(cause -> !cause.isRetryable());

        assertThat(retried)
                .containsExactlyInAnyOrder(
                        FailureCause.APP_EXIT,
                        FailureCause.IMAGE_PULL_TRANSIENT,
                        FailureCause.NO_CAPACITY,
                        FailureCause.PREEMPTED,
                        FailureCause.TIMEOUT,
                        FailureCause.PLATFORM);
    }

    @Test
    void failure_settings_changeOnlyThemselves() {
        Failure failure = Failure.of(FailureCause.OUT_OF_MEMORY, "killed");

        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure).hasToString("OUT_OF_MEMORY: killed");
        Failure full = failure.retryable(true).nativeCode("OOMKilled").hint("ask for more memory");
        assertThat(full).hasToString("OUT_OF_MEMORY: killed [OOMKilled]; ask for more memory");
        assertThat(full.isRetryable()).isTrue();
        assertThat(full.cause()).isEqualTo(FailureCause.OUT_OF_MEMORY);
        assertThat(full.message()).isEqualTo("killed");
        assertThat(full.nativeCode()).contains("OOMKilled");
        assertThat(full.hint()).contains("ask for more memory");
        assertThat(failure.nativeCode()).isEmpty();
        assertThat(failure.hint()).isEmpty();
    }

    @Test
    void task_showsItsLastAttempt() {
        Failure failure = Failure.of(FailureCause.APP_EXIT, "exit 3");
        AttemptStatus first = ended(3).toBuilder().signal(15).failure(failure).build();

        assertThat(task(2, Phase.QUEUED).exitCode()).isEmpty();
        assertThat(task(2, Phase.QUEUED).signal()).isEmpty();
        assertThat(task(2, Phase.QUEUED).failure()).isEmpty();
        assertThat(task(2, Phase.FAILED, first).exitCode()).hasValue(3);
        assertThat(task(2, Phase.FAILED, first).signal()).hasValue(15);
        assertThat(task(2, Phase.FAILED, first).failure()).contains(failure);
        assertThat(task(2, Phase.SUCCEEDED, first, ended(0)).exitCode()).hasValue(0);
        assertThat(task(2, Phase.SUCCEEDED, first, ended(0)).failure()).isEmpty();
    }

    @Test
    void result_ofFailedTasks_namesTheFirstFive() {
        List<TaskStatus> tasks = new ArrayList<>(List.of(task(0, Phase.SUCCEEDED, ended(0))));
        for (int i = 1; i <= 6; i++) {
            tasks.add(task(
                    i,
                    i == 2 ? Phase.TIMED_OUT : Phase.FAILED,
                    i == 1
                            ? ended(1)
                            : ended(1).toBuilder()
                                    .failure(Failure.of(FailureCause.APP_EXIT, "exit " + i))
                                    .build()));
        }
        JobResult result = new JobResult(ID, Phase.FAILED, tasks);

        assertThat(result.isSucceeded()).isFalse();
        assertThat(result.failure()).map(Failure::message).contains("exit 2");
        assertThat(result)
                .hasToString("execution e FAILED, 1 of 7 tasks succeeded; task 1 FAILED;"
                        + " task 2 TIMED_OUT (APP_EXIT: exit 2); task 3 FAILED (APP_EXIT: exit 3);"
                        + " task 4 FAILED (APP_EXIT: exit 4); task 5 FAILED (APP_EXIT: exit 5); ...");
        assertThat(new JobResult(ID, Phase.SUCCEEDED, tasks.subList(0, 1)))
                .hasToString("execution e SUCCEEDED, 1 of 1 tasks succeeded")
                .satisfies(r -> assertThat(r.isSucceeded()).isTrue())
                .satisfies(r -> assertThat(r.failure()).isEmpty());
    }

    @Test
    void result_ofAPhaseThatCanChange_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JobResult(ID, Phase.STOPPING, List.of()))
                .withMessage("phase was STOPPING but a result has a terminal phase");
    }

    @Test
    void status_countsTasksByPhase() {
        JobStatus status = new JobStatus(
                ID, Phase.RUNNING, List.of(task(0, Phase.RUNNING), task(1, Phase.QUEUED), task(2, Phase.QUEUED)));

        assertThat(status.count(Phase.QUEUED)).isEqualTo(2);
        assertThat(status.count(Phase.FAILED)).isZero();
    }

    @Test
    void timings_withUnknownMoments_haveNoLength() {
        Timings timings = new Timings(NOON, NOON.plusSeconds(2), NOON.plusSeconds(5));

        assertThat(timings.startup()).contains(Duration.ofSeconds(2));
        assertThat(timings.run()).contains(Duration.ofSeconds(3));
        assertThat(new Timings(NOON, null, NOON).startup()).isEmpty();
        assertThat(new Timings(NOON, null, NOON).run()).isEmpty();
        assertThat(new Timings(null, NOON, null).startup()).isEmpty();
    }

    @Test
    void logLine_ofAReplica_hasNoTask() {
        LogLine line = new LogLine(LogSource.replica("web-1"), NOON, LogLine.Stream.STDERR, "x");

        assertThat(line.task()).isEqualTo(-1);
        assertThat(line.attempt()).isEqualTo(-1);
        assertThat(line.source()).hasToString("web-1");
        assertThat(LogSource.attempt(3, 1))
                .hasToString("3/1")
                .satisfies(s -> assertThat(s.task()).isEqualTo(3));
    }

    @Test
    void service_servesItsServingRevision() {
        RevisionStatus old = new RevisionStatus(1, "0a", NOON, RevisionStatus.State.RETIRED);
        RevisionStatus now = new RevisionStatus(2, "0b", NOON, RevisionStatus.State.SERVING);
        URI uri = Objects.requireNonNull(URI.create("http://127.0.0.1:8080"));

        ServiceStatus status = new ServiceStatus("web", true, uri, "web:8080", List.of(now, old), List.of());
        assertThat(status.serving()).contains(now);
        assertThat(status.endpoint()).contains(uri);
        ServiceStatus internal = new ServiceStatus("web", false, null, "web:8080", List.of(old), List.of());
        assertThat(internal.serving()).isEmpty();
        assertThat(internal.endpoint()).isEmpty();
    }

    @Test
    void collections_areCopied() {
        List<TaskStatus> tasks = new ArrayList<>(List.of(task(0, Phase.QUEUED)));
        JobStatus status = new JobStatus(ID, Phase.QUEUED, tasks);
        List<String> failed = new ArrayList<>(List.of("x"));
        PruneReport report = new PruneReport(
                List.of(new OwnedResource("container", "n", "id", "exited", NOON, Map.of("a", "b"))), failed);
        tasks.clear();
        failed.clear();

        assertThat(status.tasks()).hasSize(1);
        assertThat(report.failed()).containsExactly("x");
        assertThat(new ReplicaStatus("r", 1, true, "up").ready()).isTrue();
    }

    @Test
    void observations_areEqualByContent() {
        EqualsVerifier.forClass(AttemptStatus.class)
                .suppress(Warning.NULL_FIELDS)
                .verify();
        EqualsVerifier.forClass(Failure.class).suppress(Warning.NULL_FIELDS).verify();
    }
}
