package io.portolan.images.internal.registry;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.portolan.error.PortolanException;
import io.portolan.images.internal.registry.RegistryLogin.Authorization;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one registry: finds out whether it speaks TLS, logs in when asked to, follows redirects of blobs. Thread-safe.
 *
 * <p>Credentials go to the registry's own host and its token server only, never along a redirect.
 */
final class RegistryTransport {
    private static final int MAX_REDIRECTS = 5;

    private final RegistryEndpoint endpoint;
    private final HttpCalls http;
    private final RegistryLogin login;
    private final Map<String, Authorization> authorizations = new ConcurrentHashMap<>();
    private volatile @Nullable URI base;

    RegistryTransport(RegistryEndpoint endpoint, HttpCalls http) {
        this.endpoint = endpoint;
        this.http = http;
        this.login = new RegistryLogin(endpoint, http);
    }

    /**
     * One request.
     *
     * @param method the HTTP method
     * @param target a path below the registry, or a full address that the registry named
     * @param scope what it needs to be allowed, for example {@code repository:etl:pull}
     * @param what what it is for, for messages
     * @param headers further headers
     * @param body the body, made anew for each try
     */
    record Call(
            String method,
            String target,
            String scope,
            String what,
            Map<String, String> headers,
            Supplier<HttpRequest.BodyPublisher> body) {
        Call(String method, String target, String scope, String what) {
            this(method, target, scope, what, Map.of(), HttpRequest.BodyPublishers::noBody);
        }

        Call with(Map<String, String> more, Supplier<HttpRequest.BodyPublisher> content) {
            return new Call(method, target, scope, what, more, content);
        }
    }

    HttpResponse<byte[]> send(Call call) {
        return send(call, HttpResponse.BodyHandlers.ofByteArray());
    }

    /** A success goes to the file and leaves an empty body. */
    HttpResponse<byte[]> download(Call call, Path file) {
        return send(
                call,
                info -> info.statusCode() == 200
                        ? HttpResponse.BodySubscribers.mapping(
                                HttpResponse.BodySubscribers.ofFile(file, CREATE, WRITE, TRUNCATE_EXISTING),
                                p -> new byte[0])
                        : HttpResponse.BodySubscribers.ofByteArray());
    }

    PortolanException error(Call call, HttpResponse<byte[]> answer) {
        Authorization sent = authorizations.get(call.scope());
        return RegistryErrors.of(endpoint.registry(), call.what(), answer, sent != null && sent.loggedIn());
    }

    PortolanException broken(Call call, String why) {
        return RegistryErrors.broken(endpoint.registry(), call.what(), why);
    }

    /** The address that an answer names, for the next request of an upload. */
    String location(Call call, HttpResponse<byte[]> answer) {
        String named = answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> broken(call, "answered " + answer.statusCode() + " without a Location"));
        return checked(call, answer.uri().resolve(named)).toString();
    }

    private HttpResponse<byte[]> send(Call call, HttpResponse.BodyHandler<byte[]> handler) {
        URI uri = call.target().startsWith("/") ? base(call.what()).resolve(call.target()) : URI.create(call.target());
        boolean own = sameOrigin(uri, base(call.what()));
        HttpResponse<byte[]> answer = once(call, uri, own ? authorizations.get(call.scope()) : null, handler);
        if (answer.statusCode() == 401 && own) {
            Optional<Authorization> authorization =
                    login.answer(answer.headers().allValues("WWW-Authenticate"), call.scope(), call.what());
            if (authorization.isEmpty()) {
                throw RegistryErrors.of(endpoint.registry(), call.what(), answer, false);
            }
            authorizations.put(call.scope(), authorization.get());
            answer = once(call, uri, authorization.get(), handler);
        }
        for (int hops = 0; isRedirect(answer) && call.method().equals("GET"); hops++) {
            if (hops == MAX_REDIRECTS) {
                throw broken(call, "redirects more than " + MAX_REDIRECTS + " times");
            }
            answer = once(call, URI.create(location(call, answer)), null, handler);
        }
        return answer;
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equals("https") ? 443 : 80;
    }

    private static boolean isRedirect(HttpResponse<?> answer) {
        int status = answer.statusCode();
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private HttpResponse<byte[]> once(
            Call call, URI uri, @Nullable Authorization authorization, HttpResponse.BodyHandler<byte[]> handler) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(http.limit())
                .header("User-Agent", "portolan")
                .method(call.method(), call.body().get());
        call.headers().forEach(request::header);
        if (authorization != null) {
            request.header("Authorization", authorization.header());
        }
        return http.send(request.build(), handler, endpoint.registry(), call.what());
    }

    private URI checked(Call call, URI uri) {
        boolean allowed =
                "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && endpoint.plainHttpAllowed());
        if (!allowed) {
            throw broken(call, "points to '" + uri.getScheme() + "://" + uri.getAuthority() + "', which is no https");
        }
        return uri;
    }

    private URI base(String what) {
        URI known = base;
        if (known == null) {
            known = endpoint.uri(!endpoint.plainHttpAllowed() || speaksTls(what));
            base = known;
        }
        return known;
    }

    /** A request in plain text and without credentials, which a TLS server refuses at once. */
    private boolean speaksTls(String what) {
        HttpRequest probe = HttpRequest.newBuilder(endpoint.uri(false).resolve("/v2/"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            HttpResponse<?> answer =
                    http.send(probe, HttpResponse.BodyHandlers.discarding(), endpoint.registry(), what);
            return answer.statusCode() == 400 || isRedirect(answer);
        } catch (PortolanException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException && !(cause instanceof ConnectException)) {
                return true;
            }
            throw e;
        }
    }
}
