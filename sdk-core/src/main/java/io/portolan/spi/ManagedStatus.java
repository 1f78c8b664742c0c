package io.portolan.spi;

import io.portolan.id.ExecutionId;
import io.portolan.run.Phase;
import io.portolan.run.TaskStatus;
import java.util.List;
import java.util.Objects;

/**
 * An execution as the platform shows it.
 *
 * @param id the execution
 * @param nativeId the platform's id
 * @param phase where it stands
 * @param tasks every task; may leave out details while it runs, complete once the phase is terminal
 */
public record ManagedStatus(ExecutionId id, String nativeId, Phase phase, List<TaskStatus> tasks) {
    /** Copies the tasks. */
    public ManagedStatus {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(nativeId, "nativeId");
        Objects.requireNonNull(phase, "phase");
        tasks = List.copyOf(tasks);
    }
}
