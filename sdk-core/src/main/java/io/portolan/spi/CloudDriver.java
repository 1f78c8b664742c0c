package io.portolan.spi;

import io.portolan.run.OwnedResource;
import io.portolan.run.PruneReport;
import io.portolan.spec.WorkloadSpec;
import java.util.List;
import java.util.Optional;

/**
 * An open connection to one platform. Connects lazily. A driver for a concern whose capability the provider lacks is never asked for: core
 * refuses before.
 */
public interface CloudDriver extends AutoCloseable {
    /**
     * Runs jobs, in the shape that the platform has.
     *
     * @return the same at every call
     */
    JobDriver jobs();

    /**
     * Runs services.
     *
     * @return the same at every call
     */
    ServiceDriver services();

    /**
     * Reads logs.
     *
     * @return the same at every call
     */
    LogDriver logs();

    /**
     * Builds and moves images.
     *
     * @return the same at every call
     */
    ImageDriver images();

    /**
     * Asks the platform whether it would take a spec, without making anything. Part of a plan; called once the findings allow the spec. Does
     * nothing where the platform offers no such question.
     *
     * @param spec the job or the service
     * @throws io.portolan.error.PortolanException INVALID_ARGUMENT, PERMISSION_DENIED or whatever else the platform says
     */
    default void validate(WorkloadSpec spec) {}

    /**
     * Everything that this SDK made for the application.
     *
     * @return oldest first
     */
    List<OwnedResource> list();

    /**
     * Removes what is finished or orphaned: ended executions, failed or retired revisions' leftovers, objects without an owner. Never what
     * is running, nor a named volume of the user, nor anything that is not labelled as ours and of this application.
     *
     * @param dryRun true to report only what would be removed
     * @return what was removed
     */
    PruneReport prune(boolean dryRun);

    /**
     * The vendor's client, for what the SDK does not cover.
     *
     * @param <T> its type
     * @param type its class
     * @return empty if this provider has none of this type
     */
    <T> Optional<T> unwrap(Class<T> type);

    /** Closes connections and threads. What runs at the platform goes on. Idempotent; throws nothing. */
    @Override
    void close();
}
