package io.portolan.spi;

import io.portolan.id.ProviderId;
import io.portolan.plan.NativeRequest;
import io.portolan.portability.CapabilitySet;
import io.portolan.portability.Finding;
import io.portolan.spec.WorkloadSpec;
import java.util.List;

/**
 * One platform. The service that {@link java.util.ServiceLoader} finds: a public class with a public constructor without parameters, cheap
 * to make. Everything but {@link #open} is pure: no I/O, no clock, no environment.
 */
public interface CloudProvider {
    /**
     * The name.
     *
     * @return unique among all providers
     */
    ProviderId id();

    /**
     * What it can do.
     *
     * @return the same at every call
     */
    CapabilitySet capabilities();

    /**
     * The settings it knows, in its section {@code portolan.ID.}.
     *
     * @return every key
     */
    List<ConfigKey> configKeys();

    /**
     * What becomes of a spec here. Capability lacks that core knows from the spec are added by core; this adds limits, rounding and
     * emulation.
     *
     * @param spec a valid spec
     * @param config the settings of this provider
     * @return findings, in the order of fields
     */
    List<Finding> portability(WorkloadSpec spec, ProviderConfig config);

    /**
     * The native requests that a run or a deployment of the spec makes, as far as they are known without asking the platform.
     *
     * @param spec a valid spec that {@link #portability} does not reject
     * @param config the settings of this provider
     * @return in their order; secrets shown as {@code ***}
     */
    List<NativeRequest> requests(WorkloadSpec spec, ProviderConfig config);

    /**
     * The request buckets of the platform, where it has any: core waits for its turn instead of being refused.
     *
     * @return none by default
     */
    default List<RateLimit> rateLimits() {
        return List.of();
    }

    /**
     * Opens the driver. Makes no remote call: the first call of a driver may connect.
     *
     * @param config the settings of this provider
     * @param context what core gives
     * @return a driver that the caller closes
     */
    CloudDriver open(ProviderConfig config, DriverContext context);
}
