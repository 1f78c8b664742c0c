package io.portolan.emulator.internal.aws.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * By what a request means an image.
 *
 * @param digest its digest, null for any
 * @param tag its tag, null for any
 */
record ImageId(@Nullable String digest, @Nullable String tag) {
    static ImageId of(JsonNode id) {
        return new ImageId(text(id.path("imageDigest")), text(id.path("imageTag")));
    }

    /** What the registry knows it by, null for nothing. */
    @Nullable
    String reference() {
        return tag == null ? digest : tag;
    }

    ObjectNode view() {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        if (digest != null) {
            view.put("imageDigest", digest);
        }
        if (tag != null) {
            view.put("imageTag", tag);
        }
        return view;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }
}
