package io.portolan.emulator.internal.gcp.run.service;

import io.portolan.emulator.internal.gcp.GcpError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All services by name. Used with the lock held. */
final class Services {
    private final Map<String, Service> services = new TreeMap<>();

    void add(Service service) {
        services.put(service.name.toString(), service);
    }

    void remove(Service service) {
        services.remove(service.name.toString());
    }

    Optional<Service> find(String name) {
        return Optional.ofNullable(services.get(name));
    }

    Service get(String name) {
        return find(name).orElseThrow(() -> GcpError.notFound("service \"" + name + "\" not found"));
    }

    /** Those of a region. */
    List<Service> in(String location) {
        return services.values().stream()
                .filter(service -> service.name.toString().startsWith(location + "/"))
                .toList();
    }

    /** Ends the addresses of all. */
    void close() {
        services.values().forEach(service -> service.routing.close());
    }
}
