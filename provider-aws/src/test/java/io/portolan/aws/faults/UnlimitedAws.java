package io.portolan.aws.faults;

import io.portolan.aws.AwsProvider;
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

/** The provider without request buckets: an emulator has none, and a test is not to wait for those of AWS. */
final class UnlimitedAws implements CloudProvider {
    private final AwsProvider aws = new AwsProvider();

    @Override
    public ProviderId id() {
        return aws.id();
    }

    @Override
    public CapabilitySet capabilities() {
        return aws.capabilities();
    }

    @Override
    public List<ConfigKey> configKeys() {
        return aws.configKeys();
    }

    @Override
    public List<Finding> portability(WorkloadSpec spec, ProviderConfig config) {
        return aws.portability(spec, config);
    }

    @Override
    public List<NativeRequest> requests(WorkloadSpec spec, ProviderConfig config) {
        return aws.requests(spec, config);
    }

    @Override
    public CloudDriver open(ProviderConfig config, DriverContext context) {
        return aws.open(config, context);
    }
}
