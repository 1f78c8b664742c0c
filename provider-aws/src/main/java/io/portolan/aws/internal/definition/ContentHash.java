package io.portolan.aws.internal.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.aws.internal.json.NativeJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** The identity of a task definition: the same content is registered once. Pure. */
final class ContentHash {
    private ContentHash() {}

    /** SHA-256, in lower-case hex, of everything but the tags; members in the order of their names. */
    static String of(RegisterTaskDefinitionRequest request) {
        ObjectNode json = NativeJson.render(request);
        json.remove("tags");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(sorted(json).toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            TreeMap<String, JsonNode> members = new TreeMap<>();
            object.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            ObjectNode ordered = JsonNodeFactory.instance.objectNode();
            members.forEach(ordered::set);
            return ordered;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode ordered = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> ordered.add(sorted(item)));
            return ordered;
        }
        return node;
    }
}
