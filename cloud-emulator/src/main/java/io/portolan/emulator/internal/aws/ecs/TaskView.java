package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.aws.AwsEmulator;
import java.util.Locale;

/** Tasks as the API tells them. */
final class TaskView {
    private TaskView() {}

    static ObjectNode of(Task task) {
        TaskStart start = task.start();
        ObjectNode view = Json.object();
        view.put("taskArn", task.arn).put("clusterArn", Arns.cluster(start.cluster()));
        view.put("taskDefinitionArn", start.definitionArn());
        view.put("group", start.group()).put("launchType", start.launchType());
        view.put("lastStatus", task.status.name());
        view.put("desiredStatus", task.stopWanted ? "STOPPED" : "RUNNING");
        view.put("version", task.version).put("enableExecuteCommand", start.executeCommand());
        view.put("availabilityZone", AwsEmulator.REGION + "a").put("connectivity", "CONNECTED");
        Json.put(view, "startedBy", start.startedBy());
        Json.put(view, "capacityProviderName", start.capacityProvider());
        Json.put(view, "platformVersion", start.platformVersion());
        if (start.launchType().equals("FARGATE")) {
            view.put("platformFamily", "Linux");
        }
        size(view, start, "cpu");
        size(view, start, "memory");
        ObjectNode overrides = view.putObject("overrides");
        Json.copy(start.overrides(), overrides, "cpu", "memory", "taskRoleArn", "executionRoleArn");
        Json.copy(start.overrides(), overrides, "containerOverrides", "ephemeralStorage");
        Json.emptyList(overrides, "containerOverrides", "inferenceAcceleratorOverrides");
        Json.copy(start.definition(), view, "ephemeralStorage");
        Json.time(view, "createdAt", task.createdAt);
        Json.time(view, "pullStartedAt", task.pullStartedAt);
        Json.time(view, "pullStoppedAt", task.pullStoppedAt);
        Json.time(view, "connectivityAt", task.pullStartedAt);
        Json.time(view, "startedAt", task.startedAt);
        Json.time(view, "executionStoppedAt", task.executionStoppedAt);
        Json.time(view, "stoppingAt", task.stoppingAt);
        Json.time(view, "stoppedAt", task.stoppedAt);
        Json.put(view, "stopCode", task.stopCode);
        Json.put(view, "stoppedReason", task.stoppedReason);
        view.put("healthStatus", task.health().name());
        view.putArray("attributes")
                .addObject()
                .put("name", "ecs.cpu-architecture")
                .put(
                        "value",
                        Json.text(start.definition().path("runtimePlatform"), "cpuArchitecture", "x86_64")
                                .toLowerCase(Locale.ROOT));
        attachment(view.putArray("attachments"), task);
        ArrayNode containers = view.putArray("containers");
        task.containers.forEach(container -> containers.add(container(task, container)));
        view.putArray("tags");
        return view;
    }

    static String ip(Task task) {
        return "10.%d.%d.%d".formatted(task.address >> 16 & 255, task.address >> 8 & 255, task.address & 255);
    }

    private static void size(ObjectNode view, TaskStart start, String member) {
        Json.copy(start.definition(), view, member);
        Json.copy(start.overrides(), view, member);
    }

    private static void attachment(ArrayNode attachments, Task task) {
        String subnet = task.start.subnet();
        if (subnet == null) {
            return;
        }
        String status = switch (task.status) {
            case PROVISIONING -> "PRECREATED";
            case DEPROVISIONING, STOPPED -> "DELETED";
            default -> "ATTACHED";
        };
        ObjectNode attachment = attachments.addObject();
        attachment.put("id", "eni-attachment-" + task.id).put("type", "ElasticNetworkInterface");
        attachment.put("status", status);
        ArrayNode details = attachment.putArray("details");
        details.addObject().put("name", "subnetId").put("value", subnet);
        if (task.status != Task.Status.PROVISIONING) {
            details.addObject().put("name", "networkInterfaceId").put("value", "eni-%08x".formatted(task.address));
            details.addObject().put("name", "privateIPv4Address").put("value", ip(task));
        }
    }

    private static ObjectNode container(Task task, TaskContainer container) {
        ObjectNode view = Json.object();
        view.put("containerArn", container.arn).put("taskArn", task.arn).put("name", container.name);
        Json.copy(container.definition, view, "image");
        view.put("lastStatus", container.status.name());
        view.put("cpu", container.definition.path("cpu").asText("0"));
        if (container.definition.has("memory")) {
            view.put("memory", container.definition.path("memory").asText());
        }
        if (container.definition.has("memoryReservation")) {
            view.put(
                    "memoryReservation",
                    container.definition.path("memoryReservation").asText());
        }
        Json.put(view, "imageDigest", container.imageDigest);
        Json.put(view, "runtimeId", container.runtimeId);
        Json.put(view, "reason", container.reason);
        if (container.exitCode != null) {
            view.put("exitCode", container.exitCode);
        }
        view.put("healthStatus", container.health.name());
        view.putArray("networkBindings");
        ArrayNode interfaces = view.putArray("networkInterfaces");
        if (task.start.subnet() != null && task.status != Task.Status.PROVISIONING) {
            interfaces
                    .addObject()
                    .put("attachmentId", "eni-attachment-" + task.id)
                    .put("privateIpv4Address", ip(task));
        }
        return view;
    }
}
