package io.portolan.emulator.internal.aws.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.ecs.Json;
import java.util.List;
import java.util.function.Consumer;

/** Lists of names, page by page; the token is the last name of a page. */
final class LogPages {
    private static final int LARGEST = 50;

    private LogPages() {}

    static ObjectNode of(ObjectNode input, List<String> names, Consumer<String> item) {
        int limit = input.path("limit").asInt(LARGEST);
        String after = Json.text(input, "nextToken", "");
        if (!after.isEmpty() && !names.contains(after)) {
            throw new AwsError(400, "InvalidParameterException", "The specified nextToken is invalid.");
        }
        List<String> rest = names.subList(names.indexOf(after) + 1, names.size());
        List<String> page = rest.subList(0, Math.min(limit, rest.size()));
        page.forEach(item);
        ObjectNode output = Json.object();
        if (page.size() < rest.size()) {
            output.put("nextToken", page.get(page.size() - 1));
        }
        return output;
    }
}
