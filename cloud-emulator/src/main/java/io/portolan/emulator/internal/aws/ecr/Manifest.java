package io.portolan.emulator.internal.aws.ecr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A manifest as it was pushed.
 *
 * @param digest of its bytes
 * @param mediaType of its format
 * @param body its text
 */
record Manifest(String digest, String mediaType, String body) {
    static final String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";
    static final List<String> MEDIA_TYPES = List.of(
            DOCKER,
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.index.v1+json");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Manifest of(String mediaType, String body) {
        return new Manifest(digestOf(body), mediaType, body);
    }

    /** The size of config and layers; of an index, nothing. */
    long size() {
        JsonNode manifest = json();
        long size = manifest.path("config").path("size").asLong();
        for (JsonNode layer : manifest.path("layers")) {
            size += layer.path("size").asLong();
        }
        return size;
    }

    /** The digests of the manifests in an index. */
    List<String> children() {
        List<String> children = new ArrayList<>();
        json().path("manifests")
                .forEach(child -> children.add(child.path("digest").asText()));
        return children;
    }

    /** The media type of the config, empty for an index. */
    String artifactMediaType() {
        JsonNode manifest = json();
        return manifest.path("artifactType")
                .asText(manifest.path("config").path("mediaType").asText(""));
    }

    /** What the text says of its own format, empty for nothing. */
    static String mediaTypeIn(String body) {
        return parse(body).path("mediaType").asText("");
    }

    private JsonNode json() {
        return parse(body);
    }

    private static JsonNode parse(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String digestOf(String body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
