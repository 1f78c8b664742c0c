package io.portolan.benchmarks.engine;

import io.portolan.Cloud;
import io.portolan.benchmarks.rounds.Contender;
import io.portolan.id.ExecutionId;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.LogFollower;
import io.portolan.spec.JobSpec;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The measured: a job of one task, run, awaited and deleted through the SDK. */
public final class SdkJobs implements Contender {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Cloud cloud;
    private final NoOp work;
    private final boolean logs;

    /**
     * Jobs over one connection.
     *
     * @param cloud open on the engine; not closed with this
     * @param work what to run
     * @param logs whether to read the output too
     */
    public SdkJobs(Cloud cloud, NoOp work, boolean logs) {
        this.cloud = cloud;
        this.work = work;
        this.logs = logs;
    }

    @Override
    public String name() {
        return logs ? "SDK with logs" : "SDK";
    }

    @Override
    public void once() {
        JobExecution execution = run(cloud, work, 1);
        if (logs) {
            requireLine(execution);
        }
        finish(execution);
    }

    static JobExecution run(Cloud cloud, NoOp work, int tasks) {
        // The defaults of a job are the limits that the other contenders give: one core and 512 MiB.
        JobSpec spec = JobSpec.builder("no-op")
                .image(work.image())
                .command(work.command().toArray(String[]::new))
                .tasks(tasks)
                .build();
        return cloud.jobs().run(spec, ExecutionId.generate());
    }

    static void finish(JobExecution execution) {
        JobResult result = execution.await(LONG);
        if (!result.isSucceeded()) {
            throw new IllegalStateException(result.toString());
        }
        execution.delete();
    }

    private static void requireLine(JobExecution execution) {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        try (LogFollower follower = execution.followLogs(line -> lines.add(line.text()))) {
            if (!follower.awaitEnd(LONG) || lines.size() != 1 || !NoOp.LINE.equals(lines.peek())) {
                throw new IllegalStateException("the log was " + lines);
            }
        }
    }
}
