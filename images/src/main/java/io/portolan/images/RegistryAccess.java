package io.portolan.images;

import io.portolan.image.RegistryCredentials;
import io.portolan.images.internal.registry.DockerLogin;
import io.portolan.images.internal.registry.RegistryEndpoint;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How to log in to registries, and which of them may be talked to without TLS. Immutable: methods give a changed copy. Thread-safe as far
 * as its {@link CredentialSource}s are.
 *
 * <p>Credentials are looked for where they were added first, then, in an access {@link #ofMachine()}, in Docker's configuration with its
 * credential helpers; where none are found, the login is anonymous. {@code toString} shows none.
 */
public final class RegistryAccess {
    private final CredentialSource credentials;
    private final Set<String> plainHttp;

    private RegistryAccess(CredentialSource credentials, Set<String> plainHttp) {
        this.credentials = credentials;
        this.plainHttp = Set.copyOf(plainHttp);
    }

    /** Gives credentials for a registry. Asked at each login, so that it may renew short-lived ones; may be called concurrently. */
    @FunctionalInterface
    public interface CredentialSource {
        /**
         * Finds credentials.
         *
         * @param registry host and port as in image references, {@code docker.io} for Docker Hub
         * @return empty if there are none for it
         */
        Optional<RegistryCredentials> find(String registry);
    }

    /**
     * The credentials that {@code docker login} left on this machine: {@code $DOCKER_CONFIG/config.json}, else {@code
     * ~/.docker/config.json}, its {@code credHelpers} and {@code credsStore} included.
     *
     * @return an access that reads them at each login
     */
    public static RegistryAccess ofMachine() {
        return new RegistryAccess(DockerLogin.ofMachine()::find, Set.of());
    }

    /**
     * As {@link #ofMachine()}, from another file.
     *
     * @param configFile a file in the form of Docker's {@code config.json}; need not exist
     * @return an access that reads it at each login
     */
    public static RegistryAccess ofDockerConfig(Path configFile) {
        return new RegistryAccess(new DockerLogin(configFile)::find, Set.of());
    }

    /**
     * No credentials.
     *
     * @return an access to public images
     */
    public static RegistryAccess anonymous() {
        return new RegistryAccess(registry -> Optional.empty(), Set.of());
    }

    /**
     * Adds credentials for one registry.
     *
     * @param registry host and port as in image references
     * @param pair user name and password or token
     * @return a changed copy, which uses them before all others
     */
    public RegistryAccess with(String registry, RegistryCredentials pair) {
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(pair, "pair");
        return with(asked -> asked.equals(registry) ? Optional.of(pair) : Optional.empty());
    }

    /**
     * Adds a source of credentials.
     *
     * @param source asked before all others
     * @return a changed copy
     */
    public RegistryAccess with(CredentialSource source) {
        Objects.requireNonNull(source, "source");
        CredentialSource others = credentials;
        return new RegistryAccess(registry -> source.find(registry).or(() -> others.find(registry)), plainHttp);
    }

    /**
     * Allows one registry to be talked to, credentials included, without TLS. Registries on this machine ({@code localhost}, 127.0.0.0/8,
     * {@code [::1]}) are allowed to anyway. Whether such a registry speaks TLS is found out; one
     * that does is talked to with TLS.
     *
     * @param registry host and port as in image references
     * @return a changed copy
     */
    public RegistryAccess allowPlainHttp(String registry) {
        Set<String> more = new HashSet<>(plainHttp);
        more.add(Objects.requireNonNull(registry, "registry"));
        return new RegistryAccess(credentials, more);
    }

    /**
     * The credentials that a login to a registry uses now.
     *
     * @param registry host and port as in image references
     * @return empty for an anonymous login; a user name of {@code <token>} marks an identity token
     */
    public Optional<RegistryCredentials> credentials(String registry) {
        return credentials.find(registry);
    }

    RegistryEndpoint endpoint(String registry) {
        boolean plain = plainHttp.contains(registry) || RegistryEndpoint.isLoopback(registry);
        return new RegistryEndpoint(registry, plain, () -> credentials.find(registry));
    }

    @Override
    public String toString() {
        return "RegistryAccess[plainHttp=" + plainHttp + "]";
    }
}
