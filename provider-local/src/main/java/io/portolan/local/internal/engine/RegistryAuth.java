package io.portolan.local.internal.engine;

import com.github.dockerjava.api.model.AuthConfig;
import io.portolan.image.RegistryCredentials;
import org.jspecify.annotations.Nullable;

/** Registry credentials as the engine takes them. Pure. */
public final class RegistryAuth {
    /** The user name by which Docker's credential helpers mark an identity token. */
    private static final String TOKEN_USER = "<token>";

    private RegistryAuth() {}

    /**
     * A login for one call.
     *
     * @param registry host and port as in image references
     * @param credentials null for an empty login: the engine wants the header, and docker-java would look for one itself otherwise
     * @return the login
     */
    public static AuthConfig of(String registry, @Nullable RegistryCredentials credentials) {
        AuthConfig auth = new AuthConfig()
                .withRegistryAddress(registry.equals("docker.io") ? AuthConfig.DEFAULT_SERVER_ADDRESS : registry);
        if (credentials == null) {
            return auth;
        }
        return credentials.username().equals(TOKEN_USER)
                ? auth.withIdentityToken(credentials.password())
                : auth.withUsername(credentials.username()).withPassword(credentials.password());
    }
}
