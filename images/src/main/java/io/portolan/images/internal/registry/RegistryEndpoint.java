package io.portolan.images.internal.registry;

import io.portolan.image.RegistryCredentials;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Where a registry answers and how to log in to it.
 *
 * @param registry host and port as in image references
 * @param plainHttpAllowed whether it may be talked to without TLS
 * @param credentials asked once per login; empty for an anonymous login
 */
public record RegistryEndpoint(
        String registry, boolean plainHttpAllowed, Supplier<Optional<RegistryCredentials>> credentials) {
    private static final Pattern LOOPBACK =
            Pattern.compile("(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1\\])(?::[0-9]+)?");

    /**
     * Whether a registry is on this machine by its name alone.
     *
     * @param registry host and port
     * @return true for {@code localhost}, 127.0.0.0/8 and {@code [::1]}
     */
    public static boolean isLoopback(String registry) {
        return LOOPBACK.matcher(registry.toLowerCase(Locale.ROOT)).matches();
    }

    URI uri(boolean tls) {
        // Docker Hub's references and its API have different hosts.
        String host = registry.equals("docker.io") ? "registry-1.docker.io" : registry;
        return URI.create((tls ? "https://" : "http://") + host);
    }
}
