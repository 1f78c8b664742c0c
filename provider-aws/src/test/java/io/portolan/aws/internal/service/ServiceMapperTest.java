package io.portolan.aws.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.aws.AwsOptions;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.definition.Configs;
import io.portolan.aws.internal.json.NativeJson;
import io.portolan.aws.option.DeploymentStrategy;
import io.portolan.aws.option.ScalingMetric;
import io.portolan.aws.option.ServiceExposure;
import io.portolan.spec.Exposure;
import io.portolan.spec.Probe;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import io.portolan.spi.ProviderConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

class ServiceMapperTest {
    private static final String REVISION =
            "arn:aws:ecs:eu-central-1:123456789012:task-definition/portolan-shop-svc-web:4";
    private static final ServiceSpec WEB = ServiceSpec.builder("web")
            .image("web:1")
            .readiness(Probe.http("/healthz").startupTimeout(Duration.ofMillis(90_500)))
            .scaling(Scaling.fixed(2))
            .label("team", "sales")
            .build();
    private static final ServiceSpec INTERNAL =
            WEB.toBuilder().exposure(Exposure.INTERNAL).build();
    private static final Service CURRENT = Service.builder()
            .serviceArn("arn:aws:ecs:eu-central-1:123456789012:service/default/portolan-shop-web")
            .build();

    private static SdkPojo create(ServiceSpec spec, String... settings) {
        ProviderConfig config = Configs.with(settings);
        return ServiceMapper.create(spec, REVISION, AwsSettings.of(config, spec));
    }

    private static SdkPojo update(ServiceSpec spec, Service current, String... settings) {
        ProviderConfig config = Configs.with(settings);
        return ServiceMapper.update(spec, REVISION, AwsSettings.of(config, spec), current);
    }

    private static ServiceSpec with(ServiceSpec spec, AwsOptions options) {
        return spec.toBuilder().options(options).build();
    }

    private static ObjectNode json(SdkPojo request) {
        return NativeJson.render(request);
    }

    @Test
    void create_public_isAnExpressService() {
        assertThat(json(create(WEB, "infrastructure-role", "arn:aws:iam::123456789012:role/infra")))
                .isEqualTo(NativeJson.object("""
                                {
                                  "infrastructureRoleArn": "arn:aws:iam::123456789012:role/infra",
                                  "serviceName": "portolan-shop-web",
                                  "cluster": "default",
                                  "healthCheckPath": "/healthz",
                                  "networkConfiguration": {"subnets": ["subnet-1", "subnet-2"]},
                                  "scalingTarget": {
                                    "minTaskCount": 2,
                                    "maxTaskCount": 2,
                                    "autoScalingMetric": "AVERAGE_CPU",
                                    "autoScalingTargetValue": 60
                                  },
                                  "tags": [
                                    {"key": "team", "value": "sales"},
                                    {"key": "portolan:managed-by", "value": "portolan"},
                                    {"key": "portolan:application", "value": "shop"},
                                    {"key": "portolan:kind", "value": "service"},
                                    {"key": "portolan:name", "value": "web"},
                                    {"key": "portolan:express", "value": "true"}
                                  ],
                                  "taskDefinitionArn": "%s"
                                }
                                """.formatted(REVISION)));
    }

    @Test
    void create_internalWithANamespace_isFoundByItsName() {
        ObjectNode request = json(create(INTERNAL, "namespace", "shop.internal"));
        assertThat(request.remove("clientToken").asText()).hasSize(36);

        assertThat(request).isEqualTo(NativeJson.object("""
                                {
                                  "cluster": "default",
                                  "serviceName": "portolan-shop-web",
                                  "taskDefinition": "%s",
                                  "desiredCount": 2,
                                  "launchType": "FARGATE",
                                  "deploymentConfiguration": {
                                    "deploymentCircuitBreaker": {"enable": true, "rollback": true},
                                    "maximumPercent": 200,
                                    "minimumHealthyPercent": 100,
                                    "strategy": "ROLLING"
                                  },
                                  "networkConfiguration": {
                                    "awsvpcConfiguration": {
                                      "subnets": ["subnet-1", "subnet-2"],
                                      "assignPublicIp": "DISABLED"
                                    }
                                  },
                                  "tags": [
                                    {"key": "team", "value": "sales"},
                                    {"key": "portolan:managed-by", "value": "portolan"},
                                    {"key": "portolan:application", "value": "shop"},
                                    {"key": "portolan:kind", "value": "service"},
                                    {"key": "portolan:name", "value": "web"}
                                  ],
                                  "propagateTags": "SERVICE",
                                  "enableExecuteCommand": false,
                                  "serviceConnectConfiguration": {
                                    "enabled": true,
                                    "namespace": "shop.internal",
                                    "services": [
                                      {
                                        "portName": "http",
                                        "discoveryName": "shop-web",
                                        "clientAliases": [{"port": 8080, "dnsName": "web"}]
                                      }
                                    ]
                                  }
                                }
                                """.formatted(REVISION)));
    }

