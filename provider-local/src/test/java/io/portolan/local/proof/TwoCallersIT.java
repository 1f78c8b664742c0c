package io.portolan.local.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.Cloud;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.spec.JobSpec;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Proves: two JVMs starting the same execution id at once: one execution. */
@Tag("docker")
class TwoCallersIT {
    private static final String ID = "contended";

    private final ProofEngine engine = ProofEngine.forNewApplication();
    private EngineEvents events;

    @BeforeEach
    void listen() {
        ProofImage.prepare(engine.client());
        events = new EngineEvents(engine);
    }

    @AfterEach
    void clean() {
        events.close();
        engine.close();
    }

    @Test
    void execution_startedByTwoJvmsAtOnce_runsOnceAndBothSeeItsEnd() {
        ProofJob job = new ProofJob(20, 5, "0.2");
        try (CallerProcess first = CallerProcess.started(engine.application(), ID, job);
                CallerProcess second = CallerProcess.started(engine.application(), ID, job)) {
            Stream.of(first, second).forEach(CallerProcess::awaitConnected);
            Stream.of(first, second).parallel().forEach(CallerProcess::go);
            assertThat(Stream.of(first, second).map(CallerProcess::ending))
                    .containsOnly(CallerMain.RESULT + "SUCCEEDED 20");
        }
        Marks.read(engine).requireEachOnce(job);
        assertThat(events.startsOfEach())
                .hasSize(job.attempts())
                .allSatisfy((container, starts) -> assertThat(starts).isOne());
        assertThat(engine.containers()).hasSize(job.attempts());
        requireConflict(job);
    }

    private void requireConflict(ProofJob job) {
        JobSpec other = job.spec().toBuilder().env("ANOTHER", "variable").build();
        try (Cloud cloud = engine.connect()) {
            assertThat(cloud.jobs().list()).containsExactly(ExecutionId.of(ID));
            assertThatThrownBy(() -> cloud.jobs().run(other, ExecutionId.of(ID)))
                    .isInstanceOfSatisfying(
                            PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                    .hasMessageContaining(ID);
        }
        assertThat(engine.containers()).hasSize(job.attempts());
    }
}
