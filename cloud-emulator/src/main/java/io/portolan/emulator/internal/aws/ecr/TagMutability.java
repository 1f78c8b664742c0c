package io.portolan.emulator.internal.aws.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/**
 * Whether a tag may move to another image.
 *
 * @param mode such as {@code IMMUTABLE_WITH_EXCLUSION}
 * @param filters the exclusions, missing if there are none
 */
record TagMutability(String mode, JsonNode filters) {
    private static final String EXCLUSION = "_WITH_EXCLUSION";
    private static final int MOST_WILDCARDS = 2;

    static TagMutability of(ObjectNode input) {
        String mode = input.path("imageTagMutability").asText("MUTABLE");
        JsonNode filters = input.path("imageTagMutabilityExclusionFilters");
        if (mode.endsWith(EXCLUSION) != !filters.isEmpty()) {
            throw EcrErrors.invalid(
                    "imageTagMutabilityExclusionFilters",
                    "must be given with a mode that ends with " + EXCLUSION + ", and only with such a mode");
        }
        for (JsonNode filter : filters) {
            long wildcards =
                    filter.path("filter").asText().chars().filter(c -> c == '*').count();
            if (wildcards > MOST_WILDCARDS) {
                throw EcrErrors.invalid(
                        "imageTagMutabilityExclusionFilters", "a filter may have at most two wildcards");
            }
        }
        return new TagMutability(mode, filters.deepCopy());
    }

    boolean mayMove(String tag) {
        boolean mutable = mode.startsWith("MUTABLE");
        for (JsonNode filter : filters) {
            String pattern = Pattern.quote(filter.path("filter").asText()).replace("*", "\\E.*\\Q");
            if (tag.matches(pattern)) {
                return !mutable;
            }
        }
        return mutable;
    }

    void put(ObjectNode view) {
        view.put("imageTagMutability", mode);
        if (!filters.isEmpty()) {
            view.set("imageTagMutabilityExclusionFilters", filters.deepCopy());
        }
    }
}
