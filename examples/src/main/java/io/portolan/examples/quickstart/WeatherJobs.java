package io.portolan.examples.quickstart;

import static io.portolan.examples.quickstart.QuickstartFailure.require;

import io.portolan.Cloud;
import io.portolan.id.ExecutionId;
import io.portolan.image.Image;
import io.portolan.run.AttemptStatus;
import io.portolan.run.FailureCause;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.LogFollower;
import io.portolan.run.TaskStatus;
import io.portolan.spec.Cpu;
import io.portolan.spec.JobSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.Resources;
import io.portolan.spec.Volume;
import java.time.Duration;
import java.util.List;

/** The two jobs: twelve tasks that aggregate a part of the data each, and one that merges the parts. They share a volume. */
final class WeatherJobs {

    static final String VOLUME = "weather";
    static final String DIRECTORY = "/data";
    static final Resources SIZE = Resources.of(Cpu.cores(1), MemorySize.mebibytes(256));

    private static final int TASKS = 12;
    private static final int PARALLELISM = 4;
    private static final int FAILING_TASK = 3;
    private static final int FAILING_EXIT_CODE = 75;
    private static final Duration LOGS_END = Duration.ofSeconds(30);

    private final Cloud cloud;
    private final Progress progress;

    WeatherJobs(Cloud cloud, Progress progress) {
        this.cloud = cloud;
        this.progress = progress;
    }

    void partition(Image image) {
        JobSpec spec = JobSpec.builder("partition")
                .image(image)
                .args("partition", DIRECTORY, "--fail-first", Integer.toString(FAILING_TASK))
                .volume(DIRECTORY, Volume.named(VOLUME))
                .resources(SIZE)
                .tasks(TASKS)
                .parallelism(PARALLELISM)
                .maxRetries(1)
                .timeout(Duration.ofMinutes(2))
                .build();
        progress.say("%d tasks, %d at a time; task %d is told to fail once", TASKS, PARALLELISM, FAILING_TASK);
        LogTally logs = new LogTally("wrote part-");
        JobResult result = run(spec, logs);
        require(logs.matching() == TASKS, "the logs show " + logs.matching() + " written parts, not " + TASKS);
        for (TaskStatus task : result.tasks()) {
            requireAttempts(task);
        }
        progress.say("task %d succeeded on its second attempt, all others on their first", FAILING_TASK);
    }

    void merge(Image image) {
        JobSpec spec = JobSpec.builder("merge")
                .image(image)
                .args("merge", DIRECTORY)
                .volume(DIRECTORY, Volume.named(VOLUME))
                .resources(SIZE)
                .timeout(Duration.ofMinutes(2))
                .build();
        LogTally logs = new LogTally("merged " + TASKS + " parts");
        run(spec, logs);
        require(logs.matching() == 1, "the merging job does not say that it merged " + TASKS + " parts");
    }

    private JobResult run(JobSpec spec, LogTally logs) {
        JobExecution execution = cloud.jobs().run(spec, ExecutionId.of(spec.name() + "-" + ExecutionId.generate()));
        progress.say("execution %s", execution.id());
        try (LogFollower follower = execution.followLogs(logs)) {
            JobResult result = new JobWatch(progress).await(execution);
            require(result.isSucceeded(), result.toString());
            require(
                    follower.awaitEnd(LOGS_END),
                    "the logs of " + execution.id() + " did not end: "
                            + follower.failure().map(Throwable::getMessage).orElse("still open after " + LOGS_END));
            progress.say("log lines followed: %d, attempts: %d", logs.lines(), logs.attempts());
            return result;
        }
    }

    private static void requireAttempts(TaskStatus task) {
        List<AttemptStatus> attempts = task.attempts();
        int wanted = task.index() == FAILING_TASK ? 2 : 1;
        require(
                attempts.size() == wanted,
                "task " + task.index() + " took " + attempts.size() + " attempts, not " + wanted);
        if (wanted == 2) {
            AttemptStatus first = attempts.get(0);
            boolean asTold = first.exitCode().orElse(-1) == FAILING_EXIT_CODE
                    && first.failure()
                            .filter(f -> f.cause() == FailureCause.APP_EXIT)
                            .isPresent();
            require(
                    asTold,
                    "the first attempt of task " + task.index() + " ended as " + first + ", not with exit code "
                            + FAILING_EXIT_CODE);
        }
    }
}
