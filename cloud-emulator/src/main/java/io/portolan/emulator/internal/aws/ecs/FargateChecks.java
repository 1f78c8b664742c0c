package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import java.util.List;

/** What Fargate refuses in a task definition. */
final class FargateChecks {
    private static final List<String> NOT_THERE = List.of(
            "disableNetworking", "dnsSearchDomains", "dnsServers", "dockerSecurityOptions", "extraHosts", "links");

    private FargateChecks() {}

    static void check(ObjectNode input) {
        if (!"awsvpc".equals(Json.text(input, "networkMode"))) {
            throw AwsError.client("Fargate only supports network mode 'awsvpc'.");
        }
        FargateSizes.check(Json.text(input, "cpu"), Json.text(input, "memory"));
        if (input.has("ipcMode") || !input.path("placementConstraints").isEmpty()) {
            throw AwsError.client("Fargate does not support ipcMode and placementConstraints.");
        }
        if (input.has("pidMode") && !"task".equals(Json.text(input, "pidMode"))) {
            throw AwsError.client("Fargate supports pidMode 'task' only.");
        }
        if (input.has("ephemeralStorage")) {
            DefinitionChecks.range(input.path("ephemeralStorage"), "sizeInGiB", 21, 200);
        }
        int memory = FargateSizes.memoryMiB(Json.text(input, "memory", "0"));
        int cpu = FargateSizes.cpuUnits(Json.text(input, "cpu", "0"));
        int containersCpu = 0;
        int reserved = 0;
        for (JsonNode container : input.path("containerDefinitions")) {
            container(input, container);
            containersCpu += container.path("cpu").asInt();
            reserved += container.path("memoryReservation").asInt();
            if (container.path("memory").asInt() > memory) {
                throw AwsError.client("Invalid setting for container '" + Json.text(container, "name", "")
                        + "'. The 'memory' must not exceed that of the task.");
            }
        }
        if (containersCpu > cpu) {
            throw AwsError.client("The 'cpu' of the containers together must not exceed that of the task.");
        }
        if (reserved > memory) {
            throw AwsError.client(
                    "The 'memoryReservation' of the containers together must not exceed the 'memory' of the task.");
        }
    }

    private static void container(ObjectNode input, JsonNode container) {
        for (String member : NOT_THERE) {
            JsonNode value = container.path(member);
            if (value.asBoolean() || !value.isEmpty()) {
                throw AwsError.client("Fargate does not support '" + member + "'.");
            }
        }
        if (container.path("privileged").asBoolean()) {
            throw AwsError.client("Fargate does not support privileged containers.");
        }
        JsonNode linux = container.path("linuxParameters");
        if (!linux.path("devices").isEmpty()
                || linux.has("sharedMemorySize")
                || linux.has("maxSwap")
                || linux.has("swappiness")) {
            throw AwsError.client("Fargate does not support devices, sharedMemorySize, maxSwap and swappiness.");
        }
        for (JsonNode capability : linux.path("capabilities").path("add")) {
            if (!capability.asText().equals("SYS_PTRACE")) {
                throw AwsError.client("Fargate supports the capability SYS_PTRACE only.");
            }
        }
        for (JsonNode resource : container.path("resourceRequirements")) {
            if ("GPU".equals(Json.text(resource, "type"))) {
                throw AwsError.client("Fargate does not support GPU.");
            }
        }
        if (container.has("stopTimeout")) {
            DefinitionChecks.range(container, "stopTimeout", 0, 120);
        }
        role(input, container);
    }

    private static void role(ObjectNode input, JsonNode container) {
        JsonNode logs = container.path("logConfiguration");
        boolean awslogs = "awslogs".equals(Json.text(logs, "logDriver"));
        if (awslogs) {
            for (String option : List.of("awslogs-group", "awslogs-region", "awslogs-stream-prefix")) {
                if (!logs.path("options").has(option)) {
                    throw AwsError.client("Log driver awslogs requires options: " + option + ".");
                }
            }
        }
        if (input.hasNonNull("executionRoleArn")) {
            return;
        }
        String what = null;
        if (awslogs) {
            what = "log driver awslogs";
        } else if (!container.path("secrets").isEmpty()) {
            what = "secrets";
        } else if (Json.text(container, "image", "").contains(".dkr.ecr.")) {
            what = "ECR images";
        }
        if (what != null) {
            throw AwsError.client(
                    "Fargate requires task definition to have execution role ARN to support " + what + ".");
        }
    }
}
