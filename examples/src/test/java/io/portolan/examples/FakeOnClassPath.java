package io.portolan.examples;

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
import io.portolan.testkit.fake.FakePlatform;
import io.portolan.testkit.fake.FakeProvider;
import java.util.List;

/** The fake provider where {@code Cloud.connect()} finds it, so that examples are tested as users run them: {@code provider: fake}. */
public final class FakeOnClassPath implements CloudProvider {

    private static volatile FakePlatform current = FakePlatform.create();

    private final FakeProvider provider = FakeProvider.on(current);

    /** An empty platform for one test; connections made later use it. */
    static FakePlatform newPlatform() {
        current = FakePlatform.create();
        return current;
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
