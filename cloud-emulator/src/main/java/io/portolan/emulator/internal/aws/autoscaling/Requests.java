package io.portolan.emulator.internal.aws.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.Page;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What requests need, and what the service says when they lack it. */
final class Requests {
    private static final int PAGE = 50;
    private static final String ARN_PREFIX =
            "arn:aws:autoscaling:" + AwsEmulator.REGION + ":" + AwsEmulator.ACCOUNT + ":";

    private Requests() {}

    static void require(JsonNode input, String... members) {
        for (String member : members) {
            if (!input.hasNonNull(member)) {
                throw invalid("1 validation error detected: Value at '" + member
                        + "' failed to satisfy constraint: Member must not be null");
            }
        }
    }

    static AwsError invalid(String message) {
        return new AwsError(400, "ValidationException", message);
    }

    static AwsError notFound(String message) {
        return new AwsError(400, "ObjectNotFoundException", message);
    }

    static String newArn(String rest) {
        return ARN_PREFIX + rest + UUID.randomUUID();
    }

    static BigDecimal seconds(Instant time) {
        return BigDecimal.valueOf(time.toEpochMilli(), 3);
    }

    /** Whether a list of texts is missing or has a text. */
    static boolean wants(JsonNode list, String text) {
        if (!list.isArray() || list.isEmpty()) {
            return true;
        }
        for (JsonNode item : list) {
            if (item.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    static <T> Page<T> page(ObjectNode input, List<T> all, Function<T, String> key) {
        int size = input.path("MaxResults").asInt(PAGE);
        if (size < 1 || size > PAGE) {
            throw invalid("MaxResults must be between 1 and " + PAGE + ".");
        }
        return Page.of(all, key, size, input.path("NextToken"));
    }

    /** The number of a member, or one that was there before. */
    static @Nullable Integer number(JsonNode input, String member, @Nullable Integer before) {
        return input.path(member).isIntegralNumber()
                ? Integer.valueOf(input.path(member).asInt())
                : before;
    }
}
