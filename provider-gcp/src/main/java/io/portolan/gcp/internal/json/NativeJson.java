package io.portolan.gcp.internal.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import org.jspecify.annotations.Nullable;

/** Native resources as the JSON of the REST API, and back. Pure. */
public final class NativeJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Sorted, so that a text stands for one content: maps of the vendor's classes have no order of their own. */
    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().omittingInsignificantWhitespace().sortingMapKeys();

    private NativeJson() {}

    /**
     * A resource as JSON.
     *
     * @param message a message of the vendor's client
     * @return what would be sent, enumerations by name; members that are not set are left out
     */
    public static ObjectNode render(MessageOrBuilder message) {
        try {
            return object(PRINTER.print(message));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a message without unknown types could not be written", e);
        }
    }

    /**
     * Text with the members in their order.
     *
     * @param node JSON
     * @return indented text
     */
    public static String pretty(JsonNode node) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON in memory could not be written", e);
        }
    }

    /**
     * Reads a JSON object.
     *
     * @param text JSON
     * @return the object
     * @throws IllegalArgumentException if the text is no JSON object
     */
    public static ObjectNode object(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("must be a JSON object, but is no JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("must be a JSON object; for example {\"description\": \"reports\"}");
    }

    /**
     * Lays a patch over a resource: objects are merged, lists of objects element by element in their order, everything else is replaced;
     * null takes a member away.
     *
     * @param <M> the resource
     * @param message what is mapped
     * @param patch what to lay over it
     * @return a changed copy
     * @throws IllegalArgumentException if the patch has a member that the resource does not know, or of another type
     */
    @SuppressWarnings("unchecked") // the builder of a message builds that message
    public static <M extends Message> M patched(M message, ObjectNode patch) {
        Message.Builder builder = message.newBuilderForType();
        try {
            JsonFormat.parser().merge(merged(render(message), patch).toString(), builder);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    "does not fit " + message.getDescriptorForType().getName() + ": " + e.getMessage(), e);
        }
        return (M) builder.build();
    }

    private static ObjectNode merged(ObjectNode base, ObjectNode patch) {
        patch.properties()
                .forEach(member -> base.set(member.getKey(), merged(base.get(member.getKey()), member.getValue())));
        return base;
    }

    private static JsonNode merged(@Nullable JsonNode base, JsonNode patch) {
        if (base instanceof ObjectNode below && patch instanceof ObjectNode above) {
            return merged(below, above);
        }
        if (base instanceof ArrayNode below
                && patch instanceof ArrayNode above
                && !above.isEmpty()
                && above.get(0).isObject()) {
            for (int i = 0; i < above.size(); i++) {
                if (i < below.size()) {
                    below.set(i, merged(below.get(i), above.get(i)));
                } else {
                    below.add(above.get(i));
                }
            }
            return below;
        }
        return patch;
    }
}