    @Test
    void create_withATargetGroup_isRegisteredThere() {
        ServiceSpec spec = with(WEB, AwsOptions.NONE.targetGroup("arn:tg", "https://shop.example"));
        CreateServiceRequest request = (CreateServiceRequest) create(spec);

        assertThat(request.loadBalancers())
                .containsExactly(LoadBalancer.builder()
                        .targetGroupArn("arn:tg")
                        .containerName("Main")
                        .containerPort(8080)
                        .build());
        assertThat(request.healthCheckGracePeriodSeconds()).isEqualTo(91);
        assertThat(request.serviceConnectConfiguration()).isNull();
    }

    @Test
    void create_withAnotherStrategy_hasNoCircuitBreaker() {
        ServiceSpec spec = with(INTERNAL, AwsOptions.NONE.deploymentStrategy(DeploymentStrategy.BLUE_GREEN));
        CreateServiceRequest request = (CreateServiceRequest) create(spec);

        assertThat(request.deploymentConfiguration().strategyAsString()).isEqualTo("BLUE_GREEN");
        assertThat(request.deploymentConfiguration().deploymentCircuitBreaker()).isNull();
    }

    @Test
    void create_patched_hasThePatch() {
        ServiceSpec spec = with(INTERNAL, AwsOptions.NONE.createService(s -> s.enableECSManagedTags(true)));

        assertThat(((CreateServiceRequest) create(spec)).enableECSManagedTags()).isTrue();
    }

    @Test
    void create_twice_hasTheSameToken() {
        CreateServiceRequest first = (CreateServiceRequest) create(INTERNAL);

        assertThat(first).isEqualTo(create(INTERNAL));
        assertThat(first.clientToken())
                .isNotEqualTo(((CreateServiceRequest) ServiceMapper.create(
                                INTERNAL, REVISION + "0", AwsSettings.of(Configs.with(), INTERNAL)))
                        .clientToken());
    }

    @Test
    void update_always_saysWhatTheSpecSays() {
        assertThat(json(update(INTERNAL, CURRENT))).isEqualTo(NativeJson.object("""
                                {
                                  "cluster": "default",
                                  "service": "portolan-shop-web",
                                  "desiredCount": 2,
                                  "taskDefinition": "%s",
                                  "deploymentConfiguration": {
                                    "deploymentCircuitBreaker": {"enable": true, "rollback": true},
                                    "maximumPercent": 200,
                                    "minimumHealthyPercent": 100,
                                    "strategy": "ROLLING"
                                  },
                                  "networkConfiguration": {
                                    "awsvpcConfiguration": {
                                      "subnets": ["subnet-1", "subnet-2"],
                                      "assignPublicIp": "DISABLED"
                                    }
                                  },
                                  "enableExecuteCommand": false
                                }
                                """.formatted(REVISION)));
    }

    @Test
    void update_ofWhatIsNotWantedAnyMore_takesItAway() {
        Service current = CURRENT.toBuilder()
                .loadBalancers(LoadBalancer.builder().targetGroupArn("arn:tg").build())
                .capacityProviderStrategy(CapacityProviderStrategyItem.builder()
                        .capacityProvider("FARGATE_SPOT")
                        .build())
                .build();
        UpdateServiceRequest request = (UpdateServiceRequest) update(INTERNAL, current);

        assertThat(request.hasLoadBalancers()).isTrue();
        assertThat(request.loadBalancers()).isEmpty();
        assertThat(request.hasCapacityProviderStrategy()).isTrue();
        assertThat(request.capacityProviderStrategy()).isEmpty();
        assertThat(request.forceNewDeployment()).isTrue();
    }

