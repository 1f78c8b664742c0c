package io.portolan.aws.internal.service;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.config.OptionNames;
import io.portolan.aws.internal.config.RequestPatch;
import io.portolan.aws.internal.definition.CapacityMapper;
import io.portolan.aws.internal.definition.Labels;
import io.portolan.aws.internal.definition.NetworkMapper;
import io.portolan.aws.internal.definition.TaskDefinitionMapper;
import io.portolan.aws.option.DeploymentStrategy;
import io.portolan.aws.option.ServiceExposure;
import io.portolan.spec.Port;
import io.portolan.spec.ServiceSpec;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceConnectClientAlias;
import software.amazon.awssdk.services.ecs.model.ServiceConnectConfiguration;
import software.amazon.awssdk.services.ecs.model.ServiceConnectService;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** Services for which ECS makes no load balancer. Pure. */
final class PlainServiceMapper {
    /** Most characters of a token. Source: ECS API, CreateServiceRequest.clientToken (2026-08). */
    private static final int LONGEST_TOKEN = 36;

    private PlainServiceMapper() {}

    static CreateServiceRequest create(ServiceSpec spec, String taskDefinitionArn, AwsSettings settings) {
        ServiceNames names = new ServiceNames(settings.application());
        ServiceExposure exposure = ExposureMapper.of(spec, settings);
        CreateServiceRequest.Builder request = CreateServiceRequest.builder()
                .cluster(settings.required(AwsKeys.CLUSTER))
                .serviceName(names.service(spec.name()))
                .taskDefinition(taskDefinitionArn)
                .desiredCount(ServiceMapper.fewest(spec))
                .clientToken(token(spec, taskDefinitionArn, settings))
                .deploymentConfiguration(deployment(settings))
                .tags(Labels.tags(Labels.of(spec, Labels.SERVICE, settings.application())))
                .propagateTags(PropagateTags.SERVICE)
                .enableExecuteCommand(isCommanded(settings));
        CapacityMapper.apply(spec, settings, request);
        NetworkConfiguration network = NetworkMapper.of(spec, settings);
        if (network != null) {
            request.networkConfiguration(network);
        }
        if (exposure == ServiceExposure.TARGET_GROUP) {
            request.loadBalancers(balancer(spec, settings)).healthCheckGracePeriodSeconds(grace(spec));
        }
        if (exposure == ServiceExposure.SERVICE_CONNECT) {
            request.serviceConnectConfiguration(connection(spec, settings));
        }
        return RequestPatch.apply(settings, "CreateService", request.build());
    }

    /** What is as the creation would have it, and what the service has and no longer wants. */
    static UpdateServiceRequest update(
            ServiceSpec spec, String taskDefinitionArn, AwsSettings settings, Service current) {
        CreateServiceRequest wanted = create(spec, taskDefinitionArn, settings);
        UpdateServiceRequest.Builder request = UpdateServiceRequest.builder()
                .cluster(wanted.cluster())
                .service(wanted.serviceName())
                .taskDefinition(taskDefinitionArn)
                .deploymentConfiguration(deployment(settings))
                .enableExecuteCommand(isCommanded(settings));
        if (spec.scaling().isFixed()) { // else the number is what the load made it
            request.desiredCount(ServiceMapper.fewest(spec));
        }
        capacity(request, wanted, current);
        if (wanted.networkConfiguration() != null) {
            request.networkConfiguration(wanted.networkConfiguration());
        }
        ServiceExposure exposure = ExposureMapper.of(spec, settings);
        if (exposure == ServiceExposure.TARGET_GROUP) {
            request.loadBalancers(balancer(spec, settings)).healthCheckGracePeriodSeconds(grace(spec));
        } else if (current.hasLoadBalancers() && !current.loadBalancers().isEmpty()) {
            request.loadBalancers(List.of());
        }
        if (exposure == ServiceExposure.SERVICE_CONNECT) {
            request.serviceConnectConfiguration(connection(spec, settings));
        } else if (isConnected(current)) {
            request.serviceConnectConfiguration(c -> c.enabled(false));
        }
        return RequestPatch.apply(settings, "UpdateService", request.build());
    }

