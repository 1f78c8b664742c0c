package io.portolan.spi;

import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.spec.JobSpec;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A platform that runs whole executions: tasks, retries and timeouts are its own (Cloud Run jobs, Kubernetes jobs). */
public non-sealed interface ManagedJobs extends JobDriver {
    /**
     * Starts an execution, or finds that it was started. At most one execution ever runs under one id.
     *
     * @param wanted identity and spec document to keep
     * @param spec the job
     * @return its status
     * @throws PortolanException CONFLICT if the id was started with another spec hash; otherwise core calls again under the same id where
     *     that can help
     */
    ManagedStatus start(ExecutionRecord wanted, JobSpec spec);

    /**
     * The record of an execution.
     *
     * @param id the execution
     * @return empty if there is none
     */
    Optional<ExecutionRecord> find(ExecutionId id);

    /**
     * All records of the application.
     *
     * @return oldest first
     */
    List<ExecutionRecord> executions();

    /**
     * Looks at executions, many with one call where the platform can.
     *
     * @param executions at most {@link #describeBatchSize()}
     * @return one status for each that the platform knows
     */
    List<ManagedStatus> describe(Collection<ExecutionId> executions);

    /**
     * How many executions one {@link #describe} takes.
     *
     * @return 1 or more
     */
    int describeBatchSize();

    /**
     * Asks the platform to cancel. Idempotent.
     *
     * @param id the execution
     */
    void cancel(ExecutionId id);

    /**
     * Removes all traces of an execution that is over. Idempotent.
     *
     * @param id the execution
     */
    void delete(ExecutionId id);
}
