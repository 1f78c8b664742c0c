package io.portolan.emulator.internal.aws.ecr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.portolan.emulator.internal.aws.AwsError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Images in a registry that needs no login, asked by the distribution API. */
final class RegistryImages implements ImageStore {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI registry;
    private final HttpClient http;

    RegistryImages(URI registry) {
        this.registry = registry;
        this.http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    }

    @Override
    public List<String> tags(String repository) {
        HttpResponse<String> answer = send(request(repository, "tags/list").GET());
        List<String> tags = new ArrayList<>();
        if (answer.statusCode() == 200) {
            try {
                new ObjectMapper().readTree(answer.body()).path("tags").forEach(tag -> tags.add(tag.asText()));
            } catch (JsonProcessingException e) {
                throw failed("The registry answered no JSON");
            }
        }
        return tags.stream().sorted().toList();
    }

    @Override
    public Optional<Manifest> find(String repository, String reference) {
        HttpResponse<String> answer = send(request(repository, "manifests/" + reference)
                .header("Accept", String.join(", ", Manifest.MEDIA_TYPES))
                .GET());
        if (answer.statusCode() == 404 || answer.statusCode() == 400) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw failed("The registry answered with status " + answer.statusCode());
        }
        String mediaType = answer.headers().firstValue("Content-Type").orElse(Manifest.DOCKER);
        return Optional.of(Manifest.of(mediaType, answer.body()));
    }

    @Override
    public void put(String repository, String reference, Manifest manifest) {
        HttpResponse<String> answer = send(request(repository, "manifests/" + reference)
                .header("Content-Type", manifest.mediaType())
                .PUT(HttpRequest.BodyPublishers.ofString(manifest.body())));
        if (answer.statusCode() != 201) {
            throw EcrErrors.of(
                    "LayersNotFoundException", "The registry refused the manifest: status " + answer.statusCode());
        }
    }

    @Override
    public boolean delete(String repository, String digest) {
        int status = send(request(repository, "manifests/" + digest).DELETE()).statusCode();
        return status == 202 || status == 404;
    }

    private HttpRequest.Builder request(String repository, String path) {
        return HttpRequest.newBuilder(registry.resolve("/v2/" + repository + "/" + path))
                .timeout(TIMEOUT);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed("The registry at " + registry + " does not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("Interrupted while the registry was asked");
        }
    }

    private static AwsError failed(String message) {
        return new AwsError(500, "ServerException", message);
    }
}
