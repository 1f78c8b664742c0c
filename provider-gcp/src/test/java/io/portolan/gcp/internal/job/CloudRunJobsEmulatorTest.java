package io.portolan.gcp.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.ContainerRuntime;
import io.portolan.emulator.SimulatedContainers;
import io.portolan.emulator.SimulatedProgram;
import io.portolan.emulator.gcp.ExecutionOutcome;
import io.portolan.emulator.gcp.GcpEmulator;
import io.portolan.emulator.gcp.GcpFault;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.Retryability;
import io.portolan.gcp.internal.client.GcpCalls;
import io.portolan.gcp.internal.client.GcpClients;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.Phase;
import io.portolan.run.TaskStatus;
import io.portolan.spec.JobSpec;
import io.portolan.spec.SecretRef;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ManagedStatus;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.RequestLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Executions over the real client against the emulator. */
class CloudRunJobsEmulatorTest {
    private static final ExecutionId ID = ExecutionId.of("nightly-1");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** How often each container of a task was started: execution, index, attempt. */
    private final Map<String, AtomicInteger> starts = new ConcurrentHashMap<>();

    private final List<GcpClients> opened = new ArrayList<>();
    private volatile SimulatedProgram program = SimulatedProgram.exiting(0);
    private CloudEmulator emulator;
    private CloudRunJobs jobs;

    @BeforeEach
    void start() {
        emulator = CloudEmulator.builder()
                .containers(SimulatedContainers.running(this::run))
                .start();
        emulator.gcp().phase(Duration.ofMillis(5)).startDelay(Duration.ofMillis(5));
        jobs = connect();
    }

    @AfterEach
    void stop() {
        opened.forEach(GcpClients::close);
        emulator.close();
    }

    private SimulatedProgram run(ContainerRuntime.ContainerSpec container) {
        Map<String, String> env = container.environment();
        String attempt = env.get("CLOUD_RUN_EXECUTION") + "/" + env.get("CLOUD_RUN_TASK_INDEX") + "/"
                + env.get("CLOUD_RUN_TASK_ATTEMPT");
        starts.computeIfAbsent(attempt, key -> new AtomicInteger()).incrementAndGet();
        return program;
    }

    private CloudRunJobs connect() {
        ProviderConfig config = new ProviderConfig(
                "shop",
                GcpKeys.ALL,
                Map.of(
                        GcpKeys.PROJECT,
                        GcpEmulator.PROJECT,
                        GcpKeys.REGION,
                        GcpEmulator.REGION,
                        GcpKeys.CREDENTIALS,
                        "none",
                        GcpKeys.ENDPOINT,
                        emulator.endpoint().toString()));
        GcpClients clients = new GcpClients(config, task -> {
            Thread thread = new Thread(task, "portolan-gcp");
            thread.setDaemon(true);
            return thread;
        });
        opened.add(clients);
        return new CloudRunJobs(clients, new GcpCalls(RequestLimits.NONE), config, Clock.systemUTC());
    }

    private static ManagedStatus start(CloudRunJobs by, JobSpec spec, ExecutionId id) {
        return insist(() -> by.start(Shapes.record(spec, id), spec));
    }

