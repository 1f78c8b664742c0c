package io.portolan.aws;

import io.portolan.aws.internal.AwsDriver;
import io.portolan.aws.internal.client.AwsBuckets;
import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.job.RunTaskMapper;
import io.portolan.aws.internal.portability.AwsFindings;
import io.portolan.aws.internal.portability.AwsRequests;
import io.portolan.aws.internal.service.ServiceMapper;
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
 * Jobs and services on Amazon ECS, images in Amazon ECR, logs in CloudWatch Logs.
 *
 * <p>Found by the service loader under {@code provider: aws}. What a spec becomes on AWS is in {@code docs/providers/aws.md}.
 */
public final class AwsProvider implements CloudProvider {
    private static final CapabilitySet CAPABILITIES = CapabilitySet.allExcept(
            Capability.TRAFFIC_SPLIT,
            Capability.SCALE_TO_ZERO,
            Capability.SERVICE_DISCOVERY,
            Capability.DOCKERFILE_BUILD,
            Capability.SECRET_FILES,
            Capability.HOST_DIRECTORIES);

    /** For the service loader. */
    public AwsProvider() {}

    @Override
    public ProviderId id() {
        return ProviderId.AWS;
    }

    @Override
    public CapabilitySet capabilities() {
        return CAPABILITIES;
    }

    @Override
    public List<ConfigKey> configKeys() {
        return AwsKeys.ALL;
    }

    @Override
    public List<Finding> portability(WorkloadSpec spec, ProviderConfig config) {
        return AwsFindings.of(spec, config);
    }

    @Override
    public List<NativeRequest> requests(WorkloadSpec spec, ProviderConfig config) {
        return new AwsRequests(RunTaskMapper::of, ServiceMapper::create).of(spec, config);
    }

    @Override
    public List<RateLimit> rateLimits() {
        return AwsBuckets.ALL;
    }

    @Override
    public CloudDriver open(ProviderConfig config, DriverContext context) {
        return new AwsDriver(config, context);
    }
}
