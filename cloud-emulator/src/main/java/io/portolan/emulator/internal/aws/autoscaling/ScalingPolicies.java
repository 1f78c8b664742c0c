package io.portolan.emulator.internal.aws.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.Page;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How targets are to be scaled: by tracking a metric. */
final class ScalingPolicies {
    private static final String CONFIGURATION = "TargetTrackingScalingPolicyConfiguration";
    private static final String TRACKING = "TargetTrackingScaling";

    private final ScalableTargets targets;
    private final Clock clock;
    private final Map<PolicyId, ObjectNode> policies = new LinkedHashMap<>();

    ScalingPolicies(ScalableTargets targets, Clock clock) {
        this.targets = targets;
        this.clock = clock;
    }

    ObjectNode put(ObjectNode input) {
        Requests.require(input, "PolicyName");
        PolicyId id = PolicyId.of(input);
        targets.check(id.target());
        ObjectNode before = policies.get(id);
        String type = input.path("PolicyType").asText(before == null ? "StepScaling" : TRACKING);
        if (!type.equals(TRACKING)) {
            throw Requests.invalid("The emulator has policies of the type " + TRACKING + " only");
        }
        JsonNode configuration = input.path(CONFIGURATION);
        check(configuration);
        ObjectNode policy = JsonNodeFactory.instance.objectNode();
        id.target().put(policy);
        policy.put("PolicyName", id.name()).put("PolicyType", type);
        policy.put(
                "PolicyARN",
                before == null ? newArn(id) : before.path("PolicyARN").asText());
        policy.set(
                "CreationTime",
                before == null
                        ? JsonNodeFactory.instance.numberNode(Requests.seconds(clock.instant()))
                        : before.path("CreationTime"));
        policy.set(CONFIGURATION, configuration.deepCopy());
        policy.set("Alarms", alarms(id));
        policies.put(id, policy);
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.set("PolicyARN", policy.path("PolicyARN"));
        output.set("Alarms", policy.path("Alarms").deepCopy());
        return output;
    }

    ObjectNode describe(ObjectNode input) {
        Requests.require(input, "ServiceNamespace");
        List<PolicyId> matching = policies.keySet().stream()
                .filter(id -> id.target().matches(input))
                .filter(id -> Requests.wants(input.path("PolicyNames"), id.name()))
                .toList();
        Page<PolicyId> page = Requests.page(input, matching, PolicyId::toString);
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode views = output.putArray("ScalingPolicies");
        page.items().forEach(id -> {
            ObjectNode policy = policies.get(id);
            if (policy != null) {
                views.add(policy.deepCopy());
            }
        });
        page.putNext(output, "NextToken");
        return output;
    }

    ObjectNode delete(ObjectNode input) {
        Requests.require(input, "PolicyName");
        PolicyId id = PolicyId.of(input);
        if (policies.remove(id) == null) {
            throw Requests.notFound("No scaling policy found for " + id.target() + ", policy name: " + id.name());
        }
        return JsonNodeFactory.instance.objectNode();
    }

    /** A target takes its policies with it. */
    void removeOf(TargetId target) {
        policies.keySet().removeIf(id -> id.target().equals(target));
    }

    private static void check(JsonNode configuration) {
        if (!configuration.isObject()) {
            throw Requests.invalid(CONFIGURATION + " is required for the policy type " + TRACKING);
        }
        Requests.require(configuration, "TargetValue");
        JsonNode metric = configuration.path("PredefinedMetricSpecification");
        if (metric.isObject()
                == configuration.path("CustomizedMetricSpecification").isObject()) {
            throw Requests.invalid("Exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification"
                    + " must be specified");
        }
        if (metric.isObject()) {
            Requests.require(metric, "PredefinedMetricType");
            boolean perTarget = metric.path("PredefinedMetricType").asText().equals("ALBRequestCountPerTarget");
            if (perTarget != metric.hasNonNull("ResourceLabel")) {
                throw Requests.invalid("ResourceLabel is for ALBRequestCountPerTarget, which needs it");
            }
        }
    }

    private static String newArn(PolicyId id) {
        String rest =
                ":resource/" + id.target().namespace() + "/" + id.target().resource() + ":policyName/" + id.name();
        return Requests.newArn("scalingPolicy:") + rest;
    }

    private static ArrayNode alarms(PolicyId id) {
        ArrayNode alarms = JsonNodeFactory.instance.arrayNode();
        for (String direction : List.of("AlarmHigh", "AlarmLow")) {
            String name = "TargetTracking-" + id.target().resource() + "-" + direction + "-" + id.name();
            alarms.addObject()
                    .put("AlarmName", name)
                    .put(
                            "AlarmARN",
                            "arn:aws:cloudwatch:" + AwsEmulator.REGION + ":" + AwsEmulator.ACCOUNT + ":alarm:" + name);
        }
        return alarms;
    }

    private record PolicyId(TargetId target, String name) {
        static PolicyId of(ObjectNode input) {
            return new PolicyId(TargetId.of(input), input.path("PolicyName").asText());
        }
    }
}
