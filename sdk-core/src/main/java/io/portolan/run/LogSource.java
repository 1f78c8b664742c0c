package io.portolan.run;

import java.util.Objects;

/**
 * Who wrote log lines: an attempt of a task, or a replica of a service.
 *
 * @param name {@code index/attempt}, or the name of the replica; unique within the execution or service
 * @param task index of the task, -1 for a replica
 * @param attempt attempt of the task, -1 for a replica
 */
public record LogSource(String name, int task, int attempt) {
    /** Checks for null. */
    public LogSource {
        Objects.requireNonNull(name, "name");
    }

    /**
     * An attempt of a task.
     *
     * @param task from 0
     * @param attempt from 0
     * @return the source
     */
    public static LogSource attempt(int task, int attempt) {
        return new LogSource(task + "/" + attempt, task, attempt);
    }

    /**
     * A replica of a service.
     *
     * @param name its name
     * @return the source
     */
    public static LogSource replica(String name) {
        return new LogSource(name, -1, -1);
    }

    @Override
    public String toString() {
        return name;
    }
}
