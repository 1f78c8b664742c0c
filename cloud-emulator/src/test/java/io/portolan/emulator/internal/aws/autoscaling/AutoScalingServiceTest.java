package io.portolan.emulator.internal.aws.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.emulator.AwsClients;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EmulatorClock;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricType;
import software.amazon.awssdk.services.applicationautoscaling.model.ObjectNotFoundException;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.applicationautoscaling.model.ValidationException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AutoScalingServiceTest {
    private static final String WEB = "service/default/web";

    private final EmulatorClock clock = EmulatorClock.manual();
    private final CloudEmulator emulator = CloudEmulator.builder().clock(clock).start();
    private final ApplicationAutoScalingClient scaling =
            AwsClients.open(emulator, ApplicationAutoScalingClient.builder());

    @BeforeEach
    void open() {
        register(request -> request.minCapacity(1).maxCapacity(4));
    }

    @AfterAll
    void close() {
        scaling.close();
        emulator.close();
    }

    @Test
    void registerScalableTarget_again_changesWhatIsGiven() {
        register(request -> request.maxCapacity(9));

        var targets = scaling.describeScalableTargets(request ->
                        request.serviceNamespace(ServiceNamespace.ECS).resourceIds(WEB))
                .scalableTargets();
        assertThat(targets).singleElement().satisfies(target -> {
            assertThat(target.minCapacity()).isEqualTo(1);
            assertThat(target.maxCapacity()).isEqualTo(9);
            assertThat(target.creationTime()).isEqualTo(clock.instant());
            assertThat(target.scalableTargetARN()).startsWith("arn:aws:autoscaling:us-east-1:123456789012:");
        });
    }

    @Test
    void registerScalableTarget_withoutBounds_isRefused() {
        assertThatThrownBy(() -> register(request -> request.resourceId("service/default/other")))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> register(request -> request.minCapacity(5).maxCapacity(4)))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> register(
                        request -> request.resourceId("web").minCapacity(1).maxCapacity(4)))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void putScalingPolicy_ofATarget_isKept() {
        PutScalingPolicyResponse put = putPolicy(request -> {});

        assertThat(put.alarms()).hasSize(2);
        var policies = scaling.describeScalingPolicies(request ->
                        request.serviceNamespace(ServiceNamespace.ECS).resourceId(WEB))
                .scalingPolicies();
        assertThat(policies).singleElement().satisfies(policy -> {
            assertThat(policy.policyARN()).isEqualTo(put.policyARN());
            assertThat(policy.targetTrackingScalingPolicyConfiguration().targetValue())
                    .isEqualTo(60.0);
        });
        assertThat(putPolicy(request -> {}).policyARN()).isEqualTo(put.policyARN());
    }

    @Test
    void putScalingPolicy_withoutATarget_isRefused() {
        assertThatThrownBy(() -> putPolicy(request -> request.resourceId("service/default/none")))
                .isInstanceOf(ObjectNotFoundException.class);
        assertThatThrownBy(() -> putPolicy(request -> request.targetTrackingScalingPolicyConfiguration(
                        configuration -> configuration.targetValue(1.0))))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void deregisterScalableTarget_removesItsPolicies() {
        putPolicy(request -> {});

        deregister();

        assertThat(scaling.describeScalingPolicies(request -> request.serviceNamespace(ServiceNamespace.ECS))
                        .scalingPolicies())
                .isEmpty();
        assertThatThrownBy(this::deregister).isInstanceOf(ObjectNotFoundException.class);
    }

    @Test
    void deleteScalingPolicy_twice_isRefused() {
        putPolicy(request -> {});

        deletePolicy();
        assertThatThrownBy(this::deletePolicy).isInstanceOf(ObjectNotFoundException.class);
    }

    private void register(Consumer<RegisterScalableTargetRequest.Builder> more) {
        scaling.registerScalableTarget(request -> more.accept(request.serviceNamespace(ServiceNamespace.ECS)
                .resourceId(WEB)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)));
    }

    private PutScalingPolicyResponse putPolicy(Consumer<PutScalingPolicyRequest.Builder> more) {
        return scaling.putScalingPolicy(request -> more.accept(request.serviceNamespace(ServiceNamespace.ECS)
                .resourceId(WEB)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .policyName("cpu")
                .policyType(PolicyType.TARGET_TRACKING_SCALING)
                .targetTrackingScalingPolicyConfiguration(configuration -> configuration
                        .targetValue(60.0)
                        .predefinedMetricSpecification(metric ->
                                metric.predefinedMetricType(MetricType.ECS_SERVICE_AVERAGE_CPU_UTILIZATION)))));
    }

    private void deregister() {
        scaling.deregisterScalableTarget(request -> request.serviceNamespace(ServiceNamespace.ECS)
                .resourceId(WEB)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT));
    }

    private void deletePolicy() {
        scaling.deleteScalingPolicy(request -> request.serviceNamespace(ServiceNamespace.ECS)
                .resourceId(WEB)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .policyName("cpu"));
    }
}
