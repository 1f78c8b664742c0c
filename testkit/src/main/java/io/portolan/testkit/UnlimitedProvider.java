package io.portolan.testkit;

import io.portolan.id.ProviderId;
import io.portolan.plan.NativeRequest;
import io.portolan.portability.CapabilitySet;
import io.portolan.portability.Finding;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.CloudProvider;
import io.portolan.spi.ConfigKey;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ProviderConfig;
import java.util.List;

/** A provider without its request buckets: emulators have none, and a test or a measurement is not to wait for those of the cloud. */
public final class UnlimitedProvider implements CloudProvider {
    private final CloudProvider provider;

    /**
     * The same provider, as fast as it can.
     *
     * @param provider with buckets
     */
    public UnlimitedProvider(CloudProvider provider) {
        this.provider = provider;
    }

    @Override
    public ProviderId id() {
        return provider.id();
    }

    @Override
    public CapabilitySet capabilities() {
        return provider.capabilities();
    }

    @Override
    public List<ConfigKey> configKeys() {
        return provider.configKeys();
    }

    @Override
    public List<Finding> portability(WorkloadSpec spec, ProviderConfig config) {
        return provider.portability(spec, config);
    }

    @Override
    public List<NativeRequest> requests(WorkloadSpec spec, ProviderConfig config) {
        return provider.requests(spec, config);
    }

    @Override
    public CloudDriver open(ProviderConfig config, DriverContext context) {
        return provider.open(config, context);
    }
}
