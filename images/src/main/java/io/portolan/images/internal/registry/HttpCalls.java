package io.portolan.images.internal.registry;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one request and waits for the whole answer, body included: the JDK's own timeout ends with the headers.
 *
 * @param client where to send
 * @param limit the longest that one transfer may take
 */
public record HttpCalls(HttpClient client, Duration limit) {
    /**
     * Calls over the JDK's client.
     *
     * @return with the proxy and trust store of this Java virtual machine
     */
    public static HttpCalls ofMachine() {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10));
        if (java.net.ProxySelector.getDefault() != null) {
            client.proxy(java.net.ProxySelector.getDefault());
        }
        return new HttpCalls(client.build(), Duration.ofMinutes(30));
    }

    <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler, String registry, String what) {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, handler);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw RegistryErrors.of(registry, what, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw RegistryErrors.of(registry, what, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw RegistryErrors.cancelled(registry, what, e);
        }
    }
}
