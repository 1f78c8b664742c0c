package io.portolan.aws.internal.service;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.config.OptionNames;
import io.portolan.aws.option.ScalingMetric;
import io.portolan.spec.ServiceSpec;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricType;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;

/** The requests by which the number of replicas follows the load. Pure. */
public final class AutoscalingMapper {
    private static final int DEFAULT_TARGET = 60;

    private AutoscalingMapper() {}

    /**
     * The range in which the number of replicas may be.
     *
     * @param name the service
     * @param min fewest, at least 1
     * @param max most
     * @param settings its settings
     * @return the request
     */
    public static RegisterScalableTargetRequest range(String name, int min, int max, AwsSettings settings) {
        return RegisterScalableTargetRequest.builder()
                .serviceNamespace(ServiceNamespace.ECS)
                .resourceId(resource(name, settings))
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .minCapacity(Math.max(1, min))
                .maxCapacity(Math.max(1, max))
                .build();
    }

    /**
     * What the number follows.
     *
     * @param spec the service
     * @param settings its settings
     * @return the request
     * @throws IllegalArgumentException if it is to follow the requests
     */
    public static PutScalingPolicyRequest policy(ServiceSpec spec, AwsSettings settings) {
        MetricType type = switch (metric(settings)) {
            case CPU -> MetricType.ECS_SERVICE_AVERAGE_CPU_UTILIZATION;
            case MEMORY -> MetricType.ECS_SERVICE_AVERAGE_MEMORY_UTILIZATION;
            case REQUESTS ->
                throw new IllegalArgumentException(
                        "option 'aws.scalingMetric' was 'REQUESTS' but must be CPU or MEMORY for a service that is"
                                + " not an Express service: AWS must be told the load balancer's own name");
        };
        return PutScalingPolicyRequest.builder()
                .policyName(new ServiceNames(settings.application()).service(spec.name()))
                .serviceNamespace(ServiceNamespace.ECS)
                .resourceId(resource(spec.name(), settings))
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .policyType(PolicyType.TARGET_TRACKING_SCALING)
                .targetTrackingScalingPolicyConfiguration(c -> c.targetValue((double) target(settings))
                        .predefinedMetricSpecification(m -> m.predefinedMetricType(type)))
                .build();
    }

    static String resource(String name, AwsSettings settings) {
        return "service/" + ServiceNames.lastPart(settings.required(AwsKeys.CLUSTER)) + "/"
                + new ServiceNames(settings.application()).service(name);
    }

    static ScalingMetric metric(AwsSettings settings) {
        return settings.option(OptionNames.SCALING_METRIC)
                .map(ScalingMetric::valueOf)
                .orElse(ScalingMetric.CPU);
    }

    static int target(AwsSettings settings) {
        return settings.option(OptionNames.SCALING_TARGET)
                .map(Integer::parseInt)
                .orElse(DEFAULT_TARGET);
    }
}
