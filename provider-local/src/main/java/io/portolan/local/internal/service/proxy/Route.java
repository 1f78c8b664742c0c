package io.portolan.local.internal.service.proxy;

import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import java.util.List;
import java.util.Objects;

/**
 * What the proxy of one service has to do.
 *
 * @param service the service
 * @param generation rises with each change of the route; a proxy tells which one is in force
 * @param port where the replicas listen, and where the service is reached by name
 * @param readiness when a replica gets traffic
 * @param targets the replicas; empty refuses all requests
 */
public record Route(String service, int generation, Port port, Probe readiness, List<Target> targets) {
    /** Copies the list. */
    public Route {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(port, "port");
        Objects.requireNonNull(readiness, "readiness");
        targets = List.copyOf(targets);
    }
}
