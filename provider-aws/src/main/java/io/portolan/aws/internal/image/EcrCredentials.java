package io.portolan.aws.internal.image;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.RegistryCredentials;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;

/**
 * The login to Amazon ECR, renewed an hour before it expires. A login holds for every registry of the Region that the caller may use, those
 * of other accounts included. Thread-safe; {@code toString} shows nothing of it.
 */
public final class EcrCredentials {
    private static final Duration EARLY = Duration.ofHours(1);
    private static final Pattern LOOPBACK =
            Pattern.compile("(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1\\])(?::[0-9]+)?");

    private final Supplier<EcrClient> client;
    private final AwsCalls calls;
    private final Supplier<String> region;
    private final boolean emulated;
    private final Clock clock;
    private @Nullable EcrLogin login;

    /**
     * Nothing is asked yet.
     *
     * @param client gives the client at its first use
     * @param calls makes the requests
     * @param region gives the Region
     * @param emulated whether requests go to an emulator, whose registry has a name of its own
     * @param clock the time
     */
    public EcrCredentials(
            Supplier<EcrClient> client, AwsCalls calls, Supplier<String> region, boolean emulated, Clock clock) {
        this.client = Objects.requireNonNull(client, "client");
        this.calls = Objects.requireNonNull(calls, "calls");
        this.region = Objects.requireNonNull(region, "region");
        this.emulated = emulated;
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * The account's registry.
     *
     * @return its host, and port where it has one
     */
    public String registry() {
        return login().registry();
    }

    /**
     * The credentials for a registry.
     *
     * @param registry host and port as in image references
     * @return empty if it is none of ECR in this Region
     */
    public Optional<RegistryCredentials> find(String registry) {
        return isEcr(registry) ? Optional.of(login().credentials()) : Optional.empty();
    }

    /**
     * Whether a registry is one of ECR in this Region.
     *
     * @param registry host and port as in image references
     * @return true also for the registry of an emulator
     */
    public boolean isEcr(String registry) {
        if (registry.contains(".dkr.ecr") || registry.contains(".dkr-ecr")) {
            return Pattern.compile("[0-9]{12}\\.dkr[.-]ecr(?:-fips)?\\." + Pattern.quote(region.get())
                            + "\\.(?:amazonaws\\.(?:com(?:\\.cn)?|eu)|on\\.aws)")
                    .matcher(registry)
                    .matches();
        }
        return emulated && registry.equals(registry());
    }

    private synchronized EcrLogin login() {
        if (login == null || !clock.instant().isBefore(login.expiresAt().minus(EARLY))) {
            login = renewed();
        }
        return login;
    }

    private EcrLogin renewed() {
        List<AuthorizationData> answer = calls.call(
                        "ecr:GetAuthorizationToken",
                        "registry",
                        () -> client.get().getAuthorizationToken())
                .authorizationData();
        if (answer.isEmpty()
                || answer.get(0).authorizationToken() == null
                || answer.get(0).proxyEndpoint() == null) {
            throw failure("AWS gave no login to the registry; check that the account may use Amazon ECR");
        }
        AuthorizationData data = answer.get(0);
        Instant expires = data.expiresAt() == null ? clock.instant().plus(EARLY).plusSeconds(60) : data.expiresAt();
        return new EcrLogin(host(data.proxyEndpoint()), decoded(data.authorizationToken()), expires);
    }

    private static RegistryCredentials decoded(String token) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            pair = "";
        }
        int colon = pair.indexOf(':');
        if (colon < 1) {
            // Without the text, and without the cause, whose message would hold a part of it.
            throw failure("the login that AWS gave is not of the form USER:PASSWORD in base 64");
        }
        return new RegistryCredentials(pair.substring(0, colon), pair.substring(colon + 1));
    }

    private static String host(String endpoint) {
        URI uri = URI.create(endpoint);
        String host = uri.getAuthority() == null ? endpoint : uri.getAuthority();
        if ("http".equals(uri.getScheme()) && !LOOPBACK.matcher(host).matches()) {
            throw failure("the registry '" + endpoint
                    + "' has no TLS, which is allowed only on this machine; let the emulator name a loopback address");
        }
        return host;
    }

    private static PortolanException failure(String message) {
        return PortolanException.builder(ErrorCode.FAILED, message)
                .provider("aws")
                .operation("ecr:GetAuthorizationToken")
                .build();
    }

    @Override
    public String toString() {
        return "EcrCredentials";
    }
}
