package io.portolan.run;

import io.portolan.id.ExecutionId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How an execution ended. A failed job is a result, not an exception.
 *
 * <p>The phase is {@link Phase#SUCCEEDED} if every task succeeded; {@link Phase#CANCELLED} if the user cancelled before that; {@link
 * Phase#TIMED_OUT} if all tasks that did not succeed ran out of time; {@link Phase#FAILED} otherwise. It never changes.
 *
 * @param id the execution
 * @param phase a terminal phase
 * @param tasks every task, by index
 */
public record JobResult(ExecutionId id, Phase phase, List<TaskStatus> tasks) {
    /**
     * Checks that the phase is terminal.
     *
     * @throws IllegalArgumentException if it is not
     */
    public JobResult {
        Objects.requireNonNull(id, "id");
        if (!phase.isTerminal()) {
            throw new IllegalArgumentException("phase was " + phase + " but a result has a terminal phase");
        }
        tasks = List.copyOf(tasks);
    }

    /**
     * Whether every task succeeded.
     *
     * @return true for {@link Phase#SUCCEEDED}
     */
    public boolean isSucceeded() {
        return phase == Phase.SUCCEEDED;
    }

    /**
     * The failure of the first task that did not succeed.
     *
     * @return empty if every task succeeded or none has a known failure
     */
    public Optional<Failure> failure() {
        return tasks.stream()
                .filter(t -> t.phase() != Phase.SUCCEEDED)
                .flatMap(t -> t.failure().stream())
                .findFirst();
    }

    /** The phase, and the tasks that did not succeed with their reasons. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("execution ").append(id).append(' ').append(phase);
        List<TaskStatus> bad =
                tasks.stream().filter(t -> t.phase() != Phase.SUCCEEDED).toList();
        text.append(", ")
                .append(tasks.size() - bad.size())
                .append(" of ")
                .append(tasks.size())
                .append(" tasks succeeded");
        bad.stream()
                .limit(5)
                .forEach(t -> text.append("; task ")
                        .append(t.index())
                        .append(' ')
                        .append(t.phase())
                        .append(t.failure().map(f -> " (" + f + ")").orElse("")));
        return bad.size() > 5 ? text.append("; ...").toString() : text.toString();
    }
}
