package io.portolan.emulator.internal.relay;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks servers whether they are well. */
public final class HealthProbe {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();

    /** A probe. */
    public HealthProbe() {}

    /**
     * Asks a server.
     *
     * @param hostAndPort where it listens
     * @param path of the resource
     * @return whether it answers with 200
     */
    public CompletableFuture<Boolean> get(String hostAndPort, String path) {
        URI uri = URI.create("http://" + hostAndPort + (path.startsWith("/") ? path : "/" + path));
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(LIMIT).build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> failure == null && response.statusCode() == 200);
    }
}
