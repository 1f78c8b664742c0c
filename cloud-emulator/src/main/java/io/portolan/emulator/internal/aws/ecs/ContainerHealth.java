package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.ContainerRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The health check of one container, made again and again while it runs. Used with the lock held. */
final class ContainerHealth {
    /** What the API says. */
    enum Status {
        UNKNOWN,
        HEALTHY,
        UNHEALTHY
    }

    private final EcsContext context;
    private final Task task;
    private final TaskContainer container;
    private final Runnable change;
    private final List<String> command;
    private final Duration interval;
    private final Duration limit;
    private final int retries;
    private final Instant patience;
    private int failures;

    ContainerHealth(EcsContext context, Task task, TaskContainer container, Runnable change) {
        this.context = context;
        this.task = task;
        this.container = container;
        this.change = change;
        JsonNode check = container.definition.path("healthCheck");
        command = command(Json.texts(check, "command"));
        interval = Duration.ofSeconds(check.path("interval").asInt(30));
        limit = Duration.ofSeconds(check.path("timeout").asInt(5));
        retries = check.path("retries").asInt(3);
        patience = context.clock()
                .instant()
                .plusSeconds(check.path("startPeriod").asInt(0))
                .plus(interval.multipliedBy(retries));
    }

    /** Makes the first check at once. */
    void begin() {
        if (!command.isEmpty()) {
            check();
        }
    }

    private void check() {
        ContainerRuntime.TaskContainers runtime = task.runtime;
        if (runtime != null && container.status == TaskContainer.Status.RUNNING) {
            runtime.exec(container.name, command, limit).thenAccept(passed -> context.locked(() -> checked(passed)));
        }
    }

    private void checked(boolean passed) {
        ContainerHealth.Status before = container.health;
        if (passed) {
            failures = 0;
            container.health = Status.HEALTHY;
        } else if (before == Status.UNKNOWN) {
            // It is looked at more often than the engine would, but it has as much time as there.
            boolean late = !context.clock().instant().isBefore(patience);
            container.health = late ? Status.UNHEALTHY : Status.UNKNOWN;
        } else if (++failures >= retries) {
            container.health = Status.UNHEALTHY;
        }
        if (container.health != before) {
            change.run();
        }
        Duration often = context.aws().healthCheckInterval();
        boolean starting = container.health == Status.UNKNOWN && often.compareTo(interval) < 0;
        context.later(starting ? often : interval, this::check);
    }

    private static List<String> command(@Nullable List<String> given) {
        if (given == null || given.size() < 2) {
            return List.of();
        }
        List<String> rest = given.subList(1, given.size());
        return given.get(0).equals("CMD-SHELL") ? List.of("/bin/sh", "-c", String.join(" ", rest)) : List.copyOf(rest);
    }
}
