package io.portolan.emulator.internal.aws.ecs.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.ecs.EcsService;
import io.portolan.emulator.internal.aws.ecs.Json;
import io.portolan.emulator.internal.aws.ecs.RunTaskChecks;
import io.portolan.emulator.internal.aws.ecs.TaskStart;
import io.portolan.emulator.internal.relay.TargetGroups;
import java.util.ArrayList;
import java.util.List;

/** Makes revisions of services, and refuses what cannot run. */
final class Revisions {
    private final EcsService ecs;
    private final TargetGroups groups;

    Revisions(EcsService ecs, TargetGroups groups) {
        this.ecs = ecs;
        this.groups = groups;
    }

    /** A revision of a service with these settings. */
    Revision make(String cluster, String name, ObjectNode settings, List<Revision.Target> extra) {
        if (Json.text(settings, "taskDefinition") == null) {
            throw AwsError.invalidParameter("TaskDefinition can not be blank.");
        }
        ObjectNode launch = Json.object();
        Json.copy(settings, launch, "taskDefinition", "launchType", "capacityProviderStrategy", "platformVersion");
        Json.copy(settings, launch, "networkConfiguration", "enableExecuteCommand");
        TaskStart start = RunTaskChecks.check(launch, cluster, ecs.clusters(), ecs.definitions(), ecs.tags());
        ServiceConnect connect = ServiceConnect.of(settings.path("serviceConnectConfiguration"), start.definition());
        List<Revision.Target> targets = new ArrayList<>(extra);
        settings.path("loadBalancers").forEach(balancer -> targets.add(target(balancer, start.definition())));
        ObjectNode own = Settings.ofRevision(settings);
        own.put("taskDefinition", start.definitionArn());
        if (!own.has("capacityProviderStrategy")) {
            own.put("launchType", start.launchType());
        }
        if (start.platformVersion() != null) {
            own.put("platformVersion", Json.text(settings, "platformVersion", "LATEST"));
        }
        TaskStart each = new TaskStart(
                cluster,
                start.definition(),
                start.overrides(),
                start.launchType(),
                start.capacityProvider(),
                start.platformVersion(),
                "service:" + name,
                null,
                Json.array(),
                start.subnet(),
                start.executeCommand(),
                connect.namespace(),
                connect.aliases());
        return new Revision(
                Ids.revision(cluster, name),
                own,
                each,
                List.copyOf(targets),
                ecs.context().clock().instant());
    }

    /** Of what a task of a rollout is made. */
    TaskStart start(Service service, Rollout rollout) {
        TaskStart start = rollout.revision.start();
        return new TaskStart(
                start.cluster(),
                start.definition(),
                start.overrides(),
                start.launchType(),
                start.capacityProvider(),
                start.platformVersion(),
                start.group(),
                rollout.id,
                tags(service, start),
                start.subnet(),
                service.settings.path("enableExecuteCommand").asBoolean(),
                start.network(),
                start.aliases());
    }

    private ArrayNode tags(Service service, TaskStart start) {
        return switch (Json.text(service.settings, "propagateTags", "NONE")) {
            case "SERVICE" -> ecs.tags().of(service.arn);
            case "TASK_DEFINITION" -> ecs.tags().of(start.definitionArn());
            default -> Json.array();
        };
    }

    private Revision.Target target(JsonNode balancer, JsonNode definition) {
        String arn = Json.text(balancer, "targetGroupArn", "");
        String name = Json.text(balancer, "containerName", "");
        int port = balancer.path("containerPort").asInt();
        JsonNode container = container(definition, name);
        if (container.isMissingNode()) {
            throw AwsError.invalidParameter("The container " + name + " does not exist in the task definition.");
        }
        for (JsonNode mapping : container.path("portMappings")) {
            if (mapping.path("containerPort").asInt() == port) {
                return new Revision.Target(
                        groups.find(arn)
                                .orElseThrow(() -> AwsError.invalidParameter("The target group " + arn
                                        + " does not exist. The emulator knows those that AwsEmulator.targetGroup"
                                        + " was called for.")),
                        name,
                        port);
            }
        }
        throw AwsError.invalidParameter(
                "The container " + name + " did not have a container port " + port + " defined.");
    }

    private static JsonNode container(JsonNode definition, String name) {
        for (JsonNode container : definition.path("containerDefinitions")) {
            if (name.equals(Json.text(container, "name"))) {
                return container;
            }
        }
        return Json.object().path("none");
    }
}
