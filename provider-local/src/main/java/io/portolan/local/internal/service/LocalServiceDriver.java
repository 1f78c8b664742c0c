package io.portolan.local.internal.service;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.plan.NativeRequest;
import io.portolan.portability.Finding;
import io.portolan.run.OwnedResource;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.ServiceSpec;
import io.portolan.spi.ConfigKey;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.ServiceDriver;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Runs services on a Docker engine. */
public final class LocalServiceDriver implements ServiceDriver, AutoCloseable {
    /** The settings of services, in the section {@code portolan.local}. */
    public static final List<ConfigKey> CONFIG_KEYS = List.of();

    private final DockerEngine engine;

    /**
     * A driver that has not called the engine yet.
     *
     * @param engine the engine
     * @param config the settings
     * @param context clock and threads
     */
    public LocalServiceDriver(DockerEngine engine, ProviderConfig config, DriverContext context) {
        this.engine = Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(context, "context");
    }

    /**
     * What becomes of the fields that only services have.
     *
     * @param spec the service
     * @param config the settings
     * @return in the order of fields
     */
    public static List<Finding> findings(ServiceSpec spec, ProviderConfig config) {
        return List.of();
    }

    /**
     * The requests that a deployment makes.
     *
     * @param spec the service
     * @param config the settings
     * @return in their order
     */
    public static List<NativeRequest> requests(ServiceSpec spec, ProviderConfig config) {
        return List.of();
    }

    /**
     * What services left behind and nobody needs: failed or retired revisions, proxies and networks without services.
     *
     * @return kinds {@code container}, {@code network} and {@code volume}, in the order in which they can be removed
     */
    public List<OwnedResource> leftovers() {
        return List.of();
    }

    @Override
    public ServiceStatus deploy(ServiceRequest request) {
        throw unsupported();
    }

    @Override
    public Optional<ServiceStatus> describe(String name) {
        throw unsupported();
    }

    @Override
    public Optional<String> document(String name, int revision) {
        throw unsupported();
    }

    @Override
    public List<String> services() {
        throw unsupported();
    }

    @Override
    public ServiceStatus scale(String name, int replicas) {
        throw unsupported();
    }

    @Override
    public ServiceStatus rollback(String name, int revision) {
        throw unsupported();
    }

    @Override
    public void delete(String name) {
        throw unsupported();
    }

    @Override
    public void close() {}

    private PortolanException unsupported() {
        return new PortolanException(ErrorCode.UNSUPPORTED, "Services are not there yet on " + engine);
    }
}
