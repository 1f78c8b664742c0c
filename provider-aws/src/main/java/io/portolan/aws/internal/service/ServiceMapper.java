package io.portolan.aws.internal.service;

import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.option.ServiceExposure;
import io.portolan.spec.ServiceSpec;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.Service;

/** The requests that make and change a service. Pure. */
public final class ServiceMapper {
    private ServiceMapper() {}

    /**
     * What makes a service.
     *
     * @param spec the service
     * @param taskDefinitionArn its revision
     * @param settings its settings
     * @return a {@code CreateServiceRequest} or, for an Express service, a {@code CreateExpressGatewayServiceRequest}
     */
    public static SdkPojo create(ServiceSpec spec, String taskDefinitionArn, AwsSettings settings) {
        return isExpress(spec, settings)
                ? ExpressServiceMapper.create(spec, taskDefinitionArn, settings)
                : PlainServiceMapper.create(spec, taskDefinitionArn, settings);
    }

    /**
     * What makes a service follow another revision.
     *
     * @param spec the service as it is to be
     * @param taskDefinitionArn its revision
     * @param settings its settings
     * @param current the service as it is
     * @return an {@code UpdateServiceRequest} or, for an Express service, an {@code UpdateExpressGatewayServiceRequest}
     */
    public static SdkPojo update(ServiceSpec spec, String taskDefinitionArn, AwsSettings settings, Service current) {
        return isExpress(spec, settings)
                ? ExpressServiceMapper.update(spec, taskDefinitionArn, settings, current.serviceArn())
                : PlainServiceMapper.update(spec, taskDefinitionArn, settings, current);
    }

    static boolean isExpress(ServiceSpec spec, AwsSettings settings) {
        return ExposureMapper.of(spec, settings) == ServiceExposure.EXPRESS;
    }

    /** Fewest replicas: ECS does not wake a service that has none. */
    static int fewest(ServiceSpec spec) {
        return Math.max(1, spec.scaling().min());
    }
}
