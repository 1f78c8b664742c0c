package io.portolan.local.internal.service.proxy;

import io.portolan.error.PortolanException;
import io.portolan.spec.Exposure;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stands in front of the replicas of services. One instance serves all services of the application.
 *
 * <p>Thread-safe. Calls block; an interrupt makes the waiting ones throw with code {@code CANCELLED}, or return early where they say so.
 */
public interface ServiceProxy extends AutoCloseable {
    /**
     * Makes the proxy of a service exist and run, with the address it had before if it had one.
     *
     * @param service the service
     * @param exposure who can reach it
     * @param formerPort the host port that the service had, 0 for none
     * @param initial what a proxy that is made now begins with
     * @return the host port, 0 for an internal service
     * @throws PortolanException CONFLICT if the host port is taken; FAILED if there is no proxy to be had
     */
    int ensure(String service, Exposure exposure, int formerPort, Route initial);

    /**
     * Puts a route in force. Returns when new requests follow it; what began before goes on, see {@link #awaitDrained}.
     *
     * @param route what to do
     * @throws PortolanException FAILED if the proxy does not take it: the former route stays
     */
    void apply(Route route);

    /**
     * Waits until everything that began under a former route is over, or the drain timeout has cut it off.
     *
     * @param service the service
     * @return false if the thread was interrupted before; the flag stays set
     */
    boolean awaitDrained(String service);

    /**
     * Whether everything that began under a former route is over.
     *
     * @param service the service
     * @return true if nothing of it is left
     */
    boolean isDrained(String service);

    /**
     * What the proxy says about itself.
     *
     * @param service the service
     * @return empty if there is no proxy or it does not answer
     */
    Optional<ProxyState> state(String service);

    /**
     * Names that the replicas of a service themselves must have on the network, because the proxy is not on it.
     *
     * @param service the service
     * @return empty if the proxy answers for them
     */
    List<String> replicaNames(String service);

    /**
     * The host port of a service.
     *
     * @param service the service
     * @return empty if it has none
     */
    Optional<Integer> hostPort(String service);

    /**
     * Services that have a proxy.
     *
     * @return their names
     */
    Set<String> services();

    /**
     * Removes the proxy of a service. Idempotent.
     *
     * @param service the service
     */
    void remove(String service);

    /** Ends what lives in this JVM only. */
    @Override
    void close();
}
