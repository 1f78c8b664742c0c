package io.portolan.testkit.conformance;

import io.portolan.spi.CloudDriver;
import io.portolan.spi.CloudProvider;
import io.portolan.spi.DriverContext;
import io.portolan.spi.JobDriver;
import io.portolan.spi.LogDriver;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.ServiceDriver;
import io.portolan.spi.TaskLauncher;
import io.portolan.testkit.fake.FakePlatform;
import io.portolan.testkit.fake.FakeProvider;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Ways to break one driver of the provider in memory, once per connection. */
final class Broken {
    private Broken() {}

    static Function<FakePlatform, CloudProvider> jobs(UnaryOperator<TaskLauncher> breaking) {
        return driver(driver -> {
            TaskLauncher broken = breaking.apply((TaskLauncher) driver.jobs());
            return new Forwarding.Driver(driver) {
                @Override
                public JobDriver jobs() {
                    return broken;
                }
            };
        });
    }

    static Function<FakePlatform, CloudProvider> services(UnaryOperator<ServiceDriver> breaking) {
        return driver(driver -> {
            ServiceDriver broken = breaking.apply(driver.services());
            return new Forwarding.Driver(driver) {
                @Override
                public ServiceDriver services() {
                    return broken;
                }
            };
        });
    }

    static Function<FakePlatform, CloudProvider> logs(UnaryOperator<LogDriver> breaking) {
        return driver(driver -> {
            LogDriver broken = breaking.apply(driver.logs());
            return new Forwarding.Driver(driver) {
                @Override
                public LogDriver logs() {
                    return broken;
                }
            };
        });
    }

    static Function<FakePlatform, CloudProvider> driver(UnaryOperator<CloudDriver> breaking) {
        return provider(good -> new Forwarding.Provider(good) {
            @Override
            public CloudDriver open(ProviderConfig config, DriverContext context) {
                return breaking.apply(good.open(config, context));
            }
        });
    }

    static Function<FakePlatform, CloudProvider> provider(UnaryOperator<CloudProvider> breaking) {
        return platform -> breaking.apply(FakeProvider.on(platform));
    }
}
