package io.portolan.emulator.internal.gcp.run.job;

import io.portolan.emulator.ContainerRuntime;
import io.portolan.emulator.gcp.ExecutionOutcome;
import io.portolan.emulator.internal.gcp.GcpContext;
import io.portolan.emulator.internal.gcp.LogSink;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Leads one execution through its states: tasks side by side, their attempts one after the other. Used with the lock held. */
final class ExecutionLife {
    private final GcpContext context;
    private final ContainerRuntime engine;
    private final LogSink logs;
    private final Execution execution;
    private final Map<TaskRun, Attempt> attempts = new HashMap<>();
    private int next;
    private @Nullable String problem;

    ExecutionLife(GcpContext context, ContainerRuntime engine, LogSink logs, Execution execution) {
        this.context = context;
        this.engine = engine;
        this.logs = logs;
        this.execution = execution;
    }

    void begin() {
        execution.completed.to(Condition.RECONCILING, "", now());
        Duration wait = context.gcp().phase();
        if (execution.outcome.kind() == ExecutionOutcome.Kind.DELAYED) {
            wait = wait.plus(execution.outcome.after());
            execution.started.to(Condition.PENDING, "", now()).becauseOfExecution("DELAYED_START_PENDING");
        }
        context.later(wait, this::start);
    }

    /** Cancels it, if it goes on. */
    void cancel() {
        if (execution.hasEnded() || execution.cancelWanted) {
            return;
        }
        execution.cancelWanted = true;
        execution.completed.to(Condition.RECONCILING, "", now()).becauseOfExecution("CANCELLING");
        execution.touch(now());
        for (TaskRun task : execution.tasks) {
            if (task.state == TaskRun.State.WAITING) {
                to(task, TaskRun.State.CANCELLED);
            }
        }
        Map.copyOf(attempts).values().forEach(attempt -> attempt.stop(TaskRun.Result.cancelled()));
        context.later(context.gcp().phase(), this::endIfDone);
    }

    private void start() {
        if (execution.hasEnded() || execution.cancelWanted) {
            return;
        }
        Instant now = now();
        execution.startTime = now;
        execution.resources.to(Condition.SUCCEEDED, "Provisioned imported containers.", now);
        execution.containers.to(Condition.SUCCEEDED, "Imported container image.", now);
        execution.started.to(Condition.SUCCEEDED, "Started deployed execution.", now);
        execution.touch(now);
        if (execution.outcome.kind() == ExecutionOutcome.Kind.CANCELLED) {
            context.later(execution.outcome.after(), this::cancel);
        }
        fill();
        execution.fireStarted();
    }

    private void fill() {
        while (next < execution.tasks.size() && attempts.size() < execution.parallelism() && problem == null) {
            TaskRun task = execution.tasks.get(next++);
            if (task.state == TaskRun.State.WAITING) {
                task.scheduledTime = now();
                to(task, TaskRun.State.RUNNING);
                attempt(task);
            }
        }
    }

    private void attempt(TaskRun task) {
        Attempt attempt = new Attempt(context, task, logs, (result, image) -> ended(task, result, image));
        attempts.put(task, attempt);
        attempt.begin(engine);
    }

    private void ended(TaskRun task, TaskRun.Result result, @Nullable String missingImage) {
        task.last = result;
        if (missingImage != null) {
            problem = missingImage;
        }
        if (execution.cancelWanted) {
            finish(task, TaskRun.State.CANCELLED);
        } else if (result.isGood()) {
            finish(task, TaskRun.State.SUCCEEDED);
        } else if (problem == null && task.attempt < execution.maxRetries()) {
            task.attempt++;
            task.retried++;
            to(task, TaskRun.State.RUNNING);
            context.later(context.gcp().phase(), () -> retry(task));
        } else {
            finish(task, TaskRun.State.FAILED);
        }
    }

    private void retry(TaskRun task) {
        if (execution.cancelWanted) {
            finish(task, TaskRun.State.CANCELLED);
        } else {
            attempt(task);
        }
    }

    private void finish(TaskRun task, TaskRun.State state) {
        attempts.remove(task);
        task.completionTime = now();
        to(task, state);
        if (!execution.cancelWanted) {
            fill();
        }
        endIfDone();
    }

    private void to(TaskRun task, TaskRun.State state) {
        task.state = state;
        task.updateTime = now();
        execution.touch(now());
    }

    private void endIfDone() {
        if (problem != null && attempts.isEmpty()) {
            execution.tasks.stream()
                    .filter(task -> task.state == TaskRun.State.WAITING)
                    .forEach(task -> to(task, TaskRun.State.CANCELLED));
        }
        if (execution.hasEnded() || !execution.tasks.stream().allMatch(TaskRun::hasEnded)) {
            return;
        }
        Instant now = now();
        execution.completionTime = now;
        execution.touch(now);
        conclude(now);
        execution.fireEnded();
    }

    private void conclude(Instant now) {
        String missing = problem;
        TaskRun failed = execution.tasks.stream()
                .filter(task -> task.state == TaskRun.State.FAILED)
                .findFirst()
                .orElse(null);
        if (execution.cancelWanted) {
            execution
                    .completed
                    .to(Condition.FAILED, "Execution was cancelled.", now)
                    .becauseOfExecution("CANCELLED");
        } else if (missing != null) {
            execution.containers.to(Condition.FAILED, missing, now).because("CONTAINER_MISSING");
            execution.completed.to(Condition.FAILED, missing, now).because("CONTAINER_MISSING");
        } else if (failed != null && failed.last != null) {
            execution
                    .completed
                    .to(Condition.FAILED, failed.last.ofTask(failed.id()), now)
                    .becauseOfExecution("NON_ZERO_EXIT_CODE");
        } else {
            execution.completed.to(Condition.SUCCEEDED, "Execution completed successfully.", now);
        }
    }

    private Instant now() {
        return context.clock().instant();
    }
}
