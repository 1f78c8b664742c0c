package io.portolan.aws.internal.service;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.model.DeregisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;

/** Lets the number of replicas follow the load, for services other than Express, which do it themselves. Thread-safe. */
final class Autoscaling {
    private final ServiceClients clients;
    private final AwsCalls calls;

    Autoscaling(ServiceClients clients, AwsCalls calls) {
        this.clients = clients;
        this.calls = calls;
    }

    /** As the spec of an autoscaled service says. */
    void follow(ServiceSpec spec, AwsSettings settings) {
        range(spec.name(), spec.scaling().min(), spec.scaling().max(), settings);
        calls.call(
                "application-autoscaling:PutScalingPolicy",
                spec.name(),
                () -> clients.scaling().putScalingPolicy(AutoscalingMapper.policy(spec, settings)));
    }

    /** The range alone. */
    void range(String name, int min, int max, AwsSettings settings) {
        calls.call(
                "application-autoscaling:RegisterScalableTarget",
                name,
                () -> clients.scaling().registerScalableTarget(AutoscalingMapper.range(name, min, max, settings)));
    }

    /** The range as it is. */
    Optional<Scaling> range(String name, AwsSettings settings) {
        DescribeScalableTargetsRequest request = DescribeScalableTargetsRequest.builder()
                .serviceNamespace(ServiceNamespace.ECS)
                .resourceIds(AutoscalingMapper.resource(name, settings))
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .build();
        return calls
                .call(
                        "application-autoscaling:DescribeScalableTargets",
                        name,
                        () -> clients.scaling().describeScalableTargets(request))
                .scalableTargets()
                .stream()
                .findFirst()
                .map(t -> Scaling.between(t.minCapacity(), t.maxCapacity()));
    }

    /** The number stays what it is from now on. Idempotent. */
    void end(String name, AwsSettings settings) {
        DeregisterScalableTargetRequest request = DeregisterScalableTargetRequest.builder()
                .serviceNamespace(ServiceNamespace.ECS)
                .resourceId(AutoscalingMapper.resource(name, settings))
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .build();
        try {
            calls.call(
                    "application-autoscaling:DeregisterScalableTarget",
                    name,
                    () -> clients.scaling().deregisterScalableTarget(request));
        } catch (PortolanException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }
}
