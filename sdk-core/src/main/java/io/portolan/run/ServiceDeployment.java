package io.portolan.run;

import io.portolan.error.PortolanException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One deployment of a service, on its way: a live handle. Thread-safe. Made by {@code cloud.services()}; not for implementation by users.
 */
public interface ServiceDeployment {
    /**
     * The service.
     *
     * @return its name
     */
    String service();

    /**
     * Waits until the new revision serves.
     *
     * @param atMost how long; positive
     * @return the service
     * @throws PortolanException FAILED if the new revision did not become ready (the last good one serves on; the message says why and
     *     holds the last log lines), TIMEOUT if it is not decided by then (the deployment goes on), CANCELLED if this thread is
     *     interrupted
     */
    ServiceStatus awaitReady(Duration atMost);

    /**
     * The same as a future. It completes on a thread of the SDK. Cancelling the future stops the waiting, not the deployment.
     *
     * @return a new future for each call
     */
    CompletableFuture<ServiceStatus> ready();
}
