package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** What ECS refuses in a task definition beyond its model. */
final class DefinitionChecks {
    private static final String NAME = "[a-zA-Z0-9_-]{1,255}";
    private static final int MOST_CONTAINERS = 10;
    private static final int MOST_BYTES = 64 * 1024;

    private DefinitionChecks() {}

    static void check(ObjectNode input) {
        if (!Json.text(input, "family", "").matches(NAME)) {
            throw AwsError.client("Family contains invalid characters or is longer than 255.");
        }
        int bytes = input.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw AwsError.client("Actual length: '" + bytes + "'. Max allowed length is '" + MOST_BYTES + "' bytes.");
        }
        Tags.check(input.path("tags"));
        JsonNode containers = input.path("containerDefinitions");
        if (containers.isEmpty()) {
            throw AwsError.client("Container list cannot be empty.");
        }
        if (containers.size() > MOST_CONTAINERS) {
            throw AwsError.client("Too many containers: at most " + MOST_CONTAINERS + " are allowed.");
        }
        Set<String> names = new HashSet<>();
        boolean essential = false;
        for (JsonNode container : containers) {
            String name = Json.text(container, "name", "");
            if (!name.matches(NAME)) {
                throw AwsError.client("Container.name contains invalid characters.");
            }
            if (!names.add(name)) {
                throw AwsError.client("Container.name '" + name + "' is used more than once.");
            }
            essential |= isEssential(container);
        }
        if (!essential) {
            throw AwsError.client("Task definition must have at least one essential container.");
        }
        Set<String> volumes = new HashSet<>();
        input.path("volumes").forEach(volume -> volumes.add(Json.text(volume, "name", "")));
        boolean fargate = Json.contains(input.path("requiresCompatibilities"), "FARGATE");
        for (JsonNode container : containers) {
            container(input, container, containers, volumes);
        }
        if (fargate) {
            FargateChecks.check(input);
        }
    }

    static boolean isEssential(JsonNode container) {
        return container.path("essential").asBoolean(true);
    }

    private static void container(ObjectNode input, JsonNode container, JsonNode all, Set<String> volumes) {
        String image = Json.text(container, "image", "");
        if (image.isBlank()) {
            throw AwsError.client("Container.image should not be null or empty.");
        }
        if (image.length() > 255) {
            throw AwsError.client("Container.image repository length is 255 characters at most.");
        }
        String name = Json.text(container, "name", "");
        boolean sized = container.has("memory") || container.has("memoryReservation") || input.has("memory");
        if (!sized) {
            throw AwsError.client("Invalid setting for container '" + name
                    + "'. At least one of 'memory' or 'memoryReservation' must be specified.");
        }
        for (JsonNode mount : container.path("mountPoints")) {
            if (!volumes.contains(Json.text(mount, "sourceVolume", ""))) {
                throw AwsError.client("Unknown volume '" + Json.text(mount, "sourceVolume", "") + "'.");
            }
        }
        dependencies(container, all);
        health(container.path("healthCheck"));
        if ("awsvpc".equals(Json.text(input, "networkMode"))) {
            for (JsonNode port : container.path("portMappings")) {
                if (port.path("hostPort").asInt() != 0
                        && port.path("hostPort").asInt()
                                != port.path("containerPort").asInt()) {
                    throw AwsError.client(
                            "When networkMode=awsvpc, the host ports and container ports in port mappings must match.");
                }
            }
        }
    }

    private static void dependencies(JsonNode container, JsonNode all) {
        for (JsonNode dependency : container.path("dependsOn")) {
            String on = Json.text(dependency, "containerName", "");
            JsonNode target = null;
            for (JsonNode candidate : all) {
                if (on.equals(Json.text(candidate, "name"))) {
                    target = candidate;
                }
            }
            if (target == null) {
                throw AwsError.client("Container '" + Json.text(container, "name", "") + "' depends on '" + on
                        + "', which is not in the task definition.");
            }
            String condition = Json.text(dependency, "condition", "");
            if (isEssential(target) && (condition.equals("COMPLETE") || condition.equals("SUCCESS"))) {
                throw AwsError.client("A container '" + on + "' with condition " + condition + " cannot be essential.");
            }
        }
    }

    private static void health(JsonNode check) {
        if (check.isMissingNode()) {
            return;
        }
        String first = check.path("command").path(0).asText("");
        if (!first.equals("CMD") && !first.equals("CMD-SHELL") && !first.equals("NONE")) {
            throw AwsError.client("The health check command must begin with CMD or CMD-SHELL.");
        }
        range(check, "interval", 5, 300);
        range(check, "timeout", 2, 60);
        range(check, "retries", 1, 10);
        range(check, "startPeriod", 0, 300);
    }

    static void range(JsonNode node, String member, int min, int max) {
        int value = node.path(member).asInt(min);
        if (value < min || value > max) {
            throw AwsError.client(member + " must be between " + min + " and " + max + ".");
        }
    }
}
