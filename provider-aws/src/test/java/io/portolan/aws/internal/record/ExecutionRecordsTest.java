package io.portolan.aws.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.RequestLimits;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExecutionRecordsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456789Z");

    private final FakeLogs logs = new FakeLogs();
    private final ExecutionRecords records = new ExecutionRecords(() -> logs, new AwsCalls(RequestLimits.NONE), "shop");

    @Test
    void claim_ofANewId_keepsTheRecordWhole() {
        ExecutionRecord wanted = record("nightly-1", "hash-1");

        StoredRecord claimed = records.claim(wanted);

        assertThat(claimed.isNew()).isTrue();
        assertThat(claimed.record()).isEqualTo(wanted);
        assertThat(records.find(wanted.id()).orElseThrow().record()).isEqualTo(wanted);
        assertThat(records.find(wanted.id()).orElseThrow().nonce()).isEqualTo(claimed.nonce());
    }

    @Test
    void claim_ofAnIdThatIsTaken_givesTheFirstRecord() {
        StoredRecord first = records.claim(record("nightly-1", "hash-1"));

        StoredRecord second = records.claim(record("nightly-1", "hash-2"));

        assertThat(second.isNew()).isFalse();
        assertThat(second.record().specHash()).isEqualTo("hash-1");
        assertThat(second.nonce()).isEqualTo(first.nonce());
    }

    @Test
    void claim_ofAnIdThatIsTakenButNotVisibleYet_canBeRepeated() {
        records.claim(record("nightly-1", "hash-1"));
        logs.isVisible = false;

        assertThatExceptionOfType(PortolanException.class)
                .isThrownBy(() -> records.claim(record("nightly-1", "hash-1")))
                .satisfies(e -> assertThat(e.isRetryable()).isTrue());
    }

    @Test
    void claim_afterADelete_hasAnotherNonce() {
        StoredRecord first = records.claim(record("nightly-1", "hash-1"));
        records.delete(first.record().id());

        StoredRecord second = records.claim(record("nightly-1", "hash-1"));

        assertThat(second.isNew()).isTrue();
        assertThat(second.nonce()).isNotEqualTo(first.nonce());
    }

    @Test
    void claim_ofASpecThatTagsCannotHold_isRefusedBeforeAnyRequest() {
        StringBuilder noise = new StringBuilder();
        new Random(1).ints(20_000, 33, 126).forEach(c -> noise.append((char) c));
        ExecutionRecord wanted =
                new ExecutionRecord(ExecutionId.of("big"), "etl", "hash", 1, noise.toString(), NOW, false);

        assertThatExceptionOfType(PortolanException.class)
                .isThrownBy(() -> records.claim(wanted))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
        assertThat(logs.requests).isEmpty();
    }

    @Test
    void find_ofAnIdThatBeginsAnother_findsNothing() {
        records.claim(record("nightly-10", "hash-1"));

        assertThat(records.find(ExecutionId.of("nightly-1"))).isEmpty();
    }

    @Test
    void find_onceTheAccountIsKnown_takesOneRequest() {
        records.claim(record("nightly-1", "hash-1"));
        records.find(ExecutionId.of("nightly-1"));
        logs.requests.clear();

        records.find(ExecutionId.of("nightly-1"));

        assertThat(logs.requests).containsExactly("ListTagsForResource");
    }

    @Test
    void markCancelled_isSeenByWhoeverFindsIt() {
        records.claim(record("nightly-1", "hash-1"));

        records.markCancelled(ExecutionId.of("nightly-1"), NOW);
        records.markCancelled(ExecutionId.of("nightly-1"), NOW.plusSeconds(1));

        assertThat(records.find(ExecutionId.of("nightly-1"))
                        .orElseThrow()
                        .record()
                        .cancelled())
                .isTrue();
    }

    @Test
    void all_givesTheRecordsOfEveryPage_oldestFirst() {
        records.claim(new ExecutionRecord(ExecutionId.of("a"), "etl", "h", 2, "kind: job", NOW, false));
        records.claim(new ExecutionRecord(ExecutionId.of("b"), "etl", "h", 2, "kind: job", NOW.minusSeconds(9), false));
        new ExecutionRecords(() -> logs, new AwsCalls(RequestLimits.NONE), "shop-2").claim(record("c", "h"));

        assertThat(records.all()).extracting(s -> s.record().id().value()).containsExactly("b", "a");
    }

    @Test
    void ids_ofManyRecords_areReadWithoutTheirTags() {
        records.claim(record("b", "h"));
        records.claim(record("a", "h"));
        new ExecutionRecords(() -> logs, new AwsCalls(RequestLimits.NONE), "shop-2").claim(record("c", "h"));
        logs.createLogGroup(r -> r.logGroupName("/portolan/shop/execution/No Id"));
        logs.requests.clear();

        assertThat(records.ids()).extracting(ExecutionId::value).containsExactly("b", "a");
        assertThat(logs.requests).containsOnly("DescribeLogGroups");
    }

    @Test
    void delete_canBeRepeated() {
        records.claim(record("nightly-1", "hash-1"));

        records.delete(ExecutionId.of("nightly-1"));
        records.delete(ExecutionId.of("nightly-1"));

        assertThat(records.find(ExecutionId.of("nightly-1"))).isEmpty();
    }

    private static ExecutionRecord record(String id, String hash) {
        return new ExecutionRecord(
                ExecutionId.of(id), "etl", hash, 3, "kind: job\nname: etl\nimage: x\n".repeat(40), NOW, false);
    }
}
