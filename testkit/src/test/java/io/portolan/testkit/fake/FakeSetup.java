package io.portolan.testkit.fake;

import io.portolan.spi.CloudDriver;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ProviderConfig;
import java.time.Clock;
import java.util.Map;

/** Opens drivers as core would. */
final class FakeSetup {
    static final String APPLICATION = "app";

    private FakeSetup() {}

    static CloudDriver open(FakeProvider provider) {
        return open(provider, Map.of());
    }

    static CloudDriver open(FakeProvider provider, Map<String, String> settings) {
        return provider.open(
                new ProviderConfig(APPLICATION, provider.configKeys(), settings),
                new DriverContext(Clock.systemUTC(), Thread::new));
    }
}
