package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Answers lists page by page. */
public final class Pages {
    private static final int LARGEST = 100;

    private Pages() {}

    /**
     * One page.
     *
     * @param input with {@code maxResults} and {@code nextToken}
     * @param member what the list is called
     * @param all in an order that does not change
     */
    public static ObjectNode of(ObjectNode input, String member, List<String> all) {
        int size = input.path("maxResults").asInt(LARGEST);
        if (size < 1 || size > LARGEST) {
            throw AwsError.invalidParameter("maxResults must be between 1 and " + LARGEST + ".");
        }
        String after = after(input);
        List<String> rest = all;
        if (!after.isEmpty()) {
            int index = all.indexOf(after);
            rest = all.subList(index + 1, all.size());
        }
        List<String> page = rest.subList(0, Math.min(size, rest.size()));
        ObjectNode output = Json.object();
        output.set(member, Json.list(page));
        if (page.size() < rest.size()) {
            output.put("nextToken", encode(page.get(page.size() - 1)));
        }
        return output;
    }

    private static String after(ObjectNode input) {
        String token = Json.text(input, "nextToken", "");
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new AwsError(400, "InvalidParameterException", "Invalid token.");
        }
    }

    private static String encode(String last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }
}
