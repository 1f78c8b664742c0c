package io.portolan.local.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.Timings;
import io.portolan.spec.JobSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spi.ExecutionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An execution is finished")
class FinishedTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final ExecutionId ID = ExecutionId.of("run-1");

    private static ExecutionRecord execution(int tasks, int maxRetries, boolean cancelled) {
        JobSpec spec = JobSpec.builder("etl")
                .image("etl:1")
                .tasks(tasks)
                .maxRetries(maxRetries)
                .build();
        return new ExecutionRecord(
                ID, "etl", SpecYaml.hash(spec), tasks, SpecYaml.write(spec), NOW.minusSeconds(30), cancelled);
    }

    private static AttemptStatus ended(int index, int attempt, int code) {
        AttemptStatus.Builder status = AttemptStatus.builder(
                        new AttemptKey(ID, "h", index, attempt), AttemptState.ENDED)
                .exitCode(code)
                .timings(new Timings(NOW, NOW, NOW));
        return code == 0
                ? status.build()
                : status.failure(Failure.of(FailureCause.APP_EXIT, "exit " + code))
                        .build();
    }

    private static boolean isFinished(ExecutionRecord execution, AttemptStatus... attempts) {
        return Finished.isFinished(execution, List.of(attempts), NOW);
    }

    @Test
    void everyTaskSucceeded_isFinished() {
        assertThat(isFinished(execution(2, 0, false), ended(0, 0, 0), ended(1, 0, 0)))
                .isTrue();
    }

    @Test
    void aTaskIsMissing_canBeGoneOnWith() {
        assertThat(isFinished(execution(2, 0, false), ended(0, 0, 0))).isFalse();
    }

    @Test
    void aRetryIsLeft_canBeGoneOnWith() {
        assertThat(isFinished(execution(1, 1, false), ended(0, 0, 7))).isFalse();
        assertThat(isFinished(execution(1, 1, false), ended(0, 0, 7), ended(0, 1, 7)))
                .isTrue();
    }

    @Test
    void aFailureThatNoRetryMends_isFinished() {
        AttemptStatus bad = ended(0, 0, 127).toBuilder()
                .failure(Failure.of(FailureCause.BAD_COMMAND, "no such file"))
                .build();
        assertThat(isFinished(execution(1, 3, false), bad)).isTrue();
    }

    @Test
    void somethingRuns_isNotFinishedEvenIfCancelled() {
        AttemptStatus runs = AttemptStatus.builder(new AttemptKey(ID, "h", 1, 0), AttemptState.RUNNING)
                .build();
        assertThat(isFinished(execution(2, 0, true), ended(0, 0, 0), runs)).isFalse();
    }

    @Test
    void cancelledAndNothingRuns_isFinished() {
        assertThat(isFinished(execution(5, 3, true), ended(0, 0, 1))).isTrue();
    }

    @Test
    void nothingWasStarted_isFinishedOnlyAfterAMoment() {
        assertThat(isFinished(execution(1, 0, false))).isFalse();
        assertThat(Finished.isFinished(execution(1, 0, false), List.of(), NOW.plusSeconds(60)))
                .isTrue();
    }

    @Test
    void nobodyWentOnForADay_isFinished() {
        assertThat(Finished.isFinished(execution(2, 0, false), List.of(ended(0, 0, 0)), NOW.plus(Duration.ofHours(25))))
                .isTrue();
    }
}
