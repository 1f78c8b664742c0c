package io.portolan.testkit.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks services, as a user's client would. */
final class HttpProbe {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** The body of an answer with status 200; anything else fails the test. */
    String get(URI uri) {
        HttpResponse<String> response = ask(uri);
        if (response.statusCode() != 200) {
            throw new AssertionError("GET " + uri + " was answered with status " + response.statusCode());
        }
        return response.body();
    }

    int status(URI uri) {
        return ask(uri).statusCode();
    }

    private HttpResponse<String> ask(URI uri) {
        try {
            return client.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("GET " + uri + " failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("GET " + uri + " was interrupted", e);
        }
    }
}
