package io.portolan.aws.internal.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.SdkBuilder;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/** Native requests as the JSON that goes over the wire, and back. Pure. */
public final class NativeJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private NativeJson() {}

    /**
     * A request as JSON.
     *
     * @param pojo a request of the vendor's client
     * @return what would be sent; members that are not set are left out
     */
    public static ObjectNode render(SdkPojo pojo) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = value(pojo, field);
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                object.set(field.locationName(), node(value));
            }
        }
        return object;
    }

    /** What is set. Never a default: that of a client token is another one at each call, and would change the hash of a spec. */
    private static @Nullable Object value(SdkPojo pojo, SdkField<?> field) {
        if (field.getOptionalTrait(DefaultValueTrait.class).isPresent() && pojo instanceof SdkRequest request) {
            return request.getValueForField(field.memberName(), Object.class).orElse(null);
        }
        return field.getValueOrDefault(pojo);
    }

    private static JsonNode node(Object value) {
        if (value instanceof SdkPojo pojo) {
            return render(pojo);
        }
        if (value instanceof List<?> list) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            list.forEach(item -> array.add(node(item)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            map.forEach((key, item) -> object.set(String.valueOf(key), node(item)));
            return object;
        }
        return MAPPER.valueToTree(value);
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
        throw new IllegalArgumentException("must be a JSON object; for example {\"enableExecuteCommand\": true}");
    }

    /**
     * Lays a patch over a request: objects are merged, lists of objects element by element in their order, everything else is replaced.
     *
     * @param <R> the request
     * @param request what is mapped
     * @param patch what to lay over it
     * @return a changed copy
     * @throws IllegalArgumentException if the patch has a member that the request does not know, or of another type
     */
    @SuppressWarnings("unchecked") // the builder of a request builds that request
    public static <R extends SdkPojo> R patched(R request, ObjectNode patch) {
        SdkBuilder<?, ?> builder = ((ToCopyableBuilder<?, ?>) request).toBuilder();
        read(merged(render(request), patch), (SdkPojo) builder, "");
        return (R) builder.build();
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

    private static void read(ObjectNode object, SdkPojo into, String path) {
        Map<String, SdkField<?>> fields = new LinkedHashMap<>();
        into.sdkFields().forEach(field -> fields.put(field.locationName(), field));
        object.properties().forEach(member -> {
            SdkField<?> field = fields.get(member.getKey());
            String at = path + member.getKey();
            if (field == null) {
                throw new IllegalArgumentException(
                        "member '" + at + "' is not known; the request has " + fields.keySet());
            }
            field.set(into, value(field, member.getValue(), at));
        });
    }

    private static @Nullable Object value(SdkField<?> field, JsonNode node, String path) {
        if (node.isNull()) {
            return null;
        }
        MarshallingKnownType type = field.marshallingType().getKnownType();
        try {
            return switch (type) {
                case SDK_POJO -> {
                    SdkPojo nested = field.constructor().get();
                    read((ObjectNode) node, nested, path + ".");
                    yield ((SdkBuilder<?, ?>) nested).build();
                }
                case LIST -> {
                    SdkField<?> item = field.getTrait(ListTrait.class).memberFieldInfo();
                    List<@Nullable Object> list = new ArrayList<>();
                    ((ArrayNode) node)
                            .forEach(element -> list.add(value(item, element, path + "[" + list.size() + "]")));
                    yield list;
                }
                case MAP -> {
                    SdkField<?> item = field.getTrait(MapTrait.class).valueFieldInfo();
                    Map<String, @Nullable Object> map = new LinkedHashMap<>();
                    ((ObjectNode) node)
                            .properties()
                            .forEach(e -> map.put(e.getKey(), value(item, e.getValue(), path + "." + e.getKey())));
                    yield map;
                }
                default -> MAPPER.treeToValue(node, field.marshallingType().getTargetClass());
            };
        } catch (ClassCastException | JsonProcessingException e) {
            throw new IllegalArgumentException("member '" + path + "' must be a " + type, e);
        }
    }
}
