package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.ContainerRuntime.ContainerSpec;
import io.portolan.emulator.ContainerRuntime.Mount;
import io.portolan.emulator.ContainerRuntime.TaskSpec;
import io.portolan.emulator.aws.AwsEmulator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the containers of a task are to be, from its definition and overrides. */
final class ContainerSpecs {
    private ContainerSpecs() {}

    static TaskSpec of(Task task, AwsEmulator aws) {
        TaskStart start = task.start();
        List<ContainerSpec> containers = new ArrayList<>();
        task.containers.forEach(container -> containers.add(container(task, container, aws)));
        return new TaskSpec(
                task.id,
                start.network(),
                FargateSizes.cpuUnits(size(start, "cpu")),
                FargateSizes.memoryMiB(size(start, "memory")),
                containers);
    }

    private static String size(TaskStart start, String member) {
        return Json.text(start.overrides(), member, Json.text(start.definition(), member, "0"));
    }

    private static ContainerSpec container(Task task, TaskContainer container, AwsEmulator aws) {
        JsonNode definition = container.definition;
        JsonNode override = task.start.override(container.name);
        JsonNode linux = definition.path("linuxParameters");
        List<String> command = Json.texts(override, "command");
        Map<String, String> tmpfs = new LinkedHashMap<>();
        for (JsonNode mount : linux.path("tmpfs")) {
            List<String> options =
                    new ArrayList<>(List.of("size=" + mount.path("size").asInt() + "m"));
            mount.path("mountOptions").forEach(option -> options.add(option.asText()));
            tmpfs.put(Json.text(mount, "containerPath", ""), String.join(",", options));
        }
        List<Integer> ports = new ArrayList<>();
        definition
                .path("portMappings")
                .forEach(port -> ports.add(port.path("containerPort").asInt()));
        return new ContainerSpec(
                container.name,
                Json.text(definition, "image", ""),
                Json.texts(definition, "entryPoint"),
                command == null ? Json.texts(definition, "command") : command,
                environment(task, definition, override, aws),
                Json.text(definition, "user"),
                Json.text(definition, "workingDirectory"),
                definition.path("readonlyRootFilesystem").asBoolean(),
                linux.path("initProcessEnabled").asBoolean(),
                limit(definition, override, "cpu"),
                limit(definition, override, "memory"),
                tmpfs,
                mounts(task, definition),
                Map.of(),
                ports,
                task.start.aliases().getOrDefault(container.name, List.of()));
    }

    private static int limit(JsonNode definition, JsonNode override, String member) {
        return override.has(member)
                ? override.path(member).asInt()
                : definition.path(member).asInt();
    }

    private static Map<String, String> environment(Task task, JsonNode definition, JsonNode override, AwsEmulator aws) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AWS_REGION", AwsEmulator.REGION);
        environment.put("AWS_DEFAULT_REGION", AwsEmulator.REGION);
        if (task.start.launchType().equals("FARGATE")) {
            environment.put("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE");
        }
        for (JsonNode variable : definition.path("environment")) {
            environment.put(Json.text(variable, "name", ""), Json.text(variable, "value", ""));
        }
        for (JsonNode secret : definition.path("secrets")) {
            aws.findSecret(Json.text(secret, "valueFrom", ""))
                    .ifPresent(value -> environment.put(Json.text(secret, "name", ""), value));
        }
        for (JsonNode variable : override.path("environment")) {
            environment.put(Json.text(variable, "name", ""), Json.text(variable, "value", ""));
        }
        return environment;
    }

    private static List<Mount> mounts(Task task, JsonNode definition) {
        Map<String, String> names = new HashMap<>();
        for (JsonNode volume : task.start.definition().path("volumes")) {
            String name = Json.text(volume, "name", "");
            JsonNode efs = volume.path("efsVolumeConfiguration");
            String access = Json.text(efs.path("authorizationConfig"), "accessPointId", "");
            names.put(
                    name,
                    efs.isMissingNode()
                            ? task.id + "-" + name
                            : Json.text(efs, "fileSystemId", "") + access + Json.text(efs, "rootDirectory", "/"));
        }
        List<Mount> mounts = new ArrayList<>();
        for (JsonNode mount : definition.path("mountPoints")) {
            String source = Json.text(mount, "sourceVolume", "");
            mounts.add(new Mount(
                    names.getOrDefault(source, source),
                    Json.text(mount, "containerPath", ""),
                    mount.path("readOnly").asBoolean()));
        }
        return mounts;
    }
}
