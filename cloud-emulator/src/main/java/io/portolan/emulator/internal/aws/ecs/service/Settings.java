package io.portolan.emulator.internal.aws.ecs.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.ecs.Json;
import java.util.stream.Stream;

/** The settings of a service, as in CreateService: what is there by default, and what belongs to a revision. */
final class Settings {
    static final String DEPLOYMENT = "deploymentConfiguration";

    private static final String[] OF_REVISION = {
        "taskDefinition",
        "launchType",
        "capacityProviderStrategy",
        "platformVersion",
        "networkConfiguration",
        "loadBalancers",
        "serviceRegistries",
        "serviceConnectConfiguration",
        "volumeConfigurations",
        "vpcLatticeConfigurations",
    };
    private static final String[] OF_SERVICE = {
        "availabilityZoneRebalancing",
        "deploymentController",
        "enableECSManagedTags",
        "enableExecuteCommand",
        "healthCheckGracePeriodSeconds",
        "placementConstraints",
        "placementStrategy",
        "propagateTags",
        "schedulingStrategy",
    };

    private Settings() {}

    static ObjectNode created(ObjectNode input) {
        ObjectNode settings = Json.object();
        settings.put("availabilityZoneRebalancing", "ENABLED");
        settings.put("enableECSManagedTags", false).put("enableExecuteCommand", false);
        settings.put("healthCheckGracePeriodSeconds", 0);
        settings.put("propagateTags", "NONE").put("schedulingStrategy", "REPLICA");
        settings.putObject("deploymentController").put("type", "ECS");
        Json.emptyList(settings, "loadBalancers", "serviceRegistries", "placementConstraints", "placementStrategy");
        settings.set(DEPLOYMENT, defaultDeployment());
        return changed(settings, input);
    }

    /** The same with what was given. */
    static ObjectNode changed(ObjectNode settings, ObjectNode input) {
        ObjectNode changed = settings.deepCopy();
        JsonNode before = changed.path("capacityProviderStrategy").path(0);
        Json.copy(input, changed, OF_REVISION);
        if (!changed.path("capacityProviderStrategy").isEmpty()) {
            if (input.has("capacityProviderStrategy") && !input.has("launchType")) {
                changed.remove("launchType");
            }
        } else if (changed.remove("capacityProviderStrategy") != null && !before.isMissingNode()) {
            // An empty strategy leads back to the launch type.
            boolean fargate = Json.text(before, "capacityProvider", "").startsWith("FARGATE");
            changed.put("launchType", fargate ? "FARGATE" : "EC2");
        }
        Json.copy(input, changed, OF_SERVICE);
        if (changed.path(DEPLOYMENT) instanceof ObjectNode deployment
                && input.path(DEPLOYMENT) instanceof ObjectNode given) {
            deployment.setAll(given.deepCopy());
        }
        return changed;
    }

    /** Whether anything is given that belongs to a revision. */
    static boolean touchRevision(ObjectNode input) {
        return Stream.of(OF_REVISION).anyMatch(input::has);
    }

    static ObjectNode ofRevision(JsonNode settings) {
        ObjectNode part = Json.object();
        Json.copy(settings, part, OF_REVISION);
        return part;
    }

    /** The same with all that belongs to a revision taken from there. */
    static ObjectNode backTo(Revision revision, ObjectNode settings) {
        ObjectNode changed = settings.deepCopy();
        for (String member : OF_REVISION) {
            changed.remove(member);
        }
        changed.setAll(revision.settings().deepCopy());
        return changed;
    }

    private static ObjectNode defaultDeployment() {
        ObjectNode deployment = Json.object();
        deployment.putObject("deploymentCircuitBreaker").put("enable", false).put("rollback", false);
        deployment.put("maximumPercent", 200).put("minimumHealthyPercent", 100);
        deployment.put("strategy", "ROLLING").put("bakeTimeInMinutes", 0);
        return deployment;
    }
}
