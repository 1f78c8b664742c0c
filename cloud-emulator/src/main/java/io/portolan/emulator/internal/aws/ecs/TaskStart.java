package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Of what a task is made.
 *
 * @param cluster its name
 * @param definition the task definition
 * @param overrides as in RunTask, perhaps empty
 * @param launchType {@code FARGATE}, {@code EC2} or another of the model
 * @param capacityProvider null if the launch type was named
 * @param platformVersion null unless on Fargate
 * @param group such as {@code family:NAME} or {@code service:NAME}
 * @param startedBy null for nobody
 * @param tags as in RunTask, perhaps empty
 * @param subnet of its network interface, null without one
 * @param executeCommand whether ExecuteCommand is enabled
 * @param network of the containers, null for the emulator's one
 * @param aliases by which other tasks on the network reach the containers, by the names of the containers
 */
public record TaskStart(
        String cluster,
        ObjectNode definition,
        JsonNode overrides,
        String launchType,
        @Nullable String capacityProvider,
        @Nullable String platformVersion,
        String group,
        @Nullable String startedBy,
        JsonNode tags,
        @Nullable String subnet,
        boolean executeCommand,
        @Nullable String network,
        Map<String, List<String>> aliases) {

    /** The family of the definition. */
    public String family() {
        return Json.text(definition, "family", "");
    }

    /** The ARN of the definition. */
    public String definitionArn() {
        return Json.text(definition, "taskDefinitionArn", "");
    }

    /** The override of a container, empty if it has none. */
    JsonNode override(String container) {
        for (JsonNode override : overrides.path("containerOverrides")) {
            if (container.equals(Json.text(override, "name"))) {
                return override;
            }
        }
        return Json.object();
    }

    /** Overrides may hold what nobody should read. */
    @Override
    public String toString() {
        return "TaskStart[" + definitionArn() + ", " + group + "]";
    }
}
