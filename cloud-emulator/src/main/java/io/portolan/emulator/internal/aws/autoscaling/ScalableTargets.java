package io.portolan.emulator.internal.aws.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.Page;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may be scaled, and within which bounds. */
final class ScalableTargets {
    private static final String ROLE = "arn:aws:iam::" + AwsEmulator.ACCOUNT
            + ":role/aws-service-role/ecs.application-autoscaling.amazonaws.com/"
            + "AWSServiceRoleForApplicationAutoScaling_ECSService";

    private final Clock clock;
    private final Map<TargetId, Target> targets = new LinkedHashMap<>();

    ScalableTargets(Clock clock) {
        this.clock = clock;
    }

    /** Fails if there is no such target. */
    void check(TargetId id) {
        if (!targets.containsKey(id)) {
            throw Requests.notFound("No scalable target registered for " + id);
        }
    }

    ObjectNode register(ObjectNode input) {
        TargetId id = TargetId.of(input);
        Target before = targets.get(id);
        Integer least = Requests.number(input, "MinCapacity", before == null ? null : before.least());
        Integer most = Requests.number(input, "MaxCapacity", before == null ? null : before.most());
        if (least == null || most == null) {
            throw Requests.invalid("MinCapacity and MaxCapacity are required to register a new scalable target");
        }
        if (least < 0 || least > most) {
            throw Requests.invalid(
                    "Maximum capacity cannot be less than minimum capacity, and neither can be negative");
        }
        Target target = new Target(
                id,
                before == null ? Requests.newArn("scalable-target/") : before.arn(),
                least,
                most,
                input.path("RoleARN").asText(before == null ? ROLE : before.role()),
                before == null ? clock.instant() : before.created(),
                suspended(input, before));
        targets.put(id, target);
        return JsonNodeFactory.instance.objectNode().put("ScalableTargetARN", target.arn());
    }

    ObjectNode describe(ObjectNode input) {
        Requests.require(input, "ServiceNamespace");
        List<Target> matching = targets.values().stream()
                .filter(target -> target.id().matches(input))
                .filter(target ->
                        Requests.wants(input.path("ResourceIds"), target.id().resource()))
                .toList();
        Page<Target> page = Requests.page(input, matching, Target::arn);
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        ArrayNode views = output.putArray("ScalableTargets");
        page.items().forEach(target -> views.add(target.view()));
        page.putNext(output, "NextToken");
        return output;
    }

    /** Returns which target is no more. */
    TargetId remove(ObjectNode input) {
        TargetId id = TargetId.of(input);
        if (targets.remove(id) == null) {
            throw Requests.notFound("No scalable target found for " + id);
        }
        return id;
    }

    private static JsonNode suspended(ObjectNode input, @Nullable Target before) {
        ObjectNode state = JsonNodeFactory.instance
                .objectNode()
                .put("DynamicScalingInSuspended", false)
                .put("DynamicScalingOutSuspended", false)
                .put("ScheduledScalingSuspended", false);
        if (before != null) {
            state.setAll((ObjectNode) before.suspended());
        }
        if (input.path("SuspendedState") instanceof ObjectNode changed) {
            state.setAll(changed.deepCopy());
        }
        return state;
    }

    private record Target(
            TargetId id, String arn, int least, int most, String role, Instant created, JsonNode suspended) {
        ObjectNode view() {
            ObjectNode view = JsonNodeFactory.instance.objectNode();
            id.put(view);
            view.put("MinCapacity", least).put("MaxCapacity", most).put("RoleARN", role);
            view.put("CreationTime", Requests.seconds(created)).put("ScalableTargetARN", arn);
            view.set("SuspendedState", suspended.deepCopy());
            return view;
        }
    }
}