    /** As core does: the same call again under the same identity. */
    private static <T> T insist(Supplier<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (PortolanException e) {
                if (e.retryability() == Retryability.NO || attempt == 10) {
                    throw e;
                }
            }
        }
    }

    private ManagedStatus end(JobSpec spec) {
        start(jobs, spec, ID);
        return ended(ID);
    }

    private ManagedStatus ended(ExecutionId id) {
        return await().atMost(LIMIT)
                .until(
                        () -> insist(() -> jobs.describe(List.of(id))).stream()
                                .findFirst()
                                .orElse(null),
                        status -> status != null && status.phase().isTerminal());
    }

    private void awaitPhase(Phase phase) {
        await().atMost(LIMIT)
                .until(() -> jobs.describe(List.of(ID)).get(0).tasks().get(0).phase(), seen -> seen == phase);
    }

    private static TaskStatus only(ManagedStatus status) {
        assertThat(status.tasks()).hasSize(1);
        return status.tasks().get(0);
    }

    private static FailureCause causeOf(TaskStatus task) {
        return task.failure().map(Failure::cause).orElseThrow(() -> new AssertionError(task.toString()));
    }

    @Test
    void job_thatWorks_succeeds() {
        ManagedStatus status = end(Shapes.job().tasks(3).build());

        assertThat(status.phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(status.tasks()).hasSize(3).allSatisfy(task -> {
            AttemptStatus attempt = task.attempts().get(0);
            assertThat(attempt.isSuccess()).isTrue();
            assertThat(attempt.timings().startedAt())
                    .isAfterOrEqualTo(attempt.timings().createdAt());
            assertThat(attempt.timings().finishedAt())
                    .isAfterOrEqualTo(attempt.timings().startedAt());
        });
        assertThat(connect().find(ID))
                .contains(Shapes.record(Shapes.job().tasks(3).build(), ID));
        assertThat(starts.values())
                .extracting(AtomicInteger::get)
                .containsOnly(1)
                .hasSize(3);
    }

    @Test
    void job_thatFails_hasItsExitCode() {
        program = SimulatedProgram.exiting(42);

        ManagedStatus status = end(Shapes.job().build());

        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(only(status).exitCode()).hasValue(42);
        assertThat(causeOf(only(status))).isEqualTo(FailureCause.APP_EXIT);
    }

    @Test
    void task_thatIsTriedAgain_hasAllAttempts() {
        program = SimulatedProgram.exiting(3);

        TaskStatus task = only(end(Shapes.job().maxRetries(2).build()));

        assertThat(task.phase()).isEqualTo(Phase.FAILED);
        assertThat(task.attempts()).hasSize(3).noneMatch(AttemptStatus::isSuccess);
    }

    @Test
    void task_thatRunsTooLong_timesOut() {
        program = SimulatedProgram.serving();

        ManagedStatus status = end(Shapes.job().timeout(Duration.ofSeconds(1)).build());

        assertThat(status.phase()).isEqualTo(Phase.TIMED_OUT);
        assertThat(causeOf(only(status))).isEqualTo(FailureCause.TIMEOUT);
    }

    @Test
    void task_forWantOfMemory_saysSo() {
        program = SimulatedProgram.exiting(137).runningOutOfMemory();

        TaskStatus task = only(end(Shapes.job().build()));

        assertThat(causeOf(task)).isEqualTo(FailureCause.OUT_OF_MEMORY);
        assertThat(task.exitCode()).isEmpty();
    }

    @Test
    void image_thatIsNowhere_isSaid() {
        program = SimulatedProgram.notStarting(ContainerRuntime.StartFailure.IMAGE_NOT_FOUND);

        ManagedStatus status = end(Shapes.job().tasks(3).parallelism(1).build());

        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(causeOf(status.tasks().get(0))).isEqualTo(FailureCause.IMAGE_NOT_FOUND);
    }

    @Test
    void command_thatIsNowhere_isSaid() {
        program = SimulatedProgram.notStarting(ContainerRuntime.StartFailure.BAD_COMMAND);

        assertThat(causeOf(only(end(Shapes.job().build())))).isEqualTo(FailureCause.BAD_COMMAND);
    }

    @Test
    void secret_thatIsMissing_endsTheExecution() {
        JobSpec spec =
                Shapes.job().secretEnv("TOKEN", SecretRef.named("nowhere")).build();

        ManagedStatus status = end(spec);

        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(causeOf(only(status))).isEqualTo(FailureCause.SECRET);
        assertThat(starts).isEmpty();
        jobs.delete(ID);
        assertThat(jobs.objects().list()).isEmpty();
    }

    @Test
    void cancel_stopsWhatRuns_andWhatWaits() {
        program = SimulatedProgram.serving();
        start(jobs, Shapes.job().tasks(2).parallelism(1).build(), ID);
        awaitPhase(Phase.RUNNING);

        connect().cancel(ID);
        ManagedStatus status = ended(ID);
        jobs.cancel(ID);

        assertThat(status.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(status.tasks()).extracting(TaskStatus::phase).containsOnly(Phase.CANCELLED);
        assertThat(status.tasks()).extracting(task -> task.attempts().size()).containsExactly(1, 0);
        assertThat(jobs.find(ID)).map(ExecutionRecord::cancelled).contains(true);
    }

    @Test
    void cancel_byThePlatform_isCancelledToo() {
        program = SimulatedProgram.serving();
        emulator.gcp().faults().nextExecution(ExecutionOutcome.cancelled(Duration.ofMillis(20)));

        assertThat(end(Shapes.job().build()).phase()).isEqualTo(Phase.CANCELLED);
    }

    @Test
    void id_withAnotherSpec_isAConflict() {
        start(jobs, Shapes.job().build(), ID);
        JobSpec other = Shapes.job().env("DAY", "2").build();

        assertThat(catchThrowableOfType(PortolanException.class, () -> start(connect(), other, ID))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void executions_ofOneJob_canRunBesideEachOther() {
        program = SimulatedProgram.serving();
        JobSpec spec = Shapes.job().build();
        List<ExecutionId> ids =
                IntStream.range(0, 6).mapToObj(i -> ExecutionId.of("day-" + i)).toList();
        ids.forEach(id -> start(jobs, spec, id));

        await().atMost(LIMIT)
                .until(() -> jobs.describe(ids).stream().allMatch(status -> status.phase() == Phase.RUNNING));
        assertThat(emulator.gcp().requests().count("run.jobs.create")).isEqualTo(1);
    }

    /** One that waits for resources must not keep the others from starting. */
    @Test
    void execution_thatIsDelayed_doesNotHoldUpTheNext() {
        emulator.gcp().faults().nextExecution(ExecutionOutcome.delayed(Duration.ofMinutes(5)));
        start(jobs, Shapes.job().build(), ExecutionId.of("delayed"));

        assertThat(end(Shapes.job().build()).phase()).isEqualTo(Phase.SUCCEEDED);
    }

    @Test
    void id_afterDeletion_isFree() {
        end(Shapes.job().build());
        jobs.delete(ID);
        assertThat(jobs.find(ID)).isEmpty();
        assertThat(jobs.objects().list()).isEmpty();
        program = SimulatedProgram.exiting(5);

        assertThat(only(end(Shapes.job().build())).exitCode()).hasValue(5);
    }

    @Test
    void id_afterDeletionBesideOthers_isFree() {
        start(jobs, Shapes.job().build(), ExecutionId.of("other"));
        end(Shapes.job().build());
        jobs.delete(ID);
        assertThat(jobs.find(ID)).isEmpty();
        program = SimulatedProgram.exiting(5);

        assertThat(only(end(Shapes.job().build())).exitCode()).hasValue(5);
    }

    @Test
    void prune_removesWhatIsOver_andNothingElse() {
        end(Shapes.job().build());
        program = SimulatedProgram.serving();
        ExecutionId running = ExecutionId.of("running");
        start(jobs, Shapes.job().build(), running);

        assertThat(jobs.objects().prune(false).failed()).isEmpty();

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(jobs.executions())
                        .extracting(ExecutionRecord::id)
                        .containsExactly(running));
        jobs.cancel(running);
        ended(running);
        jobs.objects().prune(false);
        assertThat(jobs.objects().list()).isEmpty();
    }

    @Test
    void answers_thatAreLost_startOnce() {
        JobSpec spec = Shapes.job().build();
        for (GcpFault fault : List.of(
                GcpFault.unavailableAfterEffect(),
                GcpFault.lostResponse(),
                GcpFault.unavailable(),
                GcpFault.internal(),
                GcpFault.reset(),
                GcpFault.rateLimited("WritePerMinutePerProjectRegion"))) {
            ExecutionId id = ExecutionId.of("fault-" + starts.size());
            emulator.gcp().faults().next("run.jobs.create", fault).next("run.jobs.patch", fault);

            start(jobs, spec, id);

            assertThat(ended(id).phase()).isEqualTo(Phase.SUCCEEDED);
            emulator.gcp().faults().clear();
        }
        assertThat(starts.values())
                .extracting(AtomicInteger::get)
                .containsOnly(1)
                .hasSize(6);
    }

    @Test
    void manyStarts_fromTwoSides_amongFaults_runEachOnce() {
        emulator.gcp()
                .faults()
                .random(
                        7,
                        0.15,
                        Set.of("run.jobs.create", "run.jobs.patch", "run.jobs.get", "run.jobs.executions.get"),
                        GcpFault.unavailableAfterEffect(),
                        GcpFault.unavailable(),
                        GcpFault.internal());
        CloudRunJobs other = connect();
        JobSpec spec = Shapes.job().build();
        List<ExecutionId> ids =
                IntStream.range(0, 12).mapToObj(i -> ExecutionId.of("run-" + i)).toList();

        List<CompletableFuture<Void>> sides = List.of(jobs, other).stream()
                .map(side -> CompletableFuture.runAsync(() -> ids.forEach(id -> start(side, spec, id))))
                .toList();
        sides.forEach(CompletableFuture::join);
        emulator.gcp().faults().clear();
        ids.forEach(this::ended);

        assertThat(starts.values())
                .extracting(AtomicInteger::get)
                .containsOnly(1)
                .hasSize(ids.size());
    }
}
