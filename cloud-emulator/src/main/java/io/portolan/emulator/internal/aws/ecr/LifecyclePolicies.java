package io.portolan.emulator.internal.aws.ecr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Keeps lifecycle policies, and does not carry them out. */
final class LifecyclePolicies {
    private static final Set<String> TAG_STATUS = Set.of("tagged", "untagged", "any");
    private static final Set<String> COUNT_TYPE = Set.of("imageCountMoreThan", "sinceImagePushed", "sinceImagePulled");

    private final Repositories repositories;
    private final Clock clock;

    LifecyclePolicies(Repositories repositories, Clock clock) {
        this.repositories = repositories;
        this.clock = clock;
    }

    Map<String, UnaryOperator<ObjectNode>> operations() {
        return Map.of(
                "PutLifecyclePolicy", this::put,
                "GetLifecyclePolicy", this::get,
                "DeleteLifecyclePolicy", this::delete);
    }

    private ObjectNode put(ObjectNode input) {
        Repository repository = repositories.find(input);
        String policy = input.path("lifecyclePolicyText").asText();
        check(policy);
        repository.lifecyclePolicy(policy);
        return repository.head().put("lifecyclePolicyText", policy);
    }

    private ObjectNode get(ObjectNode input) {
        Repository repository = repositories.find(input);
        return answer(repository);
    }

    private ObjectNode delete(ObjectNode input) {
        Repository repository = repositories.find(input);
        ObjectNode output = answer(repository);
        repository.lifecyclePolicy(null);
        return output;
    }

    private ObjectNode answer(Repository repository) {
        String policy = repository.lifecyclePolicy();
        if (policy == null) {
            throw EcrErrors.policyNotFound(repository.name());
        }
        ObjectNode output = repository.head().put("lifecyclePolicyText", policy);
        return output.put("lastEvaluatedAt", Repository.seconds(clock.instant()));
    }

    private static void check(String policy) {
        JsonNode rules;
        try {
            rules = new ObjectMapper().readTree(policy).path("rules");
        } catch (JsonProcessingException e) {
            throw invalid("could not map policyString into LifecyclePolicy.");
        }
        if (!rules.isArray() || rules.isEmpty()) {
            throw invalid("object has missing required properties ([\"rules\"])");
        }
        Set<Integer> priorities = new HashSet<>();
        for (JsonNode rule : rules) {
            checkRule(rule);
            if (!priorities.add(rule.path("rulePriority").asInt())) {
                throw invalid("rulePriority must be unique");
            }
        }
    }

    private static void checkRule(JsonNode rule) {
        JsonNode selection = rule.path("selection");
        if (rule.path("rulePriority").asInt() < 1) {
            throw invalid("rulePriority must be at least 1");
        }
        if (!TAG_STATUS.contains(selection.path("tagStatus").asText())) {
            throw invalid("tagStatus must be one of tagged, untagged, any");
        }
        boolean named = selection.has("tagPrefixList") || selection.has("tagPatternList");
        if (selection.path("tagStatus").asText().equals("tagged") && !named) {
            throw invalid("tagStatus tagged needs tagPrefixList or tagPatternList");
        }
        if (!COUNT_TYPE.contains(selection.path("countType").asText())
                || selection.path("countNumber").asInt() < 1) {
            throw invalid("countType and countNumber must say how many images stay");
        }
        if (rule.path("action").path("type").asText().isEmpty()) {
            throw invalid("object has missing required properties ([\"action\"])");
        }
    }

    private static RuntimeException invalid(String problem) {
        return EcrErrors.invalid("LifecyclePolicyText", "Lifecycle policy validation failure: " + problem);
    }
}
