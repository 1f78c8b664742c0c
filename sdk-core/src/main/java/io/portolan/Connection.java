package io.portolan;

import io.portolan.config.CloudConfig;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.internal.call.Caller;
import io.portolan.internal.job.EngineThreads;
import io.portolan.internal.log.LogEngine;
import io.portolan.internal.provider.SpecCheck;
import io.portolan.portability.Capability;
import io.portolan.portability.CapabilitySet;
import io.portolan.portability.Finding;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.CloudProvider;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ProviderConfig;
import java.time.Clock;
import java.util.List;

/** One open connection: what {@link Jobs}, {@link Services} and {@link Images} have in common. */
final class Connection {
    private final CloudProvider provider;
    private final ProviderConfig section;
    private final CapabilitySet capabilities;
    private final Clock clock;
    private final CloudDriver driver;
    private final Caller caller;
    private final LogEngine logEngine;
    private final Planner planner;

    Connection(CloudConfig config, CloudProvider provider, Clock clock) {
        this.provider = provider;
        this.section = config.section(provider);
        this.capabilities = provider.capabilities();
        this.clock = clock;
        this.caller = new Caller(provider.id(), config.engine(), provider.rateLimits());
        this.logEngine = new LogEngine(caller, config.engine(), EngineThreads.factory("logs"));
        this.driver = provider.open(
                section,
                new DriverContext(clock, EngineThreads.factory(provider.id().value()), caller::awaitPermit));
        this.planner = new Planner(this);
    }

    CloudProvider provider() {
        return provider;
    }

    ProviderConfig section() {
        return section;
    }

    CapabilitySet capabilities() {
        return capabilities;
    }

    Clock clock() {
        return clock;
    }

    CloudDriver driver() {
        return driver;
    }

    Caller caller() {
        return caller;
    }

    LogEngine logEngine() {
        return logEngine;
    }

    Planner planner() {
        return planner;
    }

    /** Every finding about a spec; throws if one rejects it. Before any I/O. */
    List<Finding> requireSupported(WorkloadSpec spec) {
        return SpecCheck.require(spec, provider, section);
    }

    void require(Capability capability, String operation) {
        if (!capabilities.has(capability)) {
            throw PortolanException.builder(
                            ErrorCode.UNSUPPORTED,
                            "provider '" + provider.id() + "' has no " + capability.title()
                                    + "; see the capability table for one that has")
                    .provider(provider.id().value())
                    .operation(operation)
                    .build();
        }
    }
}
