package io.portolan.emulator.internal.gcp.run.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.gcp.GcpError;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one run has otherwise than its job. */
final class Overrides {
    private Overrides() {}

    /**
     * The template of the run.
     *
     * @param template of the job
     * @param overrides of the request, perhaps missing
     * @throws GcpError if they do not fit the job
     */
    static ObjectNode on(JsonNode template, JsonNode overrides) {
        ObjectNode result =
                template instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        JobChecks.checkTaskCount(overrides.path("taskCount"), "overrides.task_count");
        JobChecks.checkTimeout(overrides.path("timeout"), "overrides.timeout");
        if (overrides.path("taskCount").asInt() > 0) {
            result.set("taskCount", overrides.path("taskCount"));
        }
        if (overrides.has("timeout")) {
            result.withObject("/template").set("timeout", overrides.path("timeout"));
        }
        JsonNode list = overrides.path("containerOverrides");
        for (int i = 0; i < list.size(); i++) {
            String path = "overrides.container_overrides[" + i + "]";
            JobChecks.checkEnvironment(list.get(i).path("env"), path + ".env");
            container(result.path("template").path("containers"), list.get(i), path);
        }
        return result;
    }

    private static void container(JsonNode containers, JsonNode override, String path) {
        String name = override.path("name").asText();
        for (JsonNode container : containers) {
            boolean meant = name.isEmpty()
                    ? containers.size() == 1
                    : container.path("name").asText().equals(name);
            if (meant && container instanceof ObjectNode object) {
                apply(object, override);
                return;
            }
        }
        throw GcpError.invalid(path + ".name: there is no container '" + name + "' in the job.");
    }

    private static void apply(ObjectNode container, JsonNode override) {
        if (override.path("clearArgs").asBoolean()) {
            container.remove("args");
        } else if (!override.path("args").isEmpty()) {
            container.set("args", override.path("args"));
        }
        if (override.path("env").isEmpty()) {
            return;
        }
        Map<String, JsonNode> variables = new LinkedHashMap<>();
        container
                .path("env")
                .forEach(variable -> variables.put(variable.path("name").asText(), variable));
        override.path("env")
                .forEach(variable -> variables.put(variable.path("name").asText(), variable));
        ArrayNode merged = container.putArray("env");
        variables.values().forEach(merged::add);
    }
}
