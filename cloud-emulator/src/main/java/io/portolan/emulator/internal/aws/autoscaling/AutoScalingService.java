package io.portolan.emulator.internal.aws.autoscaling;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.JsonService;
import io.portolan.emulator.internal.aws.ServiceModel;
import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Application Auto Scaling, which keeps what it is told and scales nothing. */
public final class AutoScalingService implements JsonService {
    private static final String NAME = "application-autoscaling";

    private final ScalableTargets targets;
    private final ScalingPolicies policies;
    private final Map<String, UnaryOperator<ObjectNode>> operations;

    /**
     * No targets yet.
     *
     * @param clock the emulator's
     */
    public AutoScalingService(Clock clock) {
        targets = new ScalableTargets(clock);
        policies = new ScalingPolicies(targets, clock);
        operations = Map.of(
                "RegisterScalableTarget", targets::register,
                "DescribeScalableTargets", targets::describe,
                "DeregisterScalableTarget", this::deregister,
                "PutScalingPolicy", policies::put,
                "DescribeScalingPolicies", policies::describe,
                "DeleteScalingPolicy", policies::delete);
    }

    @Override
    public String targetPrefix() {
        return ServiceModel.of(NAME).targetPrefix();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public synchronized ObjectNode call(String operation, ObjectNode input) {
        UnaryOperator<ObjectNode> handler = operations.get(operation);
        if (handler == null) {
            throw new AwsError(400, "UnsupportedFeatureException", "The emulator does not have " + operation);
        }
        return handler.apply(input);
    }

    private ObjectNode deregister(ObjectNode input) {
        policies.removeOf(targets.remove(input));
        return JsonNodeFactory.instance.objectNode();
    }
}
