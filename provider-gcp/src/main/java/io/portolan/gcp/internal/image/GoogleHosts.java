package io.portolan.gcp.internal.image;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The registries of Google by their names. Pure. Source: cloud.google.com/artifact-registry/docs/docker/names (2026-11). */
final class GoogleHosts {
    private static final Pattern ARTIFACT_REGISTRY = Pattern.compile("([a-z]+(?:-[a-z0-9]+)*)-docker\\.pkg\\.dev");
    private static final Pattern CONTAINER_REGISTRY = Pattern.compile("(?:(?:us|eu|asia)\\.)?gcr\\.io");
    private static final Pattern LOOPBACK =
            Pattern.compile("(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1\\])(?::[0-9]+)?");

    private GoogleHosts() {}

    /** Whether Google answers under this name, so that it may be given a token. */
    static boolean isGoogle(String registry) {
        return ARTIFACT_REGISTRY.matcher(registry).matches()
                || CONTAINER_REGISTRY.matcher(registry).matches();
    }

    static boolean isLoopback(String registry) {
        return LOOPBACK.matcher(registry).matches();
    }

    /** The location of Artifact Registry that a registry is of. */
    static Optional<String> location(String registry) {
        Matcher matcher = ARTIFACT_REGISTRY.matcher(registry);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
