package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.JsonNode;

/** Which containers of a task wait for which others. */
final class Dependencies {
    private Dependencies() {}

    static boolean areMet(Task task, TaskContainer container) {
        for (JsonNode dependency : container.definition.path("dependsOn")) {
            TaskContainer on = on(task, dependency);
            boolean met = switch (Json.text(dependency, "condition", "")) {
                case "COMPLETE" -> on.exitCode != null;
                case "SUCCESS" -> on.exitCode != null && on.exitCode == 0;
                // Without a health check the container is never healthy.
                case "HEALTHY" -> on.health == ContainerHealth.Status.HEALTHY;
                default -> on.started;
            };
            if (!met) {
                return false;
            }
        }
        return true;
    }

    /** Whether a container can never start, since another one has ended. */
    static boolean fail(Task task) {
        for (TaskContainer container : task.containers) {
            for (JsonNode dependency : container.definition.path("dependsOn")) {
                TaskContainer on = on(task, dependency);
                Integer code = on.exitCode;
                if (!container.asked
                        && code != null
                        && code != 0
                        && "SUCCESS".equals(Json.text(dependency, "condition"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static TaskContainer on(Task task, JsonNode dependency) {
        String name = Json.text(dependency, "containerName", "");
        return task.containers.stream()
                .filter(container -> container.name.equals(name))
                .findFirst()
                .orElseThrow();
    }
}
