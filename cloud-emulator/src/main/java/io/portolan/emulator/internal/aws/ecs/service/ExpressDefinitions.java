package io.portolan.emulator.internal.aws.ecs.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.ecs.EcsService;
import io.portolan.emulator.internal.aws.ecs.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The task definitions of Express services: the caller's own, or one that is registered for a container. */
final class ExpressDefinitions {
    /** The container that gets requests. */
    static final String MAIN = "Main";

    private final EcsService ecs;
    private final Map<String, ObjectNode> registered = new HashMap<>();

    ExpressDefinitions(EcsService ecs) {
        this.ecs = ecs;
    }

    /**
     * The container that gets requests.
     *
     * @param definitionArn of its task definition
     * @param port on which it listens
     */
    record Main(String definitionArn, int port) {}

    Main main(ObjectNode configuration, String family) {
        String own = Json.text(configuration, "taskDefinitionArn");
        return own == null ? registered(configuration, family) : own(own);
    }

    private Main own(String reference) {
        ObjectNode definition = ecs.definitions().requireActive(reference);
        for (JsonNode container : definition.path("containerDefinitions")) {
            JsonNode ports = container.path("portMappings");
            if (MAIN.equals(Json.text(container, "name")) && ports.size() == 1) {
                return new Main(
                        Json.text(definition, "taskDefinitionArn", ""),
                        ports.get(0).path("containerPort").asInt());
            }
        }
        throw AwsError.invalidParameter(
                "The task definition must have a container named " + MAIN + " with exactly one port mapping.");
    }

    private Main registered(ObjectNode configuration, String family) {
        JsonNode primary = configuration.path("primaryContainer");
        int port = primary.path("containerPort").asInt(80);
        ObjectNode definition = Json.object();
        definition.put("family", family).put("networkMode", "awsvpc");
        definition.set("requiresCompatibilities", Json.list(List.of("FARGATE")));
        Json.copy(configuration, definition, "cpu", "memory", "executionRoleArn", "taskRoleArn");
        ObjectNode container = definition.putArray("containerDefinitions").addObject();
        container.put("name", MAIN).put("essential", true);
        Json.copy(primary, container, "image", "command", "environment", "secrets", "repositoryCredentials");
        container
                .putArray("portMappings")
                .addObject()
                .put("containerPort", port)
                .put("protocol", "tcp");
        ObjectNode options = container
                .putObject("logConfiguration")
                .put("logDriver", "awslogs")
                .putObject("options");
        JsonNode logs = primary.path("awsLogsConfiguration");
        options.put("awslogs-group", Json.text(logs, "logGroup", "/aws/ecs/" + family));
        options.put("awslogs-stream-prefix", Json.text(logs, "logStreamPrefix", "ecs"));
        options.put("awslogs-region", AwsEmulator.REGION).put("awslogs-create-group", "true");
        ObjectNode before = registered.get(family);
        if (before == null || !before.path("input").equals(definition)) {
            UnaryOperator<ObjectNode> register = ecs.definitions().operations().get("RegisterTaskDefinition");
            ObjectNode answer = Objects.requireNonNull(register).apply(definition.deepCopy());
            before = Json.object();
            before.set("input", definition);
            before.put("arn", Json.text(answer.path("taskDefinition"), "taskDefinitionArn", ""));
            registered.put(family, before);
        }
        return new Main(Json.text(before, "arn", ""), port);
    }
}
