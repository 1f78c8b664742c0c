package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.ContainerRuntime;
import io.portolan.emulator.ContainerRuntime.StartFailure;
import io.portolan.emulator.aws.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Leads one task through its states. Used with the lock held. */
final class TaskLife {
    private final EcsContext context;
    private final ContainerRuntime containers;
    private final TaskLogs logs;
    private final Consumer<Task> observer;
    private final Task task;

    TaskLife(EcsContext context, ContainerRuntime containers, TaskLogs logs, Consumer<Task> observer, Task task) {
        this.context = context;
        this.containers = containers;
        this.logs = logs;
        this.observer = observer;
        this.task = task;
    }

    void begin() {
        observer.accept(task);
        after(this::provisioned);
    }

    void stop(String code, String reason) {
        if (task.stopWanted) {
            return;
        }
        Task.Status before = task.status;
        task.stopWanted = true;
        task.stopCode = code;
        task.stoppedReason = reason;
        task.stoppingAt = context.clock().instant();
        to(before == Task.Status.PROVISIONING ? Task.Status.DEPROVISIONING : Task.Status.DEACTIVATING);
        after(before == Task.Status.PROVISIONING ? this::stopped : this::stopContainers);
    }

    private void provisioned() {
        if (task.stopWanted) {
            return;
        }
        switch (task.outcome.kind()) {
            case CAPACITY_FAILURE -> noPlace("TaskFailedToStart: RESOURCE:MEMORY");
            case PLACEMENT_FAILURE -> noPlace("TaskFailedToStart: MemberOf placement constraint unsatisfied.");
            default -> {
                to(Task.Status.PENDING);
                after(this::startContainers);
            }
        }
    }

    private void noPlace(String usual) {
        task.containers.clear();
        stop(StopCodes.FAILED_TO_START, task.outcome.reason().isEmpty() ? usual : task.outcome.reason());
    }

    private void startContainers() {
        if (task.stopWanted) {
            return;
        }
        String problem = task.containers.stream()
                .map(this::problem)
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
        if (problem != null) {
            failToStart(problem);
            return;
        }
        task.pullStartedAt = context.clock().instant();
        if (task.outcome.kind() == TaskOutcome.Kind.PULL_FAILURE) {
            TaskContainer first = task.containers.get(0);
            startFailed(first, task.outcome.reason().isEmpty() ? pullFailure(first) : task.outcome.reason());
            return;
        }
        task.runtime = containers.create(ContainerSpecs.of(task, context.aws()), new ContainerEvents());
        startReady();
    }

    private @Nullable String problem(TaskContainer container) {
        for (JsonNode secret : container.definition.path("secrets")) {
            String from = Json.text(secret, "valueFrom", "");
            if (context.aws().findSecret(from).isEmpty()) {
                return StartProblems.missingSecret(from);
            }
        }
        return logs.problem(container, task.id);
    }

    private void startReady() {
        ContainerRuntime.TaskContainers runtime = task.runtime;
        if (runtime == null || task.stopWanted) {
            return;
        }
        for (TaskContainer container : task.containers) {
            if (!container.asked && Dependencies.areMet(task, container)) {
                container.asked = true;
                runtime.start(container.name);
            }
        }
        if (task.status == Task.Status.PENDING && task.containers.stream().allMatch(container -> container.started)) {
            task.pullStoppedAt = context.clock().instant();
            to(Task.Status.ACTIVATING);
            after(this::activated);
        }
    }

    private void activated() {
        if (task.stopWanted) {
            return;
        }
        task.startedAt = context.clock().instant();
        to(Task.Status.RUNNING);
        if (task.outcome.kind() != TaskOutcome.Kind.NORMAL) {
            after(this::meetOutcome);
        } else {
            stopIfExited();
        }
    }

    private void meetOutcome() {
        switch (task.outcome.kind()) {
            case OUT_OF_MEMORY -> endAll(137, StartProblems.OUT_OF_MEMORY);
            case EXIT_CODE -> endAll(task.outcome.exitCode(), null);
            case SPOT_INTERRUPTION -> stop(StopCodes.SPOT, "Your Spot Task was interrupted.");
            case PLATFORM_FAILURE -> {
                remove();
                task.containers.forEach(container -> container.status = TaskContainer.Status.STOPPED);
                stop(
                        StopCodes.INFRASTRUCTURE,
                        task.outcome.reason().isEmpty()
                                ? "InternalError: unexpected error on the underlying infrastructure."
                                : task.outcome.reason());
            }
            default -> {}
        }
    }

    private void endAll(int exitCode, @Nullable String reason) {
        remove();
        for (TaskContainer container : task.containers) {
            container.status = TaskContainer.Status.STOPPED;
            container.exitCode = exitCode;
            container.reason = reason;
        }
        stop(StopCodes.CONTAINER_EXITED, StartProblems.CONTAINER_EXITED);
    }

