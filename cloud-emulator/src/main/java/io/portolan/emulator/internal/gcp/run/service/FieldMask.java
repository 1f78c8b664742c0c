package io.portolan.emulator.internal.gcp.run.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.gcp.GcpModel;
import io.portolan.emulator.internal.gcp.GcpError;
import java.util.List;

/** Lays the members that an update names over a resource. */
final class FieldMask {
    private FieldMask() {}

    /**
     * A changed copy.
     *
     * @param before the resource
     * @param update what is sent
     * @param mask paths in camel case, none for all
     */
    static ObjectNode apply(ObjectNode before, ObjectNode update, List<String> mask) {
        if (mask.isEmpty() || mask.equals(List.of("*"))) {
            return update.deepCopy();
        }
        ObjectNode after = before.deepCopy();
        for (String path : mask) {
            String[] parts = path.split("\\.", -1);
            if (!isMember(parts[0])) {
                throw GcpError.invalid("Invalid field mask: " + path + " is not a field of Service.");
            }
            copy(update, after, parts, 0);
        }
        return after;
    }

    private static void copy(JsonNode from, ObjectNode into, String[] path, int at) {
        JsonNode value = from.path(path[at]);
        if (at == path.length - 1) {
            if (value.isMissingNode()) {
                into.remove(path[at]);
            } else {
                into.set(path[at], value.deepCopy());
            }
            return;
        }
        if (!(into.path(path[at]) instanceof ObjectNode)) {
            into.putObject(path[at]);
        }
        copy(value, into.withObject("/" + path[at]), path, at + 1);
    }

    /** Whether a service has such a member, of which the discovery document knows. */
    private static boolean isMember(String name) {
        ObjectNode probe = JsonNodeFactory.instance.objectNode();
        probe.putNull(name);
        return GcpModel.of("run").check("run.services.patch", probe).stream()
                .noneMatch(violation -> violation.kind() == GcpModel.Violation.Kind.UNKNOWN_MEMBER);
    }
}
