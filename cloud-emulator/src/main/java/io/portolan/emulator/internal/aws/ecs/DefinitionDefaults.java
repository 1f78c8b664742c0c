package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Fills in what ECS fills in when a task definition is registered. */
final class DefinitionDefaults {
    private DefinitionDefaults() {}

    static ObjectNode of(ObjectNode input) {
        ObjectNode definition = input.deepCopy();
        definition.remove("tags");
        Json.emptyList(definition, "volumes", "placementConstraints");
        boolean awsvpc = "awsvpc".equals(Json.text(definition, "networkMode"));
        definition.path("containerDefinitions").forEach(container -> container((ObjectNode) container, awsvpc));
        if (definition.has("cpu")) {
            definition.put("cpu", String.valueOf(FargateSizes.cpuUnits(Json.text(definition, "cpu", ""))));
        }
        if (definition.has("memory")) {
            definition.put("memory", String.valueOf(FargateSizes.memoryMiB(Json.text(definition, "memory", ""))));
        }
        boolean fargate = Json.contains(definition.path("requiresCompatibilities"), "FARGATE");
        definition.set("compatibilities", Json.list(fargate ? List.of("EC2", "FARGATE") : List.of("EC2")));
        definition
                .putArray("requiresAttributes")
                .addObject()
                .put("name", "com.amazonaws.ecs.capability.docker-remote-api.1.18");
        return definition;
    }

    private static void container(ObjectNode container, boolean awsvpc) {
        if (!container.has("cpu")) {
            container.put("cpu", 0);
        }
        if (!container.has("essential")) {
            container.put("essential", true);
        }
        Json.emptyList(container, "portMappings", "environment", "mountPoints", "volumesFrom", "systemControls");
        for (JsonNode mapping : container.path("portMappings")) {
            ObjectNode port = (ObjectNode) mapping;
            if (awsvpc && port.has("containerPort")) {
                port.put("hostPort", port.path("containerPort").asInt());
            }
            if (!port.has("protocol")) {
                port.put("protocol", "tcp");
            }
        }
        if (container.path("logConfiguration") instanceof ObjectNode logs) {
            Json.emptyList(logs, "secretOptions");
        }
        if (container.path("healthCheck") instanceof ObjectNode health) {
            defaultTo(health, "interval", 30);
            defaultTo(health, "timeout", 5);
            defaultTo(health, "retries", 3);
        }
    }

    private static void defaultTo(ObjectNode node, String member, int value) {
        if (!node.has(member)) {
            node.put(member, value);
        }
    }
}
