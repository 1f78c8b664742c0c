package io.portolan.local.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.Cloud;
import io.portolan.id.ExecutionId;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.Phase;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Proves: {@code kill -9} of the calling JVM at any moment of a 40-task job, then the same execution id again: every task has run to
 * success exactly once (counted by the containers' own side effects), results complete.
 */
@Tag("docker")
class KillCallerIT {
    private static final int TASKS = 40;
    private static final String ID = "killed";

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
    void job_whoseCallersAreKilledAtRandomMoments_runsEachTaskOnce() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ProofJob job = new ProofJob(TASKS, 8, "0.2");
        for (int kills = 0; kills < 6; kills++) {
            CallerProcess caller = CallerProcess.connected(engine.application(), ID, job);
            caller.go().killAfter(Duration.ofMillis(random.nextInt(1_800)));
        }
        requireEachOnce(job, "seed " + seed);
    }

    @Test
    void job_whoseCallersAreKilledInTheBurstOfLaunches_runsEachTaskOnce() {
        ProofJob job = new ProofJob(TASKS, TASKS, "0.5");
        killOnce(job, () -> !engine.owned().isEmpty());
        killOnce(job, () -> events.count("create") >= 1);
        killOnce(job, () -> events.count("start") >= 3);
        killOnce(job, () -> events.count("create") >= 14);
        killOnce(job, () -> events.count("start") >= 25);
        requireEachOnce(job, "killed in the burst");
    }

    @Test
    void job_whoseCallersAreKilledWhenTasksEnd_runsEachTaskOnce() {
        ProofJob job = new ProofJob(TASKS, 8, "0");
        killOnce(job, () -> events.count("die") >= 1);
        killOnce(job, () -> events.count("die") >= TASKS / 2);
        killOnce(job, () -> events.count("die") >= job.attempts() - 1);
        killOnce(job, () -> events.count("die") >= job.attempts());
        requireEachOnce(job, "killed at ends");
    }

    /** Runs the job in a JVM that is killed as soon as the engine shows something. */
    private void killOnce(ProofJob job, BooleanSupplier shown) {
        try (CallerProcess caller = CallerProcess.connected(engine.application(), ID, job)) {
            caller.go();
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> shown.getAsBoolean() || caller.isOver());
            assertThat(caller.isOver())
                    .as("the caller is killed before it sees the end")
                    .isFalse();
        }
    }

    /** Starts the execution once more, here, and counts. */
    private void requireEachOnce(ProofJob job, String how) {
        try (Cloud cloud = engine.connect()) {
            JobExecution execution = cloud.jobs().run(job.spec(), ExecutionId.of(ID));
            JobResult result = execution.await(Duration.ofMinutes(2));
            assertThat(result.isSucceeded()).as("%s: %s", how, result).isTrue();
            assertThat(result.tasks()).hasSize(job.tasks()).allSatisfy(task -> {
                assertThat(task.phase()).isEqualTo(Phase.SUCCEEDED);
                assertThat(task.exitCode()).hasValue(0);
                assertThat(task.attempts()).hasSize(ProofJob.attempts(task.index()));
            });
            Marks.read(engine).requireEachOnce(job);
            assertThat(events.startsOfEach())
                    .as(how)
                    .hasSize(job.attempts())
                    .allSatisfy((container, starts) ->
                            assertThat(starts).as(container).isOne());
            execution.delete();
            assertThat(engine.containers()).isEmpty();
        }
    }
}
