package io.portolan.emulator.internal.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether an answer has all that a recorded one has. More is no difference: recordings were stripped of what changes. */
final class SameShape {
    /** What is another value in each run. */
    private static final Set<String> VOLATILE = Set.of(
            "createTime",
            "updateTime",
            "lastTransitionTime",
            "etag",
            "uid",
            "creator",
            "lastModifier",
            "generation",
            "observedGeneration");

    private final List<String> differences = new ArrayList<>();

    private SameShape() {}

    /** What is missing or different, by path. */
    static List<String> differences(JsonNode recorded, JsonNode answer) {
        SameShape check = new SameShape();
        check.compare("", recorded, answer);
        return check.differences;
    }

    private void compare(String path, JsonNode recorded, JsonNode answer) {
        if (recorded.getNodeType() != answer.getNodeType()) {
            differences.add(path + " is " + answer + " instead of " + recorded);
        } else if (recorded.isObject()) {
            recorded.properties()
                    .forEach(member ->
                            compare(path + "/" + member.getKey(), member.getValue(), answer.path(member.getKey())));
        } else if (recorded.isArray()) {
            if (recorded.size() != answer.size()) {
                differences.add(path + " has " + answer.size() + " items instead of " + recorded.size());
            }
            for (int i = 0; i < recorded.size(); i++) {
                compare(path + "/" + i, recorded.get(i), answer.path(i));
            }
        } else if (!recorded.equals(answer) && !isVolatile(path)) {
            differences.add(path + " is " + answer + " instead of " + recorded);
        }
    }

    private static boolean isVolatile(String path) {
        String member = path.substring(path.lastIndexOf('/') + 1);
        // The recordings tell the state at the end of the operation already at its beginning.
        return VOLATILE.contains(member) || path.equals("/name") || path.equals("/metadata/terminalCondition/state");
    }
}