    @Test
    void update_ofAnExpressService_hasNoName() {
        assertThat(json(update(
                        with(WEB, AwsOptions.NONE.scaling(ScalingMetric.REQUESTS, 100)).toBuilder()
                                .scaling(Scaling.between(0, 4))
                                .build(),
                        CURRENT)))
                .isEqualTo(NativeJson.object("""
                                {
                                  "serviceArn": "arn:aws:ecs:eu-central-1:123456789012:service/default/portolan-shop-web",
                                  "healthCheckPath": "/healthz",
                                  "networkConfiguration": {"subnets": ["subnet-1", "subnet-2"]},
                                  "scalingTarget": {
                                    "minTaskCount": 1,
                                    "maxTaskCount": 4,
                                    "autoScalingMetric": "REQUEST_COUNT_PER_TARGET",
                                    "autoScalingTargetValue": 100
                                  },
                                  "taskDefinitionArn": "%s"
                                }
                                """.formatted(REVISION)));
    }

    @Test
    void healthPath_always_isTheBestThatTheSpecHas() {
        assertThat(ExposureMapper.healthPath(WEB)).isEqualTo("/healthz");
        ServiceSpec tcp = WEB.toBuilder().readiness(Probe.tcp()).build();
        assertThat(ExposureMapper.healthPath(tcp)).isEqualTo("/");
        assertThat(ExposureMapper.healthPath(
                        tcp.toBuilder().liveness(Probe.http("/alive")).build()))
                .isEqualTo("/alive");
    }

    @Test
    void exposure_withoutOption_isByTheSpec() {
        assertThat(ExposureMapper.of(WEB, AwsSettings.of(Configs.with(), WEB))).isEqualTo(ServiceExposure.EXPRESS);
        assertThat(ExposureMapper.of(INTERNAL, AwsSettings.of(Configs.with(), INTERNAL)))
                .isEqualTo(ServiceExposure.NONE);
    }

    @Test
    void policy_byCpu_tracksIt() {
        ServiceSpec spec = with(INTERNAL, AwsOptions.NONE.scaling(ScalingMetric.CPU, 70));
        AwsSettings settings = AwsSettings.of(Configs.with("cluster", "arn:aws:ecs:eu:1:cluster/main"), spec);

        assertThat(json(AutoscalingMapper.policy(spec, settings))).isEqualTo(NativeJson.object("""
                                {
                                  "PolicyName": "portolan-shop-web",
                                  "ServiceNamespace": "ecs",
                                  "ResourceId": "service/main/portolan-shop-web",
                                  "ScalableDimension": "ecs:service:DesiredCount",
                                  "PolicyType": "TargetTrackingScaling",
                                  "TargetTrackingScalingPolicyConfiguration": {
                                    "TargetValue": 70.0,
                                    "PredefinedMetricSpecification": {
                                      "PredefinedMetricType": "ECSServiceAverageCPUUtilization"
                                    }
                                  }
                                }
                                """));
        assertThat(json(AutoscalingMapper.range("web", 0, 3, settings))
                        .path("MinCapacity")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void policy_byRequests_isRefused() {
        ServiceSpec spec = with(INTERNAL, AwsOptions.NONE.scaling(ScalingMetric.REQUESTS, 100));

        assertThatThrownBy(() -> AutoscalingMapper.policy(spec, AwsSettings.of(Configs.with(), spec)))
                .hasMessageContaining("CPU or MEMORY");
    }

    @Test
    void discovery_ofALongName_isCutAndStaysUnique() {
        ServiceNames names = new ServiceNames("a".repeat(31));

        assertThat(names.discovery("b".repeat(49))).hasSize(64).isNotEqualTo(names.discovery("b".repeat(48)));
        assertThat(names.discovery("web")).endsWith("a-web");
    }
}
