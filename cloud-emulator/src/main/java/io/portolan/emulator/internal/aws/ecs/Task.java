package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.ContainerRuntime;
import io.portolan.emulator.aws.TaskOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task and its state. Used with the lock held. */
public final class Task {
    /** The states of a task, in their order. */
    public enum Status {
        /** Its network and place are looked for. */
        PROVISIONING,
        /** Its images are pulled. */
        PENDING,
        /** Its containers run; it is made known. */
        ACTIVATING,
        /** It runs. */
        RUNNING,
        /** It is to stop; it is no longer made known. */
        DEACTIVATING,
        /** Its containers are stopping. */
        STOPPING,
        /** Its network and place are given back. */
        DEPROVISIONING,
        /** It has stopped. */
        STOPPED
    }

    final String id;
    final String arn;
    final TaskStart start;
    final TaskOutcome outcome;
    final Instant createdAt;
    final int address;
    final List<TaskContainer> containers = new ArrayList<>();
    Status status = Status.PROVISIONING;
    boolean stopWanted;
    long version = 1;

    @Nullable
    Instant pullStartedAt;

    @Nullable
    Instant pullStoppedAt;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant executionStoppedAt;

    @Nullable
    Instant stoppingAt;

    @Nullable
    Instant stoppedAt;

    @Nullable
    String stopCode;

    @Nullable
    String stoppedReason;

    ContainerRuntime.@Nullable TaskContainers runtime;

    Task(String id, TaskStart start, TaskOutcome outcome, Instant createdAt, int address) {
        this.id = id;
        this.arn = Arns.task(start.cluster(), id);
        this.start = start;
        this.outcome = outcome;
        this.createdAt = createdAt;
        this.address = address;
        for (var definition : start.definition().path("containerDefinitions")) {
            String name = Json.text(definition, "name", "");
            containers.add(new TaskContainer(
                    name, (ObjectNode) definition, Arns.of("container", start.cluster() + "/" + id + "/" + name)));
        }
    }

    /** The id, which is the end of the ARN. */
    public String id() {
        return id;
    }

    /** The ARN. */
    public String arn() {
        return arn;
    }

    /** Of what it was made. */
    public TaskStart start() {
        return start;
    }

    /** Where it is in its life. */
    public Status status() {
        return status;
    }

    /** Whether it is to stop, or has stopped. */
    public boolean isStopWanted() {
        return stopWanted;
    }

    /** Why it stopped, null while it does not stop. */
    public @Nullable String stopCode() {
        return stopCode;
    }

    /** Why it stopped, in words. */
    public @Nullable String stoppedReason() {
        return stoppedReason;
    }

    /** When it began to run, null if it has not. */
    public @Nullable Instant startedAt() {
        return startedAt;
    }

    /** When it stopped, null if it has not. */
    public @Nullable Instant stoppedAt() {
        return stoppedAt;
    }

    /** Whether it runs and its health checks, if it has any, pass. */
    public boolean isHealthy() {
        boolean unchecked =
                containers.stream().noneMatch(container -> container.isEssential() && container.hasHealthCheck());
        return status == Status.RUNNING && !stopWanted && (unchecked || health() == ContainerHealth.Status.HEALTHY);
    }

    /** Whether a health check has failed too often. */
    public boolean isUnhealthy() {
        return health() == ContainerHealth.Status.UNHEALTHY;
    }

    /** What the checks of its essential containers say together. */
    ContainerHealth.Status health() {
        ContainerHealth.Status all = ContainerHealth.Status.UNKNOWN;
        for (TaskContainer container : containers) {
            if (!container.isEssential() || !container.hasHealthCheck()) {
                continue;
            }
            if (container.health != ContainerHealth.Status.HEALTHY) {
                return container.health;
            }
            all = container.health;
        }
        return all;
    }
}
