package io.portolan.testkit.conformance;

import io.portolan.config.CloudConfig;
import io.portolan.config.EngineSettings;
import io.portolan.image.ImageReference;
import io.portolan.spi.CloudProvider;
import io.portolan.testkit.fake.FakePlatform;
import io.portolan.testkit.fake.FakeProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** A harness for the provider in memory, broken by a test if it likes. */
final class FakeHarness implements ProviderHarness {
    private static final EngineSettings FAST = EngineSettings.DEFAULT
            .pollInterval(Duration.ofMillis(20), Duration.ofMillis(50))
            .logInterval(Duration.ofMillis(10))
            .callRetries(2, Duration.ofMillis(5))
            .goneGrace(Duration.ofMillis(500));

    private final FakePlatform platform = FakePlatform.create();
    private final FakePrograms programs = new FakePrograms(platform);
    private final CloudProvider provider;
    private final Duration limit;

    FakeHarness(Function<FakePlatform, CloudProvider> provider, Duration limit) {
        this.provider = provider.apply(platform);
        this.limit = limit;
    }

    FakeHarness(Function<FakePlatform, CloudProvider> provider) {
        this(provider, Duration.ofSeconds(20));
    }

    @Override
    public CloudProvider provider() {
        return provider;
    }

    @Override
    public CloudConfig config(String application) {
        return CloudConfig.builder(FakeProvider.ID)
                .application(application)
                .engine(FAST)
                .build();
    }

    @Override
    public CloudConfig unreachable(String application) {
        return config(application).toBuilder()
                .set(FakeProvider.REACHABLE, "false")
                .build();
    }

    @Override
    public TestPrograms programs() {
        return programs;
    }

    @Override
    public void secret(String name, String value) {
        platform.secret(name, value);
    }

    @Override
    public String baseImage() {
        return FakePrograms.IMAGE;
    }

    @Override
    public Optional<ImageReference> pushTarget(String repository) {
        return Optional.of(ImageReference.parse("registry.example/" + repository + ":1"));
    }

    @Override
    public String hostDirectory() {
        return "/srv/conformance";
    }

    @Override
    public Duration limit() {
        return limit;
    }

    @Override
    public Duration pace() {
        return Duration.ofMillis(100);
    }

    @Override
    public OptionalLong remoteCalls() {
        return OptionalLong.of(platform.history().calls());
    }

    @Override
    public void clean(String application) {
        // The whole platform goes with this harness.
    }

    @Override
    public void close() {
        platform.close();
    }
}