    private void exited(TaskContainer container, int exitCode, boolean oomKilled) {
        if (container.status == TaskContainer.Status.STOPPED) {
            return;
        }
        container.status = TaskContainer.Status.STOPPED;
        container.exitCode = exitCode;
        container.reason = oomKilled ? StartProblems.OUT_OF_MEMORY : null;
        changed();
        if (task.stopWanted) {
            allStopped();
            return;
        }
        if (Dependencies.fail(task)) {
            failToStart("Task failed to start: a container that another one depends on did not end well");
            return;
        }
        startReady();
        if (task.status == Task.Status.RUNNING && task.outcome.kind() == TaskOutcome.Kind.NORMAL) {
            stopIfExited();
        } else if (task.status == Task.Status.PENDING && container.isEssential()) {
            stop(StopCodes.CONTAINER_EXITED, StartProblems.CONTAINER_EXITED);
        }
    }

    private void stopIfExited() {
        boolean essential = task.containers.stream()
                .anyMatch(container -> container.isEssential() && container.status == TaskContainer.Status.STOPPED);
        if (essential) {
            stop(StopCodes.CONTAINER_EXITED, StartProblems.CONTAINER_EXITED);
        }
    }

    private void startFailed(TaskContainer container, String reason) {
        container.status = TaskContainer.Status.STOPPED;
        container.reason = reason;
        failToStart(reason);
    }

    private void failToStart(String reason) {
        stop(StopCodes.FAILED_TO_START, reason);
    }

    private void stopContainers() {
        to(Task.Status.STOPPING);
        ContainerRuntime.TaskContainers runtime = task.runtime;
        for (TaskContainer container : task.containers) {
            if (runtime != null && container.status == TaskContainer.Status.RUNNING) {
                int grace = container.definition.path("stopTimeout").asInt(30);
                runtime.stop(container.name, Duration.ofSeconds(grace));
            } else {
                container.status = TaskContainer.Status.STOPPED;
            }
        }
        allStopped();
    }

    private void allStopped() {
        boolean all = task.containers.stream().allMatch(container -> container.status == TaskContainer.Status.STOPPED);
        if (all && task.status == Task.Status.STOPPING) {
            task.executionStoppedAt = context.clock().instant();
            to(Task.Status.DEPROVISIONING);
            after(this::stopped);
        }
    }

    private void stopped() {
        remove();
        task.containers.forEach(container -> container.status = TaskContainer.Status.STOPPED);
        task.stoppedAt = context.clock().instant();
        to(Task.Status.STOPPED);
    }

    private void remove() {
        ContainerRuntime.TaskContainers runtime = task.runtime;
        if (runtime != null) {
            runtime.remove();
            task.runtime = null;
        }
    }

    private void to(Task.Status status) {
        task.status = status;
        changed();
    }

    private void changed() {
        task.version++;
        observer.accept(task);
    }

    private void after(Runnable step) {
        context.later(context.aws().taskPhase(), step);
    }

    private static String pullFailure(TaskContainer container) {
        return StartProblems.notFound(Json.text(container.definition, "image", ""));
    }

    /** What the runtime tells, on its threads. */
    private final class ContainerEvents implements ContainerRuntime.Listener {
        @Override
        public void running(String name, String runtimeId, @Nullable String imageDigest) {
            context.locked(() -> {
                TaskContainer container = find(name);
                container.started = true;
                container.runtimeId = runtimeId;
                container.imageDigest = imageDigest;
                ContainerRuntime.TaskContainers runtime = task.runtime;
                if (container.status == TaskContainer.Status.PENDING) {
                    container.status = TaskContainer.Status.RUNNING;
                    changed();
                    new ContainerHealth(context, task, container, this::healthChanged).begin();
                    startReady();
                } else if (runtime != null) {
                    // The task was stopped while this one was on its way.
                    runtime.stop(name, Duration.ZERO);
                }
            });
        }

        private void healthChanged() {
            changed();
            startReady();
        }

        @Override
        public void output(String name, String stream, byte[] line, Instant time) {
            logs.write(find(name), task.id, line, time);
        }

        @Override
        public void exited(String name, int exitCode, boolean oomKilled) {
            context.locked(() -> TaskLife.this.exited(find(name), exitCode, oomKilled));
        }

        @Override
        public void startFailed(String name, StartFailure failure, String message) {
            context.locked(() -> {
                TaskContainer container = find(name);
                boolean image = failure == StartFailure.IMAGE_NOT_FOUND;
                String reason = image ? pullFailure(container) : StartProblems.notStarted(message);
                if (task.stopWanted) {
                    container.status = TaskContainer.Status.STOPPED;
                    container.reason = reason;
                    allStopped();
                } else {
                    TaskLife.this.startFailed(container, reason);
                }
            });
        }

        private TaskContainer find(String name) {
            return task.containers.stream()
                    .filter(container -> container.name.equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
