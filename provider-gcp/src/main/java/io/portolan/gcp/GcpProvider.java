package io.portolan.gcp;

import io.portolan.gcp.internal.GcpDriver;
import io.portolan.gcp.internal.client.GcpBuckets;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.portability.GcpFindings;
import io.portolan.gcp.internal.portability.GcpRequests;
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
import io.portolan.spi.RateLimit;
import java.util.List;

/**
 * Jobs and services on Cloud Run, images in Artifact Registry, logs in Cloud Logging.
 *
 * <p>Found by the service loader under {@code provider: gcp}. What a spec becomes on Google Cloud is in {@code docs/providers/gcp.md}.
 */
public final class GcpProvider implements CloudProvider {
    private static final CapabilitySet CAPABILITIES = CapabilitySet.allExcept(
            Capability.TRAFFIC_SPLIT,
            Capability.SERVICE_DISCOVERY,
            Capability.EXEC_PROBE,
            Capability.DOCKERFILE_BUILD,
            Capability.HOST_DIRECTORIES,
            Capability.ARM64,
            Capability.EPHEMERAL_STORAGE,
            Capability.READ_ONLY_ROOT,
            Capability.INIT_PROCESS,
            Capability.RUN_AS_USER,
            Capability.STOP_GRACE_PERIOD);

    /** For the service loader. */
    public GcpProvider() {}

    @Override
    public ProviderId id() {
        return ProviderId.GCP;
    }

    @Override
    public CapabilitySet capabilities() {
        return CAPABILITIES;
    }

    @Override
    public List<ConfigKey> configKeys() {
        return GcpKeys.ALL;
    }

    @Override
    public List<Finding> portability(WorkloadSpec spec, ProviderConfig config) {
        return GcpFindings.of(spec, config);
    }

    @Override
    public List<NativeRequest> requests(WorkloadSpec spec, ProviderConfig config) {
        return GcpRequests.of(spec, config);
    }

    @Override
    public List<RateLimit> rateLimits() {
        return GcpBuckets.ALL;
    }

    @Override
    public CloudDriver open(ProviderConfig config, DriverContext context) {
        return GcpDriver.open(config, context);
    }
}
