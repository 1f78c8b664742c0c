package io.portolan.gcp.internal.job;

import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.Task;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The few requests that executions need. Names are full resource names. None waits for an operation: what became of a change is read from
 * the resource. Errors are mapped; "not found" is an empty answer.
 */
interface RunJobs {
    Optional<Job> job(String name);

    /** All jobs of a location; there is no filter on the server. */
    List<Job> jobs(String location);

    /**
     * Makes a job.
     *
     * @throws io.portolan.error.PortolanException ALREADY_EXISTS if there is one of this name
     */
    void create(String location, String id, Job job);

    /**
     * Replaces a job as a whole.
     *
     * @throws io.portolan.error.PortolanException CONFLICT if it is not the one of the etag any more
     */
    void update(Job job);

    /**
     * Deletes a job with its executions.
     *
     * @throws io.portolan.error.PortolanException CONFLICT if it is not the one of the etag any more
     */
    void delete(String job, String etag);

    Optional<Execution> execution(String name);

    /** Executions of a job page by page, until a page is enough. */
    void executions(String job, Predicate<List<Execution>> isEnough);

    void cancel(String execution);

    void deleteExecution(String execution);

    List<Task> tasks(String execution);
}
