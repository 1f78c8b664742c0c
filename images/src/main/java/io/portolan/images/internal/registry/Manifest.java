package io.portolan.images.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.image.Architecture;
import io.portolan.images.internal.archive.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A manifest or an index, as the registry holds it. Its digest is over its bytes, which are never changed. */
final class Manifest {
    static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
    private static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

    /** All that is understood. */
    static final String ACCEPT = String.join(", ", OCI_INDEX, OCI_MANIFEST, DOCKER_LIST, DOCKER_MANIFEST);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String mediaType;
    private final byte[] bytes;
    private final JsonNode tree;

    private Manifest(String mediaType, byte[] bytes, JsonNode tree) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.tree = tree;
    }

    /**
     * What a manifest points to.
     *
     * @param mediaType its type
     * @param digest its digest
     * @param size its size in bytes
     */
    record Descriptor(String mediaType, String digest, long size) {
        static Descriptor of(JsonNode node) {
            return new Descriptor(
                    node.path("mediaType").asText(),
                    node.path("digest").asText(),
                    node.path("size").asLong());
        }
    }

    static Manifest parse(String mediaType, byte[] bytes) throws IOException {
        JsonNode tree = JSON.readTree(bytes);
        String inside = tree.path("mediaType").asText();
        return new Manifest(inside.isEmpty() ? mediaType : inside, bytes, tree);
    }

    /** A Docker manifest, which every registry and every engine since 1.10 takes. */
    static Manifest docker(Descriptor config, List<Descriptor> layers) {
        ObjectNode root = JSON.createObjectNode();
        root.put("schemaVersion", 2);
        root.put("mediaType", DOCKER_MANIFEST);
        write(root.putObject("config"), config);
        var listed = root.putArray("layers");
        layers.forEach(layer -> write(listed.addObject(), layer));
        try {
            return new Manifest(DOCKER_MANIFEST, JSON.writeValueAsBytes(root), root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(ObjectNode node, Descriptor descriptor) {
        node.put("mediaType", descriptor.mediaType());
        node.put("size", descriptor.size());
        node.put("digest", descriptor.digest());
    }

    String mediaType() {
        return mediaType;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    String digest() {
        return Sha256.of(bytes);
    }

    boolean isIndex() {
        return mediaType.equals(OCI_INDEX) || mediaType.equals(DOCKER_LIST);
    }

    boolean isImage() {
        return (mediaType.equals(OCI_MANIFEST) || mediaType.equals(DOCKER_MANIFEST)) && tree.has("config");
    }

    Descriptor config() {
        return Descriptor.of(tree.path("config"));
    }

    List<Descriptor> layers() {
        return descriptors("layers");
    }

    List<Descriptor> members() {
        return descriptors("manifests");
    }

    private List<Descriptor> descriptors(String field) {
        List<Descriptor> found = new ArrayList<>();
        tree.path(field).forEach(node -> found.add(Descriptor.of(node)));
        return found;
    }

    /** The member of an index for Linux on an architecture. */
    Optional<Descriptor> member(Architecture architecture) {
        for (JsonNode node : tree.path("manifests")) {
            JsonNode platform = node.path("platform");
            if (platform.path("os").asText().equals("linux")
                    && platform.path("architecture").asText().equals(architecture.ociName())) {
                return Optional.of(Descriptor.of(node));
            }
        }
        return Optional.empty();
    }

    /** What an index is for, for messages. */
    String platforms() {
        Set<String> found = new LinkedHashSet<>();
        boolean attested = false;
        for (JsonNode node : tree.path("manifests")) {
            JsonNode platform = node.path("platform");
            String name = platform.path("os").asText() + "/"
                    + platform.path("architecture").asText();
            if (name.equals("unknown/unknown")) {
                attested = true;
            } else {
                found.add(name);
            }
        }
        String named = (found.isEmpty() ? "no platform" : String.join(", ", found)) + " only";
        return attested ? named + " (its entries unknown/unknown are attestations of the build, no images)" : named;
    }
}
