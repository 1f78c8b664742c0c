package io.portolan.run;

import io.portolan.id.ExecutionId;
import java.util.List;
import java.util.Objects;

/**
 * An execution as it was seen last.
 *
 * @param id the execution
 * @param phase where it stands
 * @param tasks every task, by index
 */
public record JobStatus(ExecutionId id, Phase phase, List<TaskStatus> tasks) {
    /** Copies the tasks. */
    public JobStatus {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(phase, "phase");
        tasks = List.copyOf(tasks);
    }

    /**
     * How many tasks are in one phase.
     *
     * @param wanted the phase
     * @return 0 or more
     */
    public long count(Phase wanted) {
        return tasks.stream().filter(t -> t.phase() == wanted).count();
    }
}
