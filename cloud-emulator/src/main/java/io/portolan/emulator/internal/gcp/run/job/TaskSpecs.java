package io.portolan.emulator.internal.gcp.run.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.ContainerRuntime.ContainerSpec;
import io.portolan.emulator.ContainerRuntime.TaskSpec;
import io.portolan.emulator.gcp.GcpEmulator;
import io.portolan.emulator.internal.gcp.run.template.Quantity;
import io.portolan.emulator.internal.gcp.run.template.TemplateVolumes;
import java.util.ArrayList;
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
        TemplateVolumes volumes = new TemplateVolumes(template, id, gcp);
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

    private static ContainerSpec container(
            TaskRun task, JsonNode json, int index, TemplateVolumes volumes, GcpEmulator gcp) {
        JsonNode limits = json.path("resources").path("limits");
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
                volumes.tmpfs(json),
                volumes.mounts(json),
                volumes.files(json),
                List.of(),
                List.of());
    }

    private static Map<String, String> environment(TaskRun task, JsonNode json, GcpEmulator gcp) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode variable : json.path("env")) {
            String secret = TemplateVolumes.secret(variable);
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

    private static @Nullable List<String> texts(JsonNode node, String member) {
        List<String> texts = new ArrayList<>();
        node.path(member).forEach(text -> texts.add(text.asText()));
        return texts.isEmpty() ? null : texts;
    }
}
