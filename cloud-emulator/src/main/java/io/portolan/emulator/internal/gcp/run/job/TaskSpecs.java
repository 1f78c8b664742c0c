package io.portolan.emulator.internal.gcp.run.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.ContainerRuntime.ContainerSpec;
import io.portolan.emulator.ContainerRuntime.Mount;
import io.portolan.emulator.ContainerRuntime.TaskSpec;
import io.portolan.emulator.gcp.GcpEmulator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the containers of an attempt are to be, from the template of its execution. */
final class TaskSpecs {
    private TaskSpecs() {}

    static TaskSpec of(TaskRun task, GcpEmulator gcp) {
        String id = task.id() + "-" + task.attempt;
        JsonNode template = task.execution.template.path("template");
        Map<String, String> volumes = volumes(template, id);
        List<ContainerSpec> containers = new ArrayList<>();
        for (int i = 0; i < template.path("containers").size(); i++) {
            containers.add(container(task, template.path("containers").get(i), i, volumes, gcp));
        }
        return new TaskSpec(id + "-" + task.execution.uid.substring(0, 8), null, 0, 0, containers);
    }

    /** The name of a container, which may have none. */
    static String name(JsonNode container, int index) {
        String name = container.path("name").asText();
        return name.isEmpty() ? "container-" + index : name;
    }

    /** A secret that containers need and that is not there, null if all are. */
    static @Nullable String missingSecret(JsonNode template, GcpEmulator gcp) {
        for (JsonNode container : template.path("containers")) {
            for (JsonNode variable : container.path("env")) {
                String secret = secret(variable);
                if (!secret.isEmpty() && gcp.findSecret(secret).isEmpty()) {
                    return secret;
                }
            }
        }
        for (JsonNode volume : template.path("volumes")) {
            String secret = volume.path("secret").path("secret").asText();
            if (!secret.isEmpty() && gcp.findSecret(secret).isEmpty()) {
                return secret;
            }
        }
        return null;
    }

    private static ContainerSpec container(
            TaskRun task, JsonNode json, int index, Map<String, String> volumes, GcpEmulator gcp) {
        JsonNode limits = json.path("resources").path("limits");
        List<Mount> mounts = new ArrayList<>();
        for (JsonNode mount : json.path("volumeMounts")) {
            String volume = volumes.get(mount.path("name").asText());
            if (volume != null) {
                mounts.add(new Mount(volume, mount.path("mountPath").asText(), false));
            }
        }
        String directory = json.path("workingDir").asText();
        return new ContainerSpec(
                name(json, index),
                json.path("image").asText(),
                texts(json, "command"),
                texts(json, "args"),
                environment(task, json, gcp),
                null,
                directory.isEmpty() ? null : directory,
                false,
                false,
                Quantity.cpuUnits(limits.path("cpu").asText()),
                Quantity.mebibytes(limits.path("memory").asText()),
                Map.of(),
                mounts,
                List.of(),
                List.of());
    }

    private static Map<String, String> environment(TaskRun task, JsonNode json, GcpEmulator gcp) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode variable : json.path("env")) {
            String secret = secret(variable);
            environment.put(
                    variable.path("name").asText(),
                    secret.isEmpty()
                            ? variable.path("value").asText()
                            : gcp.findSecret(secret).orElse(""));
        }
        environment.put("CLOUD_RUN_JOB", task.execution.job.id());
        environment.put("CLOUD_RUN_EXECUTION", task.execution.id);
        environment.put("CLOUD_RUN_TASK_INDEX", Integer.toString(task.index));
        environment.put("CLOUD_RUN_TASK_ATTEMPT", Integer.toString(task.attempt));
        environment.put("CLOUD_RUN_TASK_COUNT", Integer.toString(task.execution.taskCount()));
        return environment;
    }

    private static String secret(JsonNode variable) {
        return variable.path("valueSource").path("secretKeyRef").path("secret").asText();
    }

    /** The volumes that the engine keeps, by the names in the template. */
    private static Map<String, String> volumes(JsonNode template, String id) {
        Map<String, String> names = new HashMap<>();
        for (JsonNode volume : template.path("volumes")) {
            String name = volume.path("name").asText();
            if (volume.has("emptyDir")) {
                names.put(name, id + "-" + name);
            } else if (volume.has("gcs")) {
                names.put(name, volume.path("gcs").path("bucket").asText());
            } else if (volume.has("nfs")) {
                JsonNode nfs = volume.path("nfs");
                names.put(name, nfs.path("server").asText() + nfs.path("path").asText());
            }
        }
        return names;
    }

    private static @Nullable List<String> texts(JsonNode node, String member) {
        List<String> texts = new ArrayList<>();
        node.path(member).forEach(text -> texts.add(text.asText()));
        return texts.isEmpty() ? null : texts;
    }
}
