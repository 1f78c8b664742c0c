package io.portolan.spi;

import io.portolan.id.ExecutionId;
import java.time.Instant;
import java.util.Objects;

/**
 * The record of one execution, kept by the platform: fixed before anything runs, so that a second start finds it.
 *
 * @param id the execution
 * @param job the name of the job
 * @param specHash hash of the job spec
 * @param tasks how many tasks
 * @param spec the job spec as a document (YAML), so that another JVM can go on; never holds a secret
 * @param createdAt when it was claimed first
 * @param cancelled whether the user asked to cancel
 */
public record ExecutionRecord(
        ExecutionId id, String job, String specHash, int tasks, String spec, Instant createdAt, boolean cancelled) {
    /** Checks for null. */
    public ExecutionRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(specHash, "specHash");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(createdAt, "createdAt");
    }
}
