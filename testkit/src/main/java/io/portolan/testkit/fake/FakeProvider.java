package io.portolan.testkit.fake;

import io.portolan.id.ProviderId;
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
import java.util.Objects;

/**
 * A provider for a {@link FakePlatform}. Not found by {@link java.util.ServiceLoader}: give it to {@code Cloud.connect(config, provider)}.
 * Immutable and thread-safe.
 */
public final class FakeProvider implements CloudProvider {
    /** The name of this provider. */
    public static final ProviderId ID = new ProviderId("fake");

    /** Setting: whether the platform answers at all; default true. */
    public static final String REACHABLE = "reachable";

    /** Setting: how many attempts or executions one describe call takes; default 100. */
    public static final String DESCRIBE_BATCH = "describe-batch";

    private final FakePlatform platform;
    private final boolean managed;
    private final CapabilitySet capabilities;

    private FakeProvider(FakePlatform platform, boolean managed, CapabilitySet capabilities) {
        this.platform = Objects.requireNonNull(platform, "platform");
        this.managed = managed;
        this.capabilities = capabilities;
    }

    /**
     * A provider whose jobs core drives attempt by attempt, as on Docker, ECS and Container Instances.
     *
     * @param platform where everything runs
     * @return a provider that can do everything
     */
    public static FakeProvider on(FakePlatform platform) {
        return new FakeProvider(platform, false, CapabilitySet.allExcept());
    }

    /**
     * A provider whose platform runs whole executions, as Cloud Run does.
     *
     * @param platform where everything runs
     * @return a provider that can do everything
     */
    public static FakeProvider managed(FakePlatform platform) {
        return new FakeProvider(platform, true, CapabilitySet.allExcept());
    }

    /**
     * The same without some capabilities.
     *
     * @param capabilities all that it lacks
     * @return a changed copy
     */
    public FakeProvider lacking(Capability... capabilities) {
        return new FakeProvider(platform, managed, CapabilitySet.allExcept(capabilities));
    }

    @Override
    public ProviderId id() {
        return ID;
    }

    @Override
    public CapabilitySet capabilities() {
        return capabilities;
    }

    @Override
    public List<ConfigKey> configKeys() {
        return List.of(
                ConfigKey.withDefault(REACHABLE, ConfigKey.Type.FLAG, "true", "Whether the platform answers."),
                ConfigKey.withDefault(
                        DESCRIBE_BATCH, ConfigKey.Type.NUMBER, "100", "How many things one describe call takes."));
    }

    @Override
    public List<Finding> portability(WorkloadSpec spec, ProviderConfig config) {
        return List.of();
    }

    @Override
    public List<NativeRequest> requests(WorkloadSpec spec, ProviderConfig config) {
        return FakeRequests.of(spec, config, managed);
    }

    @Override
    public CloudDriver open(ProviderConfig config, DriverContext context) {
        return new FakeDriver(new FakeConnection(platform, config), managed);
    }
}
