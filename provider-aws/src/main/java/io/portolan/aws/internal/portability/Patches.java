package io.portolan.aws.internal.portability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.config.OptionNames;
import io.portolan.aws.internal.definition.TaskDefinitionMapper;
import io.portolan.aws.internal.json.NativeJson;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.CreateExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.UpdateExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** The patches of native requests, as far as they can be checked offline. Pure. */
final class Patches {
    /** By these the SDK finds again what it made, and makes nothing twice. */
    private static final Map<String, List<String>> IDENTITY = Map.of(
            "RegisterTaskDefinition", List.of("family", "tags"),
            "RunTask", List.of("clientToken", "startedBy", "count", "cluster", "taskDefinition", "tags"),
            "CreateService", List.of("clientToken", "cluster", "serviceName", "taskDefinition", "desiredCount", "tags"),
            "UpdateService", List.of("cluster", "service", "taskDefinition", "desiredCount"),
            "CreateExpressGatewayService", List.of("cluster", "serviceName", "taskDefinitionArn", "tags"),
            "UpdateExpressGatewayService", List.of("serviceArn", "taskDefinitionArn"));

    private static final Map<String, SdkPojo> EMPTY = Map.of(
            "RegisterTaskDefinition", RegisterTaskDefinitionRequest.builder().build(),
            "RunTask", RunTaskRequest.builder().build(),
            "CreateService", CreateServiceRequest.builder().build(),
            "UpdateService", UpdateServiceRequest.builder().build(),
            "CreateExpressGatewayService",
                    CreateExpressGatewayServiceRequest.builder().build(),
            "UpdateExpressGatewayService",
                    UpdateExpressGatewayServiceRequest.builder().build());

    private Patches() {}

    static String text(AwsSettings settings, String request) {
        return settings.option(OptionNames.PATCH + request).orElse("");
    }

    /** Whether a patch that can be read sets a member. */
    static boolean sets(AwsSettings settings, String request, String member) {
        return parsed(text(settings, request))
                .filter(patch -> patch.has(member))
                .isPresent();
    }

    static void check(AwsSettings settings, String request, FindingList findings) {
        String field = "options.aws." + OptionNames.PATCH + request;
        try {
            ObjectNode patch = NativeJson.object(text(settings, request));
            NativeJson.patched(Objects.requireNonNull(EMPTY.get(request), request), patch);
            for (String member : IDENTITY.getOrDefault(request, List.of())) {
                if (patch.has(member)) {
                    findings.reject(
                            field,
                            "member '" + member + "' is the SDK's: by it an execution or a service is found again",
                            member.equals("tags") ? "use labels of the spec" : "leave it out",
                            null);
                }
            }
            JsonNode name = patch.at("/containerDefinitions/0/name");
            if (name.isTextual() && !name.asText().equals(TaskDefinitionMapper.CONTAINER)) {
                findings.reject(
                        field,
                        "the first container is '" + TaskDefinitionMapper.CONTAINER
                                + "', which the SDK finds by this name",
                        "leave its name out",
                        null);
            }
        } catch (IllegalArgumentException e) {
            findings.reject(field, String.valueOf(e.getMessage()), "correct or remove the patch", null);
        }
    }

    private static Optional<ObjectNode> parsed(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(NativeJson.object(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
