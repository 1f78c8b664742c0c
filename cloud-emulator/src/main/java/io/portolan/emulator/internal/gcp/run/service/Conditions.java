package io.portolan.emulator.internal.gcp.run.service;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.gcp.GcpContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes conditions. */
final class Conditions {
    private Conditions() {}

    static ObjectNode pending(String type, Instant since) {
        return of(type, "CONDITION_PENDING", since);
    }

    static ObjectNode reconciling(String type, Instant since) {
        return of(type, "CONDITION_RECONCILING", since);
    }

    /** A condition that is met, or not for a reason. */
    static ObjectNode settled(String type, @Nullable Failure failure, Instant since) {
        if (failure == null) {
            return of(type, "CONDITION_SUCCEEDED", since);
        }
        ObjectNode condition = of(type, "CONDITION_FAILED", since);
        condition.put("message", failure.message());
        condition.put("severity", "ERROR");
        condition.put(failure.member(), failure.reason());
        return condition;
    }

    private static ObjectNode of(String type, String state, Instant since) {
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        condition.put("type", type);
        condition.put("state", state);
        condition.put("lastTransitionTime", GcpContext.text(since));
        return condition;
    }
}
