package io.portolan.emulator.internal.gcp.run.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.gcp.GcpContext;
import java.time.Instant;

/** One condition of a resource, which remembers when it changed. */
final class Condition {
    static final String PENDING = "CONDITION_PENDING";
    static final String RECONCILING = "CONDITION_RECONCILING";
    static final String FAILED = "CONDITION_FAILED";
    static final String SUCCEEDED = "CONDITION_SUCCEEDED";

    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    Condition(String type, Instant now) {
        json.put("type", type);
        to(PENDING, "", now);
    }

    /** Moves it on; reasons are set afterwards. */
    Condition to(String state, String message, Instant now) {
        if (!json.path("state").asText().equals(state)) {
            json.put("lastTransitionTime", GcpContext.text(now));
        }
        json.put("state", state);
        json.remove("reason");
        json.remove("executionReason");
        json.remove("message");
        if (!message.isEmpty()) {
            json.put("message", message);
        }
        return this;
    }

    Condition because(String reason) {
        json.put("reason", reason);
        return this;
    }

    Condition becauseOfExecution(String reason) {
        json.put("executionReason", reason);
        return this;
    }

    String state() {
        return json.path("state").asText();
    }

    String message() {
        return json.path("message").asText();
    }

    ObjectNode view() {
        return json.deepCopy();
    }
}
