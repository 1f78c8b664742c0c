package io.portolan.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.Cloud;
import io.portolan.id.ExecutionId;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.LogFollower;
import io.portolan.spec.JobSpec;
import io.portolan.spec.Volume;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Proves: 200 tasks with parallelism 20 on one engine: never more than 20 at once, all results right, threads of the SDK constant. */
@Tag("docker")
class ManyTasksIT {
    private static final int TASKS = 200;
    private static final int PARALLELISM = 20;

    /** Six that launch, one that looks at what runs, one that reads logs, one for the time limits of calls. */
    private static final int MOST_THREADS = 9;

    /** Those of docker-java: one reads events, one the page of a log. */
    private static final int MOST_STREAMS = 2;

    /** Counts who else is there, works, and tells its result twice: in a file and in the log. */
    private static final String SCRIPT = """
            set -e
            i=$CLOUD_RUN_TASK_INDEX
            mkdir -p /v/here; mkdir "/v/here/$i"
            set -- /v/here/*
            echo $# > "/v/seen.$i"
            sleep 0.3
            echo $((i * i + 7)) > "/v/result.$i"
            rmdir "/v/here/$i"
            echo "result $i $((i * i + 7))"
            """;

    private final ProofEngine engine = ProofEngine.forNewApplication();

    @AfterEach
    void clean() {
        engine.close();
    }

    @Test
    void job_ofTwoHundredTasks_keepsItsParallelismItsResultsAndItsThreads() {
        JobSpec spec = JobSpec.builder("many")
                .image(ProofImage.prepare(engine.client()))
                .command("sh", "-c", SCRIPT)
                .volume("/v", Volume.named("many"))
                .tasks(TASKS)
                .parallelism(PARALLELISM)
                .build();
        List<String> logged = new CopyOnWriteArrayList<>();
        try (EngineEvents events = new EngineEvents(engine);
                ThreadWatch threads = new ThreadWatch();
                Cloud cloud = engine.connect()) {
            JobExecution execution = cloud.jobs().run(spec, ExecutionId.of("many"));
            try (LogFollower logs = execution.followLogs(line -> logged.add(line.text()))) {
                JobResult result = execution.await(Duration.ofMinutes(4));
                assertThat(result.isSucceeded()).as(result.toString()).isTrue();
                assertThat(logs.awaitEnd(Duration.ofMinutes(1))).isTrue();
            }
            assertThat(events.mostAtOnce()).isBetween(2, PARALLELISM);
            assertThat(events.startsOfEach()).hasSize(TASKS);
            assertThat(threads.mostOfTheSdk()).as(threads.toString()).isBetween(1, MOST_THREADS);
            assertThat(threads.mostOfAll()).isLessThanOrEqualTo(MOST_THREADS + MOST_STREAMS);
        }
        requireResults(logged);
    }

    private void requireResults(List<String> logged) {
        Map<String, Integer> files = new TreeMap<>();
        engine.files("many").forEach((name, content) -> files.put(name, Integer.valueOf(content)));
        Map<String, Integer> results =
                IntStream.range(0, TASKS).boxed().collect(Collectors.toMap(i -> "result." + i, i -> i * i + 7));
        assertThat(files).containsAllEntriesOf(results).hasSize(2 * TASKS);
        assertThat(files.entrySet())
                .filteredOn(f -> f.getKey().startsWith("seen."))
                .allSatisfy(f -> assertThat(f.getValue()).as(f.getKey()).isBetween(1, PARALLELISM));
        assertThat(logged)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, TASKS)
                        .mapToObj(i -> "result " + i + " " + (i * i + 7))
                        .toList());
    }
}
