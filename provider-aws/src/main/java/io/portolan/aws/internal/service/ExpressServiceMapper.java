package io.portolan.aws.internal.service;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.config.RequestPatch;
import io.portolan.aws.internal.definition.Labels;
import io.portolan.spec.ServiceSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CreateExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayScalingTarget;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayServiceNetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayServiceScalingMetric;
import software.amazon.awssdk.services.ecs.model.UpdateExpressGatewayServiceRequest;

/** Express services: ECS makes load balancer, certificate, URL and scaling. What is run is the task definition, as everywhere. Pure. */
final class ExpressServiceMapper {
    /** The tag of an Express service. */
    static final String EXPRESS = "portolan:express";

    private ExpressServiceMapper() {}

    static CreateExpressGatewayServiceRequest create(ServiceSpec spec, String taskDefinitionArn, AwsSettings settings) {
        Map<String, String> tags = new LinkedHashMap<>(Labels.of(spec, Labels.SERVICE, settings.application()));
        tags.put(EXPRESS, "true");
        CreateExpressGatewayServiceRequest.Builder request = CreateExpressGatewayServiceRequest.builder()
                .cluster(settings.required(AwsKeys.CLUSTER))
                .serviceName(new ServiceNames(settings.application()).service(spec.name()))
                .taskDefinitionArn(taskDefinitionArn)
                .healthCheckPath(ExposureMapper.healthPath(spec))
                .scalingTarget(scaling(
                        ServiceMapper.fewest(spec), Math.max(1, spec.scaling().max()), settings))
                .tags(Labels.tags(tags));
        settings.text(AwsKeys.INFRASTRUCTURE_ROLE).ifPresent(request::infrastructureRoleArn);
        ExpressGatewayServiceNetworkConfiguration network = network(settings);
        if (network != null) {
            request.networkConfiguration(network);
        }
        return RequestPatch.apply(settings, "CreateExpressGatewayService", request.build());
    }

    static UpdateExpressGatewayServiceRequest update(
            ServiceSpec spec, String taskDefinitionArn, AwsSettings settings, String serviceArn) {
        UpdateExpressGatewayServiceRequest.Builder request = UpdateExpressGatewayServiceRequest.builder()
                .serviceArn(serviceArn)
                .taskDefinitionArn(taskDefinitionArn)
                .healthCheckPath(ExposureMapper.healthPath(spec))
                .scalingTarget(scaling(
                        ServiceMapper.fewest(spec), Math.max(1, spec.scaling().max()), settings));
        ExpressGatewayServiceNetworkConfiguration network = network(settings);
        if (network != null) {
            request.networkConfiguration(network);
        }
        return RequestPatch.apply(settings, "UpdateExpressGatewayService", request.build());
    }

    /** Nothing but another number of replicas. */
    static UpdateExpressGatewayServiceRequest scale(String serviceArn, int min, int max, AwsSettings settings) {
        return UpdateExpressGatewayServiceRequest.builder()
                .serviceArn(serviceArn)
                .scalingTarget(scaling(min, max, settings))
                .build();
    }

    private static ExpressGatewayScalingTarget scaling(int min, int max, AwsSettings settings) {
        return ExpressGatewayScalingTarget.builder()
                .minTaskCount(min)
                .maxTaskCount(max)
                .autoScalingMetric(
                        switch (AutoscalingMapper.metric(settings)) {
                            case CPU -> ExpressGatewayServiceScalingMetric.AVERAGE_CPU;
                            case MEMORY -> ExpressGatewayServiceScalingMetric.AVERAGE_MEMORY;
                            case REQUESTS -> ExpressGatewayServiceScalingMetric.REQUEST_COUNT_PER_TARGET;
                        })
                .autoScalingTargetValue(AutoscalingMapper.target(settings))
                .build();
    }

    private static @Nullable ExpressGatewayServiceNetworkConfiguration network(AwsSettings settings) {
        List<String> subnets = settings.list(AwsKeys.SUBNETS);
        List<String> groups = settings.list(AwsKeys.SECURITY_GROUPS);
        if (subnets.isEmpty() && groups.isEmpty()) {
            return null;
        }
        ExpressGatewayServiceNetworkConfiguration.Builder network = ExpressGatewayServiceNetworkConfiguration.builder();
        if (!subnets.isEmpty()) {
            network.subnets(subnets);
        }
        if (!groups.isEmpty()) {
            network.securityGroups(groups);
        }
        return network.build();
    }
}
