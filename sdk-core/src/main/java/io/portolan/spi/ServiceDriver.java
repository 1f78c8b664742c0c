package io.portolan.spi;

import io.portolan.error.PortolanException;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.ServiceSpec;
import java.util.List;
import java.util.Optional;

/** Runs services. */
public interface ServiceDriver {
    /**
     * Makes a new revision, waits until it is ready, shifts traffic to it, and retires the one before. Blocks until that is decided; an
     * interrupt gives the deployment up and restores what was. An identical spec that already serves is left alone.
     *
     * @param request what to deploy
     * @return the service as it serves now
     * @throws PortolanException FAILED if the new revision does not become ready: it is removed and the last good one serves on; CONFLICT
     *     if another deployment overtook this one
     */
    ServiceStatus deploy(ServiceRequest request);

    /**
     * What to deploy.
     *
     * @param spec the service
     * @param specHash its hash
     * @param document the spec as a document (YAML), kept with the revision for a rollback; never holds a secret
     */
    record ServiceRequest(ServiceSpec spec, String specHash, String document) {}

    /**
     * A service.
     *
     * @param name its name
     * @return empty if there is none
     */
    Optional<ServiceStatus> describe(String name);

    /**
     * The document of a revision, as the deployment gave it.
     *
     * @param name the service
     * @param revision the number
     * @return empty if the revision is not known
     */
    Optional<String> document(String name, int revision);

    /**
     * All services of the application.
     *
     * @return their names, sorted
     */
    List<String> services();

    /**
     * Changes the number of replicas of the serving revision. Blocks until it is done.
     *
     * @param name the service
     * @param replicas 1 or more; 0 where the provider scales to zero
     * @return the service afterwards
     */
    ServiceStatus scale(String name, int replicas);

    /**
     * Makes an earlier good revision serve again, as {@link #deploy} does with a new one.
     *
     * @param name the service
     * @param revision its number
     * @return the service afterwards
     * @throws PortolanException NOT_FOUND if there is no such revision that can serve
     */
    ServiceStatus rollback(String name, int revision);

    /**
     * Removes the service with all revisions. Returns when its name is free. Idempotent.
     *
     * @param name the service
     */
    void delete(String name);
}
