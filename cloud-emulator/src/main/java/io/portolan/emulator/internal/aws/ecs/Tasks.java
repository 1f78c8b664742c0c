package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.ContainerRuntime;
import io.portolan.emulator.internal.aws.LogSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All tasks, of RunTask and of services. Used with the lock of the {@link EcsContext} held. */
public final class Tasks {
    private static final Duration KEPT = Duration.ofHours(1);

    private final EcsContext context;
    private final ContainerRuntime containers;
    private final TaskLogs logs;
    private final Tags tags;
    private final Map<String, Entry> tasks = new LinkedHashMap<>();
    private final List<Consumer<Task>> observers = new CopyOnWriteArrayList<>();
    private int addresses = 256;

    Tasks(EcsContext context, ContainerRuntime containers, LogSink logs, Tags tags) {
        this.context = context;
        this.containers = containers;
        this.logs = new TaskLogs(logs);
        this.tags = tags;
    }

    /**
     * Starts a task.
     *
     * @param start of what it is made, whose tags are allowed
     */
    public Task start(TaskStart start) {
        String id = UUID.randomUUID().toString().replace("-", "");
        Task task = new Task(
                id,
                start,
                context.aws().faults().takeOutcome(start.family()),
                context.clock().instant(),
                ++addresses);
        tags.register(task.arn, start.tags());
        TaskLife life = new TaskLife(context, containers, logs, this::changed, task);
        tasks.put(id, new Entry(task, life));
        life.begin();
        return task;
    }

    /**
     * A task that is not forgotten yet.
     *
     * @param cluster its name
     * @param idOrArn of the task
     */
    public Optional<Task> find(String cluster, String idOrArn) {
        return Optional.ofNullable(tasks.get(Arns.last(idOrArn)))
                .map(Entry::task)
                .filter(task -> task.start().cluster().equals(cluster))
                .filter(task -> !idOrArn.startsWith("arn:") || task.arn.equals(idOrArn))
                .filter(task -> !isForgotten(task));
    }

    /**
     * The tasks of a cluster that are not forgotten yet.
     *
     * @param cluster its name
     */
    public List<Task> all(String cluster) {
        List<Task> found = new ArrayList<>();
        for (Entry entry : List.copyOf(tasks.values())) {
            Task task = entry.task();
            if (isForgotten(task)) {
                tasks.remove(task.id);
                tags.remove(task.arn);
            } else if (task.start().cluster().equals(cluster)) {
                found.add(task);
            }
        }
        return found;
    }

    /**
     * Stops a task, if it does not stop already.
     *
     * @param task to be stopped
     * @param code one of the {@link StopCodes}
     * @param reason in words
     */
    public void stop(Task task, String code, String reason) {
        Entry entry = tasks.get(task.id);
        if (entry != null) {
            entry.life().stop(code, reason);
        }
    }

    /**
     * Hears of each change of a task from now on.
     *
     * @param observer called with the lock held
     */
    public void observe(Consumer<Task> observer) {
        observers.add(observer);
    }

    /**
     * Where a port of a task is reached from this machine.
     *
     * @param task that runs
     * @param container its name, null for the one that maps the port
     * @param port within the container
     * @return host and port
     */
    public Optional<String> address(Task task, @Nullable String container, int port) {
        ContainerRuntime.TaskContainers runtime = task.runtime;
        if (runtime == null) {
            return Optional.empty();
        }
        return task.containers.stream()
                .filter(candidate -> container == null || candidate.name.equals(container))
                .flatMap(candidate -> runtime.address(candidate.name, port).stream())
                .findFirst();
    }

    /**
     * What checks of a container find.
     *
     * @param task that runs
     * @param container its name
     * @return empty if the checks must be made
     */
    public Optional<Boolean> scriptedHealth(Task task, String container) {
        ContainerRuntime.TaskContainers runtime = task.runtime;
        return runtime == null ? Optional.of(false) : runtime.scriptedHealth(container);
    }

    /** The task as DescribeTasks tells it. */
    public ObjectNode view(Task task, boolean withTags) {
        ObjectNode view = TaskView.of(task);
        if (withTags) {
            view.set("tags", tags.of(task.arn));
        }
        return view;
    }

    private void changed(Task task) {
        observers.forEach(observer -> observer.accept(task));
    }

    private boolean isForgotten(Task task) {
        Instant stoppedAt = task.stoppedAt;
        return stoppedAt != null
                && !stoppedAt.plus(KEPT).isAfter(context.clock().instant());
    }

    private record Entry(Task task, TaskLife life) {}
}
