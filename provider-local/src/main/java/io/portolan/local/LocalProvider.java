package io.portolan.local;

import io.portolan.id.ProviderId;
import io.portolan.local.internal.LocalDriver;
import io.portolan.local.internal.LocalPortability;
import io.portolan.local.internal.LocalRequests;
import io.portolan.local.internal.container.ContainerKeys;
import io.portolan.local.internal.engine.EngineKeys;
import io.portolan.local.internal.image.LocalImageDriver;
import io.portolan.local.internal.job.JobKeys;
import io.portolan.local.internal.service.LocalServiceDriver;
import io.portolan.plan.NativeRequest;
import io.portolan.portability.Capability;
import io.portolan.portability.CapabilitySet;
import io.portolan.portability.Finding;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.CloudProvider;
import io.portolan.spi.ConfigKey;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ProviderConfig;
import java.util.List;
import java.util.stream.Stream;

/**
 * Jobs, services and images on a Docker engine, API 1.41 (Docker Engine 20.10) or newer.
 *
 * <p>Found by the service loader under {@code provider: local}. What a spec becomes on Docker is in {@code docs/providers/local.md}.
 */
public final class LocalProvider implements CloudProvider {
    private static final CapabilitySet CAPABILITIES = CapabilitySet.allExcept(
            Capability.TRAFFIC_SPLIT, Capability.AUTOSCALING, Capability.SCALE_TO_ZERO, Capability.EPHEMERAL_STORAGE);

    private static final List<ConfigKey> KEYS = Stream.of(
                    EngineKeys.ALL,
                    ContainerKeys.ALL,
                    JobKeys.ALL,
                    LocalServiceDriver.CONFIG_KEYS,
                    LocalImageDriver.CONFIG_KEYS)
            .flatMap(List::stream)
            .toList();

    /** For the service loader. */
    public LocalProvider() {}

    @Override
    public ProviderId id() {
        return ProviderId.LOCAL;
    }

    @Override
    public CapabilitySet capabilities() {
        return CAPABILITIES;
    }

    @Override
    public List<ConfigKey> configKeys() {
        return KEYS;
    }

    @Override
    public List<Finding> portability(WorkloadSpec spec, ProviderConfig config) {
        return LocalPortability.findings(spec, config);
    }

    @Override
    public List<NativeRequest> requests(WorkloadSpec spec, ProviderConfig config) {
        return LocalRequests.of(spec, config);
    }

    @Override
    public CloudDriver open(ProviderConfig config, DriverContext context) {
        return new LocalDriver(config, context);
    }
}
