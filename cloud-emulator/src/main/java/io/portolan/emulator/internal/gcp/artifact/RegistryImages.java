package io.portolan.emulator.internal.gcp.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.gcp.GcpError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Images in a registry that needs no login, asked by the distribution API. */
final class RegistryImages {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String MANIFESTS = String.join(
            ", ",
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.index.v1+json");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String registry;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    RegistryImages(String registry) {
        this.registry = registry;
    }

    /** The images of a repository that have a tag, by name and digest. */
    List<ObjectNode> in(RepositoryName repository) {
        List<ObjectNode> images = new ArrayList<>();
        for (JsonNode path : json(send("_catalog?n=1000", "*/*")).path("repositories")) {
            if (path.asText().startsWith(repository.path())) {
                images.addAll(images(repository, path.asText()));
            }
        }
        return images;
    }

    private List<ObjectNode> images(RepositoryName repository, String path) {
        Map<String, ObjectNode> byDigest = new LinkedHashMap<>();
        String image = path.substring(repository.path().length());
        List<String> tags = new ArrayList<>();
        json(send(path + "/tags/list", "*/*")).path("tags").forEach(tag -> tags.add(tag.asText()));
        tags.stream().sorted().forEach(tag -> {
            HttpResponse<String> manifest = send(path + "/manifests/" + tag, MANIFESTS);
            String digest =
                    manifest.headers().firstValue("Docker-Content-Digest").orElse("");
            if (manifest.statusCode() == 200) {
                byDigest.computeIfAbsent(digest, key -> describe(repository, image, digest, manifest))
                        .withArray("tags")
                        .add(tag);
            }
        });
        return List.copyOf(byDigest.values());
    }

    private ObjectNode describe(RepositoryName repository, String image, String digest, HttpResponse<String> manifest) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        String reference = image + "@" + digest;
        view.put("name", repository + "/dockerImages/" + reference.replace("/", "%2F"));
        view.put("uri", registry + "/" + repository.path() + reference);
        view.put("mediaType", manifest.headers().firstValue("Content-Type").orElse(""));
        JsonNode json = json(manifest);
        long size = json.path("config").path("size").asLong();
        for (JsonNode layer : json.path("layers")) {
            size += layer.path("size").asLong();
        }
        view.put("imageSizeBytes", Long.toString(size));
        return view;
    }

    private HttpResponse<String> send(String path, String accept) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + registry + "/v2/" + path))
                .timeout(TIMEOUT)
                .header("Accept", accept)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed("The registry at " + registry + " does not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("Interrupted while the registry was asked");
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return MAPPER.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw failed("The registry answered no JSON");
        }
    }

    private static GcpError failed(String message) {
        return GcpError.of(500, "INTERNAL", message);
    }
}
