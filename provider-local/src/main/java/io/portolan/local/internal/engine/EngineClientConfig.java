package io.portolan.local.internal.engine;

import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The client's settings, all decided by us: docker-java's own builder would read the environment, system properties and files once more.
 * Registry credentials are given with each command that needs them.
 */
final class EngineClientConfig implements DockerClientConfig {
    private final EngineAddress address;
    private final RemoteApiVersion version;

    EngineClientConfig(EngineAddress address, @Nullable ApiVersion version) {
        this.address = address;
        this.version = version == null
                ? RemoteApiVersion.unknown()
                : RemoteApiVersion.create(version.major(), version.minor());
    }

    @Override
    public URI getDockerHost() {
        return address.host();
    }

    @Override
    public RemoteApiVersion getApiVersion() {
        return version;
    }

    @Override
    public @Nullable String getRegistryUsername() {
        return null;
    }

    @Override
    public @Nullable String getRegistryPassword() {
        return null;
    }

    @Override
    public @Nullable String getRegistryEmail() {
        return null;
    }

    @Override
    public @Nullable String getRegistryUrl() {
        return null;
    }

    @Override
    public @Nullable AuthConfig effectiveAuthConfig(String imageName) {
        return null;
    }

    @Override
    public AuthConfigurations getAuthConfigurations() {
        return new AuthConfigurations();
    }

    @Override
    @SuppressWarnings("deprecation") // of the type in the interface; the transport is given its own
    public @Nullable SSLConfig getSSLConfig() {
        return null;
    }
}
