package io.portolan.testkit.conformance;

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
import io.portolan.spi.RateLimit;
import java.util.List;

/** A provider that claims to be able to do everything, so that a declared lack can be tried. */
final class ClaimingProvider implements CloudProvider {
    private final CloudProvider provider;

    ClaimingProvider(CloudProvider provider) {
        this.provider = provider;
    }

    @Override
    public ProviderId id() {
        return provider.id();
    }

    @Override
    public CapabilitySet capabilities() {
        return CapabilitySet.allExcept();
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
    public List<RateLimit> rateLimits() {
        return provider.rateLimits();
    }

    @Override
    public CloudDriver open(ProviderConfig config, DriverContext context) {
        return provider.open(config, context);
    }
}
