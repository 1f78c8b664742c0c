package io.portolan.emulator.internal.gcp.run.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.gcp.ExecutionOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One run of a job. Used with the lock held. */
final class Execution {
    final JobName job;
    final String id;
    final String uid = UUID.randomUUID().toString();
    /** An {@code ExecutionTemplate}, with the overrides of this run. */
    final ObjectNode template;

    final String launchStage;
    final Instant createTime;
    final ExecutionOutcome outcome;
    final List<TaskRun> tasks = new ArrayList<>();
    final Condition completed;
    final Condition started;
    final Condition resources;
    final Condition containers;
    Instant updateTime;

    @Nullable
    Instant startTime;

    @Nullable
    Instant completionTime;

    @Nullable
    Instant deleteTime;

    long version;
    boolean cancelWanted;
    private final List<Runnable> onStart = new ArrayList<>();
    private final List<Runnable> onEnd = new ArrayList<>();

    Execution(JobName job, String id, ObjectNode template, String launchStage, ExecutionOutcome outcome, Instant now) {
        this.job = job;
        this.id = id;
        this.template = template;
        this.launchStage = launchStage;
        this.outcome = outcome;
        this.createTime = now;
        this.updateTime = now;
        this.version = now.toEpochMilli() * 1000;
        this.completed = new Condition("Completed", now);
        this.started = new Condition("Started", now);
        this.resources = new Condition("ResourcesAvailable", now);
        this.containers = new Condition("ContainerReady", now);
        for (int i = 0; i < taskCount(); i++) {
            tasks.add(new TaskRun(this, i, now));
        }
    }

    String name() {
        return job.execution(id);
    }

    int taskCount() {
        return template.path("taskCount").asInt(1);
    }

    /** How many tasks run at once at most. */
    int parallelism() {
        int asked = template.path("parallelism").asInt();
        return asked == 0 ? taskCount() : Math.min(asked, taskCount());
    }

    int maxRetries() {
        return template.path("template").path("maxRetries").asInt();
    }

    Duration timeout() {
        String seconds =
                template.path("template").path("timeout").asText("600s").replace("s", "");
        return Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));
    }

    int count(TaskRun.State state) {
        return (int) tasks.stream().filter(task -> task.state == state).count();
    }

    boolean hasEnded() {
        return completionTime != null;
    }

    boolean hasStarted() {
        return startTime != null;
    }

    String completionStatus() {
        if (!hasEnded()) {
            return hasStarted() ? "EXECUTION_RUNNING" : "EXECUTION_PENDING";
        }
        if (completed.state().equals(Condition.SUCCEEDED)) {
            return "EXECUTION_SUCCEEDED";
        }
        return cancelWanted ? "EXECUTION_CANCELLED" : "EXECUTION_FAILED";
    }

    void touch(Instant now) {
        updateTime = now;
        version++;
    }

    /** Runs something when it has started or ended, at once if it has already. */
    void whenStarted(Runnable action) {
        if (hasStarted() || hasEnded()) {
            action.run();
        } else {
            onStart.add(action);
        }
    }

    /** Runs something when it has ended, at once if it has already. */
    void whenEnded(Runnable action) {
        if (hasEnded()) {
            action.run();
        } else {
            onEnd.add(action);
        }
    }

    void fireStarted() {
        List.copyOf(onStart).forEach(Runnable::run);
        onStart.clear();
    }

    void fireEnded() {
        fireStarted();
        List.copyOf(onEnd).forEach(Runnable::run);
        onEnd.clear();
    }
}
