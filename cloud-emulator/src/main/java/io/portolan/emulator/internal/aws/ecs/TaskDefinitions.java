package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.AwsError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Task definitions. Revisions are counted for ever, so none is used twice. Used with the lock held. */
public final class TaskDefinitions implements EcsOperations {
    private static final String ACTIVE = "ACTIVE";
    private static final String INACTIVE = "INACTIVE";

    private final EcsContext context;
    private final Tags tags;
    private final Map<String, List<ObjectNode>> families = new TreeMap<>();

    TaskDefinitions(EcsContext context, Tags tags) {
        this.context = context;
        this.tags = tags;
    }

    /**
     * The definition that a task or service is to be made of.
     *
     * @param reference family, family and revision, or ARN
     * @throws AwsError if there is none, or it is not active
     */
    public ObjectNode requireActive(String reference) {
        ObjectNode definition = find(reference);
        if (definition == null) {
            throw AwsError.client("TaskDefinition not found.");
        }
        if (!ACTIVE.equals(Json.text(definition, "status"))) {
            throw AwsError.client("TaskDefinition is inactive");
        }
        return definition;
    }

    /**
     * A definition.
     *
     * @param reference family for its newest active revision, family and revision, or ARN
     */
    public @Nullable ObjectNode find(String reference) {
        String name = Arns.last(reference);
        int colon = name.indexOf(':');
        List<ObjectNode> revisions = families.getOrDefault(colon < 0 ? name : name.substring(0, colon), List.of());
        if (colon < 0) {
            for (int i = revisions.size() - 1; i >= 0; i--) {
                if (ACTIVE.equals(Json.text(revisions.get(i), "status"))) {
                    return revisions.get(i);
                }
            }
            return null;
        }
        String revision = name.substring(colon + 1);
        if (!revision.matches("[1-9][0-9]{0,8}")) {
            throw AwsError.client("Invalid revision number. Number: " + revision);
        }
        int number = Integer.parseInt(revision);
        return number <= revisions.size() ? revisions.get(number - 1) : null;
    }

    @Override
    public Map<String, UnaryOperator<ObjectNode>> operations() {
        return Map.of(
                "RegisterTaskDefinition", this::register,
                "DescribeTaskDefinition", this::describe,
                "DeregisterTaskDefinition", this::deregister,
                "DeleteTaskDefinitions", this::delete,
                "ListTaskDefinitions", this::list,
                "ListTaskDefinitionFamilies", this::listFamilies);
    }

    private ObjectNode register(ObjectNode input) {
        DefinitionChecks.check(input);
        String family = Json.text(input, "family", "");
        List<ObjectNode> revisions = families.computeIfAbsent(family, key -> new ArrayList<>());
        int revision = revisions.size() + 1;
        ObjectNode definition = DefinitionDefaults.of(input);
        String arn = Arns.definition(family, revision);
        definition.put("taskDefinitionArn", arn).put("revision", revision).put("status", ACTIVE);
        definition.put("registeredBy", "arn:aws:iam::" + AwsEmulator.ACCOUNT + ":root");
        Json.time(definition, "registeredAt", context.clock().instant());
        tags.register(arn, input.path("tags"));
        revisions.add(definition);
        ObjectNode output = answer(definition);
        if (input.has("tags")) {
            output.set("tags", tags.of(arn));
        }
        return output;
    }

    private ObjectNode describe(ObjectNode input) {
        ObjectNode definition = find(Json.text(input, "taskDefinition", ""));
        if (definition == null) {
            throw AwsError.client("Unable to describe task definition.");
        }
        ObjectNode output = answer(definition);
        if (Json.contains(input.path("include"), "TAGS")) {
            output.set("tags", tags.of(Json.text(definition, "taskDefinitionArn", "")));
        }
        return output;
    }

    private ObjectNode deregister(ObjectNode input) {
        String reference = Json.text(input, "taskDefinition", "");
        if (!Arns.last(reference).contains(":")) {
            throw AwsError.invalidParameter("A revision must be specified.");
        }
        ObjectNode definition = find(reference);
        if (definition == null) {
            throw AwsError.client("Unable to describe task definition.");
        }
        if (ACTIVE.equals(Json.text(definition, "status"))) {
            definition.put("status", INACTIVE);
            Json.time(definition, "deregisteredAt", context.clock().instant());
        }
        return answer(definition);
    }

    private ObjectNode delete(ObjectNode input) {
        JsonNode references = input.path("taskDefinitions");
        if (references.size() > 10) {
            throw AwsError.invalidParameter("At most 10 task definitions can be deleted with one call.");
        }
        ObjectNode output = Json.object();
        ArrayNode deleted = output.putArray("taskDefinitions");
        ArrayNode failures = output.putArray("failures");
        for (JsonNode reference : references) {
            ObjectNode definition = find(reference.asText());
            String status = definition == null ? null : Json.text(definition, "status");
            if (definition != null && INACTIVE.equals(status)) {
                definition.put("status", "DELETE_IN_PROGRESS");
                Json.time(definition, "deleteRequestedAt", context.clock().instant());
                deleted.add(definition.deepCopy());
            } else {
                failures.addObject()
                        .put("arn", reference.asText())
                        .put("reason", definition == null ? "TASK_DEFINITION_NOT_FOUND" : "TASK_DEFINITION_ACTIVE")
                        .put("detail", "Only inactive task definitions can be deleted.");
            }
        }
        return output;
    }

    private ObjectNode list(ObjectNode input) {
        // The prefix is the whole name of a family, in spite of its name.
        String family = Json.text(input, "familyPrefix");
        String status = Json.text(input, "status", ACTIVE);
        List<String> arns = new ArrayList<>();
        families.forEach((name, revisions) -> {
            if (family == null || family.equals(name)) {
                revisions.stream()
                        .filter(definition -> status.equals(Json.text(definition, "status")))
                        .forEach(definition -> arns.add(Json.text(definition, "taskDefinitionArn", "")));
            }
        });
        if ("DESC".equals(Json.text(input, "sort"))) {
            Collections.reverse(arns);
        }
        return Pages.of(input, "taskDefinitionArns", arns);
    }

    private ObjectNode listFamilies(ObjectNode input) {
        String prefix = Json.text(input, "familyPrefix", "");
        String status = Json.text(input, "status", "ALL");
        List<String> names = families.entrySet().stream()
                .filter(family -> family.getKey().startsWith(prefix))
                .filter(family -> status.equals("ALL") || status.equals(ACTIVE) == isActive(family.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return Pages.of(input, "families", names);
    }

    private static boolean isActive(List<ObjectNode> revisions) {
        return revisions.stream().anyMatch(definition -> ACTIVE.equals(Json.text(definition, "status")));
    }

    private static ObjectNode answer(ObjectNode definition) {
        ObjectNode output = Json.object();
        output.set("taskDefinition", definition.deepCopy());
        return output;
    }
}
