package io.portolan.examples.quickstart;

import io.portolan.error.PortolanException;
import io.portolan.run.AttemptStatus;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.Phase;
import io.portolan.run.TaskStatus;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for an execution and shows how it gets on: how many tasks are where, and each failed attempt. */
final class JobWatch {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Progress progress;
    private final Set<String> shown = new HashSet<>();
    private String last = "";

    JobWatch(Progress progress) {
        this.progress = progress;
    }

    JobResult await(JobExecution execution) {
        CompletableFuture<JobResult> completion = execution.completion();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                JobResult result = completion.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                show(result.tasks());
                return result;
            } catch (TimeoutException e) {
                show(execution.status().tasks());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof PortolanException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                throw QuickstartFailure.interrupted();
            }
        }
        execution.cancel();
        throw new QuickstartFailure("job '" + execution.job() + "' did not end within " + LONGEST);
    }

    private void show(List<TaskStatus> tasks) {
        tasks.forEach(t -> t.attempts().forEach(this::show));
        long done = tasks.stream().filter(t -> t.phase() == Phase.SUCCEEDED).count();
        long running = tasks.stream().filter(t -> t.phase() == Phase.RUNNING).count();
        String now = "%d of %d tasks succeeded%s"
                .formatted(done, tasks.size(), running == 0 ? "" : ", " + running + " running");
        if (!now.equals(last)) {
            progress.say("%s", now);
            last = now;
        }
    }

    private void show(AttemptStatus attempt) {
        attempt.failure().ifPresent(failure -> {
            if (shown.add(attempt.key().toString())) {
                progress.say(
                        "task %d, attempt %d failed: exit code %s, cause %s (%s)",
                        attempt.key().index(),
                        attempt.key().attempt(),
                        attempt.exitCode().isPresent() ? attempt.exitCode().getAsInt() : "unknown",
                        failure.cause(),
                        failure.isRetryable() ? "a new try can help" : "a new try cannot help");
            }
        });
    }
}