    private static void capacity(UpdateServiceRequest.Builder request, CreateServiceRequest wanted, Service current) {
        if (wanted.hasCapacityProviderStrategy()) {
            request.capacityProviderStrategy(wanted.capacityProviderStrategy());
        } else if (current.hasCapacityProviderStrategy()
                && !current.capacityProviderStrategy().isEmpty()) {
            // The way back to the launch type that the service was made with.
            request.capacityProviderStrategy(List.of()).forceNewDeployment(true);
        }
        if (wanted.hasPlacementConstraints()) {
            request.placementConstraints(wanted.placementConstraints());
        } else if (current.hasPlacementConstraints()
                && !current.placementConstraints().isEmpty()) {
            request.placementConstraints(List.of());
        }
        request.platformVersion(wanted.platformVersion());
    }

    private static boolean isConnected(Service current) {
        return current.deployments().stream()
                .map(Deployment::serviceConnectConfiguration)
                .anyMatch(c -> c != null && Boolean.TRUE.equals(c.enabled()));
    }

    /** The ARN is in it, because numbers of revisions begin anew when a service was deleted, and AWS remembers tokens for a day. */
    private static String token(ServiceSpec spec, String taskDefinitionArn, AwsSettings settings) {
        return ServiceNames.hash(settings.application() + "\n" + spec.name() + "\n" + taskDefinitionArn)
                .substring(0, LONGEST_TOKEN);
    }

    private static boolean isCommanded(AwsSettings settings) {
        return settings.option(OptionNames.EXECUTE_COMMAND)
                .map(Boolean::parseBoolean)
                .orElse(false);
    }

    private static DeploymentConfiguration deployment(AwsSettings settings) {
        DeploymentStrategy strategy = settings.option(OptionNames.STRATEGY)
                .map(DeploymentStrategy::valueOf)
                .orElse(DeploymentStrategy.ROLLING);
        DeploymentConfiguration.Builder deployment = DeploymentConfiguration.builder()
                .strategy(strategy.name())
                .minimumHealthyPercent(100)
                .maximumPercent(200);
        if (strategy == DeploymentStrategy.ROLLING) { // ECS knows it for this one only
            deployment.deploymentCircuitBreaker(b -> b.enable(true).rollback(true));
        }
        return deployment.build();
    }

    private static LoadBalancer balancer(ServiceSpec spec, AwsSettings settings) {
        return LoadBalancer.builder()
                .targetGroupArn(settings.option(OptionNames.TARGET_GROUP)
                        .orElseThrow(
                                () -> new IllegalArgumentException("option 'aws.targetGroup' was '' but must be the"
                                        + " ARN of a target group; use AwsOptions.targetGroup(arn, url)")))
                .containerName(TaskDefinitionMapper.CONTAINER)
                .containerPort(spec.port().number())
                .build();
    }

    private static int grace(ServiceSpec spec) {
        Duration limit = spec.readiness().startupTimeout();
        return (int) Math.min(Integer.MAX_VALUE, limit.plusNanos(999_999_999).toSeconds());
    }

    private static ServiceConnectConfiguration connection(ServiceSpec spec, AwsSettings settings) {
        ServiceNames names = new ServiceNames(settings.application());
        String portName = spec.port().protocol() == Port.Protocol.HTTP ? "http" : "tcp";
        ServiceConnectClientAlias alias = ServiceConnectClientAlias.builder()
                .dnsName(spec.name())
                .port(spec.port().number())
                .build();
        ServiceConnectConfiguration.Builder connection = ServiceConnectConfiguration.builder()
                .enabled(true)
                .services(ServiceConnectService.builder()
                        .portName(portName)
                        .discoveryName(names.discovery(spec.name()))
                        .clientAliases(alias)
                        .build());
        settings.text(AwsKeys.NAMESPACE).ifPresent(connection::namespace);
        return connection.build();
    }
}
