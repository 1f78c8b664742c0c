package io.portolan.benchmarks.tracking;

import io.portolan.Cloud;
import io.portolan.benchmarks.report.Line;
import io.portolan.benchmarks.report.Report;
import io.portolan.config.CloudConfig;
import io.portolan.config.EngineSettings;
import io.portolan.id.ExecutionId;
import io.portolan.run.JobExecution;
import io.portolan.run.Phase;
import io.portolan.spec.JobSpec;
import io.portolan.testkit.fake.FakePlatform;
import io.portolan.testkit.fake.FakeProgram;
import io.portolan.testkit.fake.FakeProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Counts what the SDK does while executions run and nothing happens to them.
 *
 * @param executions how many
 * @param looks how many looks at all of them to wait for
 */
public record TrackingCost(int executions, int looks) {
    private static final int WARM_UP = 50;
    private static final int MOST_THREADS = 8;
    /** The interval is jittered by a tenth, so that many JVMs do not look at the same moment. */
    private static final double MOST_LOOKS = 1.1;

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * Measures with batches that take all executions at once, then with batches of 100, as ECS has them.
     *
     * @param report where results go
     * @throws InterruptedException if this thread is interrupted
     */
    public void measure(Report report) throws InterruptedException {
        measure(report, executions);
        measure(report, 100);
    }

    private void measure(Report report, int batch) throws InterruptedException {
        String section = executions + " tracked executions, one describe takes " + batch;
        CloudConfig config = CloudConfig.builder(FakeProvider.ID)
                .application("tracking")
                .engine(EngineSettings.DEFAULT.pollInterval(INTERVAL, INTERVAL))
                .set(FakeProvider.DESCRIBE_BATCH, Integer.toString(batch))
                .build();
        try (FakePlatform platform = FakePlatform.create();
                Threads threads = new Threads();
                Cloud cloud = Cloud.connect(config, FakeProvider.on(platform))) {
            platform.program("forever:1", FakeProgram.runsForever());
            run(cloud, WARM_UP); // loads classes and starts threads before the heap is looked at
            long before = Heap.used();
            List<JobExecution> running = run(cloud, executions - WARM_UP);
            long heap = Heap.used() - before;
            Looks seen = Looks.watch(platform.history(), executions, looks);
            report.add(Line.count(section, "describe calls for one look at all", seen.callsEach())
                    .target(Math.ceil((double) executions / batch)));
            report.add(Line.count(section, "looks in one poll interval", seen.in(INTERVAL))
                    .target(MOST_LOOKS));
            report.add(Line.count(section, "threads of the SDK, most at any time", threads.most())
                    .target(MOST_THREADS));
            report.add(Line.count(section, "threads of the SDK, while nothing changes", Threads.now()));
            report.add(Line.count(
                    section, "heap per execution with that of the platform, KiB", heap / 1024.0 / running.size()));
        }
    }

    private static List<JobExecution> run(Cloud cloud, int count) throws InterruptedException {
        JobSpec spec = JobSpec.builder("forever").image("forever:1").build();
        List<JobExecution> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(cloud.jobs().run(spec, ExecutionId.generate()));
        }
        await(() -> running.stream().allMatch(e -> e.status().phase() == Phase.RUNNING));
        return running;
    }

    /** Looks every few milliseconds until something holds. */
    static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("what should happen did not within " + PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }
}
