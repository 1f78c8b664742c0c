package io.portolan.aws.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.StopReason;
import io.portolan.run.Timings;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.RequestLimits;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;

class JournalTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.5Z");
    private static final ExecutionId ID = ExecutionId.of("nightly-1");
    private static final ExecutionRecord RECORD = new ExecutionRecord(ID, "etl", "hash", 3, "kind: job", NOW, false);

    private final FakeLogs logs = new FakeLogs();
    private final AwsCalls calls = new AwsCalls(RequestLimits.NONE);
    private final Journal journal = new Journal(() -> logs, calls, "shop", Clock.systemUTC());

    @Test
    void read_ofAllThatCanHappen_givesWhatWasWritten() {
        claim();
        AttemptStatus ended = AttemptStatus.builder(new AttemptKey(ID, "hash", 2, 1), AttemptState.ENDED)
                .nativeId("arn:task")
                .exitCode(137)
                .signal(9)
                .stopReason(StopReason.TIMEOUT)
                .failure(Failure.of(FailureCause.TIMEOUT, "too \"long\"\n")
                        .retryable(false)
                        .nativeCode("137")
                        .hint("wait"))
                .timings(new Timings(NOW, NOW.plusSeconds(1), NOW.plusSeconds(2)))
                .build();
        AttemptStatus succeeded = AttemptStatus.builder(new AttemptKey(ID, "hash", 0, 0), AttemptState.ENDED)
                .exitCode(0)
                .build();
        List<Fact> facts = List.of(
                new Fact.Intent(2, 1, NOW),
                new Fact.Launched(2, 1, NOW, "arn:task"),
                new Fact.Stop(2, 1, NOW, StopReason.TIMEOUT),
                new Fact.Ended(NOW, ended),
                new Fact.Ended(NOW, succeeded));

        journal.write(ID, facts);

        assertThat(journal.read(RECORD)).isEqualTo(facts);
    }

    @Test
    void write_ofSeveralFacts_isOneRequest() {
        claim();
        logs.requests.clear();

        journal.write(ID, List.of(new Fact.Intent(0, 0, NOW), new Fact.Intent(1, 0, NOW)));

        assertThat(logs.requests).containsExactly("PutLogEvents");
        assertThat(logs.lines("/portolan/shop/execution/nightly-1"))
                .first()
                .isEqualTo("{\"intent\":\"0/0\",\"at\":\"2026-11-22T10:00:00.500Z\"}");
    }

    @Test
    void write_withoutAStream_makesIt() {
        logs.createLogGroup(r -> r.logGroupName("/portolan/shop/execution/nightly-1"));

        journal.write(ID, List.of(new Fact.Intent(0, 0, NOW)));

        assertThat(journal.read(RECORD)).hasSize(1);
    }

    @Test
    void write_afterTheExecutionWasDeleted_isAConflict() {
        assertThatExceptionOfType(PortolanException.class)
                .isThrownBy(() -> journal.write(ID, List.of(new Fact.Intent(0, 0, NOW))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void read_withoutAStream_isEmpty() {
        assertThat(journal.read(RECORD)).isEmpty();
    }

    @Test
    void read_ofLinesOfALaterVersion_skipsThem() {
        claim();
        logs.putLogEvents(r -> r.logGroupName("/portolan/shop/execution/nightly-1")
                .logStreamName("attempts")
                .logEvents(line("{\"paused\":\"0/0\"}"), line("no json"), line("{\"intent\":\"x\",\"at\":\"y\"}")));
        journal.write(ID, List.of(new Fact.Intent(0, 0, NOW)));

        assertThat(journal.read(RECORD)).containsExactly(new Fact.Intent(0, 0, NOW));
    }

    private static InputLogEvent line(String text) {
        return InputLogEvent.builder().message(text).build();
    }

    private void claim() {
        new ExecutionRecords(() -> logs, calls, "shop").claim(RECORD);
    }
}
