package io.portolan.gcp.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.config.EngineSettings;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.ContainerRuntime;
import io.portolan.emulator.SimulatedContainers;
import io.portolan.emulator.SimulatedProgram;
import io.portolan.emulator.gcp.GcpEmulator;
import io.portolan.emulator.gcp.GcpFault;
import io.portolan.gcp.GcpProvider;
import io.portolan.id.ExecutionId;
import io.portolan.id.ProviderId;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.Phase;
import io.portolan.spec.JobSpec;
import io.portolan.testkit.UnlimitedProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A thousand executions")
class ThousandExecutionsIT {
    private static final int JOBS = 20;
    private static final int EXECUTIONS_EACH = 50;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final List<Phase> ENDS = List.of(Phase.SUCCEEDED, Phase.FAILED, Phase.TIMED_OUT, Phase.CANCELLED);

    /** How often each container was started: execution, index, attempt. */
    private final Map<String, AtomicInteger> starts = new ConcurrentHashMap<>();

    private final ExecutorService threads = Executors.newFixedThreadPool(2 * JOBS);
    private final CloudEmulator emulator = CloudEmulator.builder()
            .containers(SimulatedContainers.running(this::program))
            .start();

    @AfterEach
    void close() {
        threads.shutdownNow();
        emulator.close();
    }

    private SimulatedProgram program(ContainerRuntime.ContainerSpec container) {
        Map<String, String> env = container.environment();
        String attempt = env.get("CLOUD_RUN_EXECUTION") + "/" + env.get("CLOUD_RUN_TASK_INDEX") + "/"
                + env.get("CLOUD_RUN_TASK_ATTEMPT");
        starts.computeIfAbsent(attempt, key -> new AtomicInteger()).incrementAndGet();
        return switch (Phase.valueOf(env.get("END"))) {
            case SUCCEEDED -> SimulatedProgram.exiting(0);
            case FAILED -> SimulatedProgram.exiting(3);
            default -> SimulatedProgram.serving();
        };
    }

    private Cloud connect() {
        CloudConfig config = CloudConfig.builder(ProviderId.GCP)
                .application("faults")
                .engine(EngineSettings.DEFAULT
                        .pollInterval(Duration.ofMillis(500), Duration.ofSeconds(1))
                        .callRetries(8, Duration.ofMillis(5)))
                .set("project", GcpEmulator.PROJECT)
                .set("region", GcpEmulator.REGION)
                .set("credentials.kind", "none")
                .set("endpoint", emulator.endpoint().toString())
                .build();
        return Cloud.connect(config, new UnlimitedProvider(new GcpProvider()));
    }

    private static Phase end(int job) {
        return ENDS.get(job % ENDS.size());
    }

    private static JobSpec spec(int job) {
        JobSpec.Builder spec = JobSpec.builder("soak-" + job)
                .image("us-docker.pkg.dev/acme/images/app:1")
                .env("END", end(job).name());
        return end(job) == Phase.TIMED_OUT ? spec.timeout(Duration.ofSeconds(1)).build() : spec.build();
    }

    private static ExecutionId id(int job, int number) {
        return ExecutionId.of("soak-" + job + "-" + number);
    }

    /** Starts all executions of one job, and asks for their end where that is their end. */
    private static List<JobExecution> start(Cloud cloud, int job) {
        List<JobExecution> started = new ArrayList<>();
        for (int number = 0; number < EXECUTIONS_EACH; number++) {
            JobExecution execution = cloud.jobs().run(spec(job), id(job, number));
            if (end(job) == Phase.CANCELLED) {
                execution.cancel();
            }
            started.add(execution);
        }
        return started;
    }

    @Test
    @DisplayName("under lost answers, failures and quotas, from two sides at once, run once each and end as they did")
    void executions_underFaultsFromTwoSides_runOnceEachAndEndAsTheyDid() throws Exception {
        emulator.gcp().phase(Duration.ofMillis(5)).startDelay(Duration.ofMillis(5));
        emulator.gcp()
                .faults()
                .random(
                        42,
                        0.1,
                        Set.of(
                                "run.jobs.create",
                                "run.jobs.patch",
                                "run.jobs.get",
                                "run.jobs.executions.get",
                                "run.jobs.executions.list",
                                "run.jobs.executions.cancel",
                                "run.jobs.executions.tasks.list"),
                        GcpFault.unavailable(),
                        GcpFault.unavailableAfterEffect(),
                        GcpFault.lostResponse(),
                        GcpFault.internal(),
                        GcpFault.rateLimited("WritePerMinutePerProjectRegion"));
        try (Cloud one = connect();
                Cloud two = connect()) {
            Map<Future<List<JobExecution>>, Integer> sides = new LinkedHashMap<>();
            for (int job = 0; job < JOBS; job++) {
                int number = job;
                sides.put(threads.submit(() -> start(one, number)), job);
                sides.put(threads.submit(() -> start(two, number)), job);
            }
            for (Map.Entry<Future<List<JobExecution>>, Integer> side : sides.entrySet()) {
                Phase expected = end(side.getValue());
                for (JobExecution execution : side.getKey().get()) {
                    JobResult result = execution.await(LIMIT);
                    assertThat(result.phase()).as(result.toString()).isEqualTo(expected);
                }
            }
        }
        // Those that were cancelled before they began have not run at all.
        assertThat(starts.values()).allSatisfy(count -> assertThat(count).hasValue(1));
        assertThat(starts).hasSizeBetween(JOBS * EXECUTIONS_EACH * 3 / 4, JOBS * EXECUTIONS_EACH);
    }
}
