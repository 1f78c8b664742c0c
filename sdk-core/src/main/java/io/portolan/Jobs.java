package io.portolan;

import io.portolan.error.PortolanException;
import io.portolan.error.UnsupportedSpecException;
import io.portolan.id.ExecutionId;
import io.portolan.internal.job.JobEngine;
import io.portolan.plan.DeploymentPlan;
import io.portolan.run.JobExecution;
import io.portolan.spec.JobSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spi.ExecutionRecord;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs jobs. Thread-safe. Part of a {@link Cloud}, which closes it.
 *
 * <p>An execution runs once: its identity is fixed at the provider before anything starts, and starting the same id again, from this JVM,
 * from another or after a crash, attaches to it.
 */
public final class Jobs {
    private final Connection connection;
    private final JobEngine engine;

    Jobs(Connection connection, JobEngine engine) {
        this.connection = connection;
        this.engine = engine;
    }

    /**
     * Starts a new execution of a job. Returns once the provider has taken its identity; tasks start after that.
     *
     * @param spec the job
     * @return the handle
     * @throws UnsupportedSpecException if this provider cannot run the spec; nothing was sent
     * @throws PortolanException if the provider could not be asked
     */
    public JobExecution run(JobSpec spec) {
        return run(spec, ExecutionId.generate());
    }

    /**
     * Starts an execution of a job under an identity of the caller's choice, or attaches to it if it was started.
     *
     * @param spec the job
     * @param id the identity
     * @return the handle; of an execution that is over, {@code await} returns at once
     * @throws UnsupportedSpecException if this provider cannot run the spec; nothing was sent
     * @throws PortolanException CONFLICT if the id was started with another spec; otherwise if the provider could not be asked
     */
    public JobExecution run(JobSpec spec, ExecutionId id) {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(id, "id");
        connection.requireSupported(spec);
        ExecutionRecord wanted = new ExecutionRecord(
                id,
                spec.name(),
                SpecYaml.hash(spec),
                spec.tasks(),
                SpecYaml.write(spec),
                connection.clock().instant().truncatedTo(ChronoUnit.MICROS),
                false);
        return engine.start(wanted, spec);
    }

    /**
     * Attaches to an execution that was started, and drives it on where core does that.
     *
     * @param id the identity
     * @return empty if the provider knows none
     */
    public Optional<JobExecution> find(ExecutionId id) {
        return engine.find(Objects.requireNonNull(id, "id"));
    }

    /**
     * The executions of the application that the provider still knows.
     *
     * @return oldest first
     */
    public List<ExecutionId> list() {
        return engine.list();
    }

    /**
     * What {@link #run(JobSpec)} would do. Makes nothing; a platform that can be asked whether it would take the spec (Cloud Run) is asked,
     * once, and where it does not answer the plan is made without.
     *
     * @param spec the job
     * @return the plan
     * @throws UnsupportedSpecException if this provider cannot run the spec
     * @throws PortolanException if the platform says that it would not take the spec
     */
    public DeploymentPlan plan(JobSpec spec) {
        return connection.planner().job(spec);
    }

    /**
     * Runs exactly what a plan says.
     *
     * @param plan a plan of a job, made by this connection's provider
     * @param id the identity
     * @return the handle
     * @throws PortolanException INVALID_ARGUMENT if the plan is of a service or another provider; CONFLICT if it is stale
     */
    public JobExecution apply(DeploymentPlan plan, ExecutionId id) {
        return run(connection.planner().requireJob(plan), id);
    }
}
