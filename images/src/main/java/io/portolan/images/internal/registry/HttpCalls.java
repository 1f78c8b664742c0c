package io.portolan.images.internal.registry;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and waits for the whole answer, body included: the JDK's own timeout ends with the headers. Thread-safe.
 */
public final class HttpCalls {
    private final Supplier<HttpClient> maker;
    private final Duration limit;
    private @Nullable HttpClient client;

    private HttpCalls(Supplier<HttpClient> maker, Duration limit) {
        this.maker = maker;
        this.limit = limit;
    }

    /**
     * Calls over one client.
     *
     * @param client where to send
     * @param limit the longest that one transfer may take
     */
    public HttpCalls(HttpClient client, Duration limit) {
        this(() -> client, limit);
    }

    /**
     * Calls over the JDK's client. It is made at the first request: making it reads the trust store, which programs that only run images do
     * not need.
     *
     * @return with the proxy and trust store of this Java virtual machine
     */
    public static HttpCalls ofMachine() {
        return new HttpCalls(HttpCalls::newClient, Duration.ofMinutes(30));
    }

    private static HttpClient newClient() {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10));
        if (java.net.ProxySelector.getDefault() != null) {
            client.proxy(java.net.ProxySelector.getDefault());
        }
        return client.build();
    }

    synchronized HttpClient client() {
        if (client == null) {
            client = maker.get();
        }
        return client;
    }

    /** The longest that one transfer may take. */
    Duration limit() {
        return limit;
    }

    <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler, String registry, String what) {
        CompletableFuture<HttpResponse<T>> answer = client().sendAsync(request, handler);
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
