package io.portolan.emulator.internal.gcp.run.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.gcp.GcpEmulator;
import java.util.List;

/** What the platform fills in, as the recorded answers have it. */
final class JobDefaults {
    private static final List<String> NOT_KEPT = List.of("name", "etag");

    private JobDefaults() {}

    static ObjectNode of(ObjectNode sent) {
        ObjectNode spec = sent.deepCopy();
        spec.remove(NOT_KEPT);
        absent(spec, "launchStage", "GA");
        ObjectNode template = spec.withObject("/template");
        if (template.path("taskCount").asInt() == 0) {
            template.put("taskCount", 1);
        }
        if (template.path("parallelism").asInt() == 0) {
            template.remove("parallelism");
        }
        ObjectNode task = template.withObject("/template");
        absent(task, "executionEnvironment", "EXECUTION_ENVIRONMENT_GEN2");
        absent(task, "timeout", "600s");
        absent(task, "serviceAccount", GcpEmulator.PROJECT_NUMBER + "-compute@developer.gserviceaccount.com");
        if (!task.has("maxRetries")) {
            task.put("maxRetries", 3);
        }
        for (JsonNode container : task.path("containers")) {
            if (container instanceof ObjectNode object) {
                ObjectNode limits = object.withObject("/resources/limits");
                absent(limits, "cpu", "1000m");
                absent(limits, "memory", "512Mi");
            }
        }
        return spec;
    }

    private static void absent(ObjectNode node, String member, String value) {
        if (node.path(member).asText("").isEmpty() || node.path(member).asText().endsWith("UNSPECIFIED")) {
            node.put(member, value);
        }
    }
}
