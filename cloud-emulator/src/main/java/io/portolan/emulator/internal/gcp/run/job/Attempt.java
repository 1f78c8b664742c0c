package io.portolan.emulator.internal.gcp.run.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.ContainerRuntime;
import io.portolan.emulator.ContainerRuntime.StartFailure;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.internal.gcp.GcpContext;
import io.portolan.emulator.internal.gcp.LogSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a task: its containers. The first one decides; the others are stopped when it has ended. Used with the lock held but for
 * what the runtime tells.
 */
final class Attempt implements ContainerRuntime.Listener {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final GcpContext context;
    private final TaskRun task;
    private final LogSink logs;
    private final LogSink.Source source;
    private final BiConsumer<TaskRun.Result, @Nullable String> ended;
    private final JsonNode containers;
    private final Set<String> asked = new HashSet<>();
    private final Set<String> running = new HashSet<>();
    private ContainerRuntime.@Nullable TaskContainers runtime;
    private EmulatorClock.@Nullable Scheduled timeout;
    private TaskRun.@Nullable Result wanted;
    private boolean done;

    /**
     * An attempt that has not begun.
     *
     * @param ended hears of the result, and of the image that is missing, if that is the reason
     */
    Attempt(GcpContext context, TaskRun task, LogSink logs, BiConsumer<TaskRun.Result, @Nullable String> ended) {
        this.context = context;
        this.task = task;
        this.logs = logs;
        this.ended = ended;
        this.containers = task.execution.template.path("template").path("containers");
        JobName job = task.execution.job;
        this.source = new LogSink.Source(
                "cloud_run_job",
                Map.of("project_id", job.project(), "location", job.region(), "job_name", job.id()),
                Map.of(
                        "run.googleapis.com/execution_name", task.execution.id,
                        "run.googleapis.com/task_index", Integer.toString(task.index),
                        "run.googleapis.com/task_attempt", Integer.toString(task.attempt)));
    }

    void begin(ContainerRuntime engine) {
        runtime = engine.create(TaskSpecs.of(task, context.gcp()), this);
        timeout = context.later(task.execution.timeout(), () -> stop(TaskRun.Result.timedOut()));
        startReady();
    }

    /** Ends it before its containers do. */
    void stop(TaskRun.Result result) {
        ContainerRuntime.TaskContainers now = runtime;
        if (done || wanted != null || now == null) {
            return;
        }
        wanted = result;
        if (running.isEmpty()) {
            end(result, null);
        } else {
            Set.copyOf(running).forEach(container -> now.stop(container, GRACE));
        }
    }

    private void startReady() {
        ContainerRuntime.TaskContainers now = runtime;
        for (int i = 0; i < containers.size(); i++) {
            JsonNode container = containers.get(i);
            String name = TaskSpecs.name(container, i);
            boolean ready = true;
            for (JsonNode needed : container.path("dependsOn")) {
                ready &= running.contains(needed.asText());
            }
            if (ready && now != null && !done && wanted == null && asked.add(name)) {
                now.start(name);
            }
        }
    }

    private void end(TaskRun.Result result, @Nullable String missingImage) {
        if (done) {
            return;
        }
        done = true;
        EmulatorClock.Scheduled waiting = timeout;
        if (waiting != null) {
            waiting.cancel();
        }
        ContainerRuntime.TaskContainers now = runtime;
        if (now != null) {
            now.remove();
        }
        ended.accept(result, missingImage);
    }

    private boolean decides(String container) {
        return TaskSpecs.name(containers.path(0), 0).equals(container);
    }

    private void system(String text) {
        logs.write(
                task.execution.job.project(),
                source,
                "varlog/system",
                text,
                context.clock().instant());
    }

    @Override
    public void running(String container, String runtimeId, @Nullable String imageDigest) {
        context.locked(() -> {
            running.add(container);
            ContainerRuntime.TaskContainers now = runtime;
            if (wanted != null && now != null) {
                now.stop(container, Duration.ZERO);
            } else if (task.startTime == null) {
                task.startTime = context.clock().instant();
            }
            startReady();
        });
    }

    @Override
    public void output(String container, String stream, byte[] line, Instant time) {
        logs.write(task.execution.job.project(), source, stream, new String(line, StandardCharsets.UTF_8), time);
    }

    @Override
    public void exited(String container, int exitCode, boolean oomKilled) {
        context.locked(() -> {
            running.remove(container);
            TaskRun.Result stopped = wanted;
            if (done) {
                return;
            }
            if (stopped != null) {
                if (running.isEmpty()) {
                    end(stopped, null);
                }
            } else if (decides(container)) {
                end(result(exitCode, oomKilled), null);
            }
        });
    }

    private TaskRun.Result result(int exitCode, boolean oomKilled) {
        if (oomKilled) {
            system("Memory limit exceeded. Consider increasing the memory limit.");
            system("Container terminated on signal 9.");
            return TaskRun.Result.killed(9);
        }
        system("Container called exit(" + exitCode + ").");
        return TaskRun.Result.exited(exitCode);
    }

    @Override
    public void startFailed(String container, StartFailure failure, String message) {
        context.locked(() -> {
            TaskRun.Result stopped = wanted;
            if (stopped != null) {
                end(stopped, null);
                return;
            }
            boolean image = failure == StartFailure.IMAGE_NOT_FOUND;
            String text =
                    image ? "Image '" + image(container) + "' not found." : "Application failed to start: " + message;
            system(text);
            end(TaskRun.Result.notStarted(text), image ? text : null);
        });
    }

    private String image(String container) {
        for (int i = 0; i < containers.size(); i++) {
            if (TaskSpecs.name(containers.get(i), i).equals(container)) {
                return containers.get(i).path("image").asText();
            }
        }
        return "";
    }
}
