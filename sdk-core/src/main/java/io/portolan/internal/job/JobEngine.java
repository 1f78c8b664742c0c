package io.portolan.internal.job;

import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.run.JobExecution;
import io.portolan.spec.JobSpec;
import io.portolan.spi.ExecutionRecord;
import java.util.List;
import java.util.Optional;

/** Runs executions to their end, once each. Thread-safe. */
public interface JobEngine extends AutoCloseable {
    /**
     * Starts an execution, or attaches to it if it was started.
     *
     * @param wanted the record that is kept if there is none
     * @param spec the job
     * @return the handle; the same for the same id while it runs
     * @throws PortolanException CONFLICT if the id was started with another spec
     */
    JobExecution start(ExecutionRecord wanted, JobSpec spec);

    /**
     * Attaches to an execution that was started.
     *
     * @param id the execution
     * @return empty if there is none
     */
    Optional<JobExecution> find(ExecutionId id);

    /**
     * All executions of the application.
     *
     * @return oldest first
     */
    List<ExecutionId> list();

    @Override
    void close();

    /** The error of an id that was started with another spec. */
    static PortolanException conflict(ExecutionRecord kept, ExecutionRecord wanted) {
        return PortolanException.builder(
                        io.portolan.error.ErrorCode.CONFLICT,
                        "execution '" + wanted.id() + "' was started at " + kept.createdAt()
                                + " with another spec (job '" + kept.job()
                                + "', hash " + kept.specHash() + "; now job '" + wanted.job() + "', hash "
                                + wanted.specHash()
                                + "); use another execution id, or the spec that it was started with")
                .operation("jobs.run")
                .resource(wanted.id().value())
                .build();
    }
}
