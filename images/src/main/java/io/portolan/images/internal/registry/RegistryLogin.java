package io.portolan.images.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.portolan.image.RegistryCredentials;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers the challenges of one registry: basic, or a bearer token from its token server.
 *
 * <p>Source: distribution.github.io/distribution/spec/auth/token and .../oauth (2026-11).
 */
final class RegistryLogin {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z_]+)=\"([^\"]*)\"");

    private final RegistryEndpoint endpoint;
    private final HttpCalls http;

    RegistryLogin(RegistryEndpoint endpoint, HttpCalls http) {
        this.endpoint = endpoint;
        this.http = http;
    }

    /**
     * An authorization that satisfies a challenge.
     *
     * @param header the value of {@code Authorization}
     * @param loggedIn whether it holds the caller's credentials
     */
    record Authorization(String header, boolean loggedIn) {}

    /** Empty where the registry wants credentials and there are none, or offers no scheme that is known. */
    Optional<Authorization> answer(List<String> challenges, String scope, String what) {
        RegistryCredentials credentials = endpoint.credentials().get().orElse(null);
        for (String challenge : challenges) {
            if (challenge.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
                return Optional.of(
                        new Authorization("Bearer " + token(challenge, scope, credentials, what), credentials != null));
            }
        }
        for (String challenge : challenges) {
            if (challenge.toLowerCase(Locale.ROOT).startsWith("basic") && credentials != null) {
                return Optional.of(new Authorization(basic(credentials), true));
            }
        }
        return Optional.empty();
    }

    private String token(String challenge, String scope, @Nullable RegistryCredentials credentials, String what) {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2));
        }
        String realm = parameters.getOrDefault("realm", "");
        boolean plain = realm.startsWith("http://");
        if (!realm.startsWith("https://") && !(plain && endpoint.plainHttpAllowed())) {
            throw RegistryErrors.broken(
                    endpoint.registry(), what, "names the token server '" + realm + "', which is not reached by https");
        }
        HttpRequest request = request(realm, parameters.getOrDefault("service", ""), scope, credentials);
        HttpResponse<byte[]> answer =
                http.send(request, HttpResponse.BodyHandlers.ofByteArray(), endpoint.registry(), what);
        if (answer.statusCode() != 200) {
            throw RegistryErrors.of(endpoint.registry(), "login for " + what, answer, credentials != null);
        }
        try {
            JsonNode tree = JSON.readTree(answer.body());
            String token = tree.path("token").asText(tree.path("access_token").asText(""));
            if (!token.isEmpty()) {
                return token;
            }
        } catch (IOException ignored) {
            // Reported below; the body may hold a token and is not shown.
        }
        throw RegistryErrors.broken(endpoint.registry(), what, "has a token server that gave no token");
    }

    private static HttpRequest request(
            String realm, String service, String scope, @Nullable RegistryCredentials credentials) {
        HttpRequest.Builder request = HttpRequest.newBuilder().timeout(Duration.ofSeconds(60));
        if (credentials != null && credentials.username().equals(CredentialProgram.TOKEN_USER)) {
            String form = "grant_type=refresh_token&client_id=portolan&service=" + encode(service) + "&scope="
                    + encode(scope) + "&refresh_token="
                    + encode(credentials.password());
            return request.uri(URI.create(realm))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build();
        }
        StringBuilder query = new StringBuilder("service=").append(encode(service));
        for (String one : scope.split(" ", -1)) {
            query.append("&scope=").append(encode(one));
        }
        request.uri(URI.create(realm + (realm.contains("?") ? "&" : "?") + query));
        if (credentials != null) {
            request.header("Authorization", basic(credentials));
        }
        return request.GET().build();
    }

    private static String basic(RegistryCredentials credentials) {
        byte[] pair = (credentials.username() + ":" + credentials.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
