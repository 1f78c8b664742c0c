package io.portolan.images.internal.registry;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.RegistryCredentials;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials in a configuration file of Docker, read by Jib: entries, a helper per registry, or a store for all.
 *
 * @param configFile need not exist
 */
public record DockerLogin(Path configFile) {
    private static final Logger LOG = LoggerFactory.getLogger(DockerLogin.class);

    /**
     * The file of this machine's user.
     *
     * @return by {@code DOCKER_CONFIG}, else in the home directory
     */
    public static DockerLogin ofMachine() {
        @Nullable String folder = System.getenv("DOCKER_CONFIG");
        Path parent = folder == null || folder.isBlank()
                ? Path.of(System.getProperty("user.home"), ".docker")
                : Path.of(folder);
        return new DockerLogin(parent.resolve("config.json"));
    }

    /**
     * Finds credentials.
     *
     * @param registry host and port as in image references
     * @return empty if the file has none
     * @throws PortolanException UNAUTHENTICATED if a credential helper fails
     */
    public Optional<RegistryCredentials> find(String registry) {
        // Docker's own name of its hub in this file; Jib knows it and its older spellings by this alias.
        String host = registry.equals("docker.io") ? "registry-1.docker.io" : registry;
        try {
            return CredentialRetrieverFactory.forImage(
                            ImageReference.of(host, "any", "latest"),
                            event -> LOG.debug("credentials registry={} message={}", registry, event.getMessage()))
                    .dockerConfig(configFile)
                    .retrieve()
                    .map(DockerLogin::pair);
        } catch (CredentialRetrievalException e) {
            throw PortolanException.builder(
                            ErrorCode.UNAUTHENTICATED,
                            "credentials for registry '" + registry + "' could not be read by '" + configFile
                                    + "'; run 'docker login " + registry + "' or mend its credential helper")
                    .resource(registry)
                    .cause(e)
                    .build();
        }
    }

    private static RegistryCredentials pair(Credential found) {
        return new RegistryCredentials(found.getUsername(), found.getPassword());
    }
}
