package io.portolan.local.internal.job;

import static io.portolan.local.fixture.TestEngine.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.local.fixture.TestEngine;
import io.portolan.local.internal.container.Names;
import io.portolan.run.AttemptStatus;
import io.portolan.run.OwnedResource;
import io.portolan.spec.Volume;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.TaskLauncher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExecutionRecordsIT {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123Z");

    private final TestEngine engine = new TestEngine();
    private final TaskLauncher jobs = engine.jobs();

    @AfterAll
    void clean() {
        engine.close();
    }

    private static ExecutionRecord record(String id, String hash) {
        String spec = "kind: job\nname: \"größer\"\nargs: [\"a=b\", '#']\n" + "x".repeat(5_000) + "\n";
        return new ExecutionRecord(ExecutionId.of(id), "job", hash, 3, spec, NOW, false);
    }

    @Test
    void claim_ofANewExecution_isKeptWithAllItsParts() {
        ExecutionRecord wanted = record("new", TestEngine.HASH);

        assertThat(jobs.claim(wanted)).isEqualTo(wanted);
        assertThat(engine.jobs(Map.of()).find(wanted.id())).hasValue(wanted);
        assertThat(engine.jobs(Map.of()).executions()).contains(wanted);
    }

    @Test
    void claim_ofAnExecutionThatIsThere_givesTheFirst() {
        ExecutionRecord first = jobs.claim(record("first", TestEngine.HASH));

        assertThat(engine.jobs(Map.of()).claim(record("first", "fedcba9876543210")))
                .isEqualTo(first);
    }

    @Test
    void claim_byManyAtOnce_isWonByOne() throws Exception {
        int many = 8;
        CyclicBarrier together = new CyclicBarrier(many);
        ExecutorService threads = Executors.newFixedThreadPool(many);
        List<Future<ExecutionRecord>> claims = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            ExecutionRecord wanted = record("contended", "00000000" + (10000000 + i));
            claims.add(threads.submit(() -> {
                together.await();
                return jobs.claim(wanted);
            }));
        }
        Set<ExecutionRecord> kept = new HashSet<>();
        for (Future<ExecutionRecord> claim : claims) {
            kept.add(claim.get());
        }
        threads.shutdown();

        assertThat(kept).hasSize(1);
    }

    @Test
    void markCancelled_ofAnExecution_isSeenByAll() {
        ExecutionRecord wanted = jobs.claim(record("cancel", TestEngine.HASH));

        jobs.markCancelled(wanted.id());
        jobs.markCancelled(wanted.id());

        assertThat(jobs.find(wanted.id()).orElseThrow().cancelled()).isTrue();
        assertThat(jobs.claim(wanted).cancelled()).isTrue();
        assertThat(jobs.executions())
                .filteredOn(r -> r.id().equals(wanted.id()))
                .singleElement()
                .satisfies(r -> assertThat(r.cancelled()).isTrue());
    }

    @Test
    void find_ofAnUnknownExecution_isEmpty() {
        assertThat(jobs.find(ExecutionId.of("nobody"))).isEmpty();
    }

    @Test
    void claim_whereAForeignVolumeIs_isRefused() {
        String name = Names.record(engine.application(), ExecutionId.of("foreign"));
        engine.docker().createVolumeCmd().withName(name).exec();
        try {
            assertThatThrownBy(() -> jobs.claim(record("foreign", TestEngine.HASH)))
                    .isInstanceOfSatisfying(
                            PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
        } finally {
            engine.docker().removeVolumeCmd(name).exec();
        }
    }

    @Test
    void claim_afterTheRecordWasLost_doesNotTakeAnotherSpecThanThatOfTheContainers() {
        AttemptKey key = key("lost");
        engine.run(key, engine.job("true").build());

        ExecutionRecord other = jobs.claim(record("lost", "fedcba9876543210"));
        ExecutionRecord same = jobs.claim(record("lost", TestEngine.HASH));

        assertThat(other.specHash()).isEqualTo(TestEngine.HASH);
        assertThat(same).isEqualTo(record("lost", TestEngine.HASH));
    }

    @Test
    void delete_ofAnExecution_leavesNothingButTheUsersVolume() {
        AttemptKey key = key("delete");
        jobs.claim(record("delete", TestEngine.HASH));
        jobs.markCancelled(key.execution());
        engine.run(key, engine.job("true").volume("/data", Volume.named("kept")).build());
        engine.run(key.next(), engine.job("false").build());

        jobs.delete(key.execution());
        jobs.delete(key.execution());

        assertThat(jobs.find(key.execution())).isEmpty();
        assertThat(jobs.list(key.execution())).isEmpty();
        assertThat(engine.driver().list())
                .filteredOn(
                        owned -> owned.name().contains("delete") || owned.name().contains("kept"))
                .extracting(OwnedResource::name)
                .containsExactly(engine.application() + "_kept");
    }

    @Test
    void watch_ofAnApplication_tellsOfEndsOfItsAttemptsOnly() {
        ConcurrentMap<AttemptKey, Integer> hints = new ConcurrentHashMap<>();
        try (TestEngine other = new TestEngine();
                TaskLauncher.Subscription subscription = jobs.watch(k -> hints.merge(k, 1, Integer::sum))) {
            AttemptStatus ended = engine.run(key("watched"), engine.job("true").build());
            other.run(key("elsewhere"), other.job("true").build());

            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> hints.containsKey(ended.key()));
            assertThat(hints.keySet()).extracting(k -> k.execution().value()).doesNotContain("elsewhere");
        }
    }
}
