package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What ECS refuses in a RunTask, and the defaults that it fills in. */
public final class RunTaskChecks {
    private static final int LONGEST_OVERRIDES = 8192;
    private static final Pattern STARTED_BY = Pattern.compile("[a-zA-Z0-9/_-]{1,128}");
    private static final Set<String> PLATFORMS = Set.of("LATEST", "1.4.0");
    private static final String LATEST = "1.4.0";

    private RunTaskChecks() {}

    /**
     * Checks a request.
     *
     * @param input of the request
     * @param cluster its name
     * @return of what each task is to be made
     */
    public static TaskStart check(
            ObjectNode input, String cluster, Clusters clusters, TaskDefinitions definitions, Tags tags) {
        int count = input.path("count").asInt(1);
        if (count < 1 || count > 10) {
            throw AwsError.invalidParameter("Count must be between 1 and 10.");
        }
        String startedBy = Json.text(input, "startedBy");
        if (startedBy != null && !STARTED_BY.matcher(startedBy).matches()) {
            throw AwsError.invalidParameter("startedBy contains invalid characters or is longer than 128.");
        }
        Tags.check(input.path("tags"));
        ObjectNode definition = definitions.requireActive(Json.text(input, "taskDefinition", ""));
        JsonNode overrides = input.path("overrides").isObject() ? input.path("overrides") : Json.object();
        overrides(overrides, definition);
        String provider = provider(input, cluster, clusters);
        String launchType = launchType(input, provider);
        if (launchType.equals("FARGATE")) {
            fargate(input, definition, overrides);
        }
        if (launchType.equals("EC2") && provider == null) {
            throw AwsError.invalidParameter("No Container Instances were found in your cluster.");
        }
        if ("SERVICE".equals(Json.text(input, "propagateTags"))) {
            throw AwsError.invalidParameter("propagateTags SERVICE is for services only.");
        }
        String family = Json.text(definition, "family", "");
        return new TaskStart(
                cluster,
                definition,
                overrides,
                launchType,
                provider,
                launchType.equals("FARGATE") ? LATEST : null,
                Json.text(input, "group", "family:" + family),
                startedBy,
                tags(input, definition, tags),
                subnet(input, definition),
                input.path("enableExecuteCommand").asBoolean(),
                null,
                Map.of());
    }

    private static JsonNode tags(ObjectNode input, ObjectNode definition, Tags tags) {
        ArrayNode all = Json.array();
        if ("TASK_DEFINITION".equals(Json.text(input, "propagateTags"))) {
            all.addAll(tags.of(Json.text(definition, "taskDefinitionArn", "")));
        }
        // Later ones win.
        input.path("tags").forEach(all::add);
        return all;
    }

    private static void overrides(JsonNode overrides, ObjectNode definition) {
        if (overrides.toString().length() > LONGEST_OVERRIDES) {
            throw AwsError.invalidParameter("Container Overrides length must be at most " + LONGEST_OVERRIDES);
        }
        for (JsonNode override : overrides.path("containerOverrides")) {
            String name = Json.text(override, "name", "");
            boolean known = false;
            for (JsonNode container : definition.path("containerDefinitions")) {
                known |= name.equals(Json.text(container, "name"));
            }
            if (!known) {
                throw AwsError.invalidParameter(
                        "Override for container named " + name + " is not a container in the TaskDefinition.");
            }
        }
    }

    private static @Nullable String provider(ObjectNode input, String cluster, Clusters clusters) {
        JsonNode strategy = input.path("capacityProviderStrategy");
        if (input.has("launchType")) {
            if (!strategy.isEmpty()) {
                throw AwsError.invalidParameter(
                        "Specifying both a launch type and capacity provider strategy is not supported. Remove one and"
                                + " try again.");
            }
            return null;
        }
        JsonNode used = strategy.isEmpty() ? clusters.defaultStrategy(cluster) : strategy;
        if (used.isEmpty()) {
            return null;
        }
        JsonNode best = used.get(0);
        boolean fargate = false;
        boolean other = false;
        boolean weighted = used.size() == 1 && !best.has("weight");
        for (JsonNode item : used) {
            String name = Json.text(item, "capacityProvider", "");
            if (!Json.contains(clusters.capacityProviders(cluster), name)) {
                throw AwsError.invalidParameter("The specified capacity provider '" + name
                        + "' is not associated with the cluster. Associate it and try again.");
            }
            boolean isFargate = name.startsWith("FARGATE");
            fargate |= isFargate;
            other |= !isFargate;
            weighted |= item.path("weight").asInt() > 0 || item.path("base").asInt() > 0;
            if (share(item) > share(best)) {
                best = item;
            }
        }
        if (fargate && other) {
            throw AwsError.invalidParameter(
                    "The capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling"
                            + " groups and Fargate providers.");
        }
        if (!weighted) {
            throw AwsError.invalidParameter("At least one capacity provider must have a weight above 0.");
        }
        return Json.text(best, "capacityProvider", "");
    }

    /** The base comes first, then the weight. */
    private static long share(JsonNode item) {
        return item.path("base").asInt() * 100_000L + item.path("weight").asInt();
    }

    private static String launchType(ObjectNode input, @Nullable String provider) {
        if (provider == null) {
            return Json.text(input, "launchType", "EC2");
        }
        return provider.startsWith("FARGATE") ? "FARGATE" : "EC2";
    }

    private static void fargate(ObjectNode input, ObjectNode definition, JsonNode overrides) {
        if (!Json.contains(definition.path("requiresCompatibilities"), "FARGATE")) {
            throw AwsError.invalidParameter("Task definition does not support launch_type FARGATE.");
        }
        if (!PLATFORMS.contains(Json.text(input, "platformVersion", "LATEST"))) {
            throw new AwsError(400, "PlatformUnknownException", "The specified platform does not exist.");
        }
        if (overrides.has("cpu") || overrides.has("memory")) {
            FargateSizes.check(
                    Json.text(overrides, "cpu", Json.text(definition, "cpu", "")),
                    Json.text(overrides, "memory", Json.text(definition, "memory", "")));
        }
    }

    private static @Nullable String subnet(ObjectNode input, ObjectNode definition) {
        JsonNode network = input.path("networkConfiguration").path("awsvpcConfiguration");
        if (!"awsvpc".equals(Json.text(definition, "networkMode"))) {
            if (!network.isMissingNode()) {
                throw AwsError.invalidParameter(
                        "Network Configuration is not valid for the given networkMode of this task definition.");
            }
            return null;
        }
        if (network.isMissingNode()) {
            throw AwsError.invalidParameter(
                    "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
        }
        JsonNode subnets = network.path("subnets");
        if (subnets.isEmpty() || subnets.size() > 16) {
            throw AwsError.invalidParameter("subnets must have between 1 and 16 members.");
        }
        if (network.path("securityGroups").size() > 5) {
            throw AwsError.invalidParameter("securityGroups must have at most 5 members.");
        }
        return subnets.get(0).asText();
    }
}
