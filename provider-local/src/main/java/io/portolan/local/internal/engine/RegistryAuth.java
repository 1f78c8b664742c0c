package io.portolan.local.internal.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry credentials of this machine, from {@code config.json} of the {@code docker} command: its credential helpers first, then the
 * logins that stand in the file itself. Read anew each time, because tokens expire.
 */
public final class RegistryAuth {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryAuth.class);
    private static final String DOCKER_HUB = "https://index.docker.io/v1/";
    private static final long HELPER_SECONDS = 15;
    private static final String TOKEN_USER = "<token>";

    private final Path directory;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * The credentials of one configuration.
     *
     * @param directory where {@code config.json} is, or is not
     */
    public RegistryAuth(Path directory) {
        this.directory = directory;
    }

    /**
     * The credentials for a registry.
     *
     * @param registry host and port as in {@code ImageReference.registry()}
     * @return null if there are none
     */
    public @Nullable AuthConfig forRegistry(String registry) {
        JsonNode config = read();
        for (String name : names(registry)) {
            String helper = config.path("credHelpers")
                    .path(name)
                    .asText(config.path("credsStore").asText(""));
            AuthConfig found = helper.isBlank() ? null : fromHelper(helper, name);
            if (found == null) {
                found = fromFile(config.path("auths").path(name), name);
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static List<String> names(String registry) {
        return registry.equals("docker.io")
                ? List.of(DOCKER_HUB, "index.docker.io", "docker.io")
                : List.of(registry, "https://" + registry, "http://" + registry);
    }

    private JsonNode read() {
        Path file = directory.resolve("config.json");
        try {
            return Files.isRegularFile(file) ? json.readTree(file.toFile()) : json.createObjectNode();
        } catch (IOException e) {
            LOG.warn("Docker configuration {} cannot be read; going on without credentials", file);
            return json.createObjectNode();
        }
    }

    private static @Nullable AuthConfig fromFile(JsonNode entry, String address) {
        String token = entry.path("identitytoken").asText("");
        if (!token.isBlank()) {
            return new AuthConfig().withRegistryAddress(address).withIdentityToken(token);
        }
        String auth = entry.path("auth").asText("");
        if (auth.isBlank()) {
            return null;
        }
        try {
            String pair = new String(Base64.getDecoder().decode(auth.strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 1 ? null : login(address, pair.substring(0, colon), pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            LOG.warn("Docker configuration holds a login for {} that is not Base64; it is ignored", address);
            return null;
        }
    }

    private @Nullable AuthConfig fromHelper(String helper, String address) {
        Process process = null;
        try {
            process = new ProcessBuilder("docker-credential-" + helper, "get")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().write(address.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            if (!process.waitFor(HELPER_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("docker-credential-{} did not answer in {} s; going on without it", helper, HELPER_SECONDS);
                return null;
            }
            if (process.exitValue() != 0) {
                return null; // it knows no login for this registry
            }
            JsonNode answer = json.readTree(process.getInputStream());
            return login(
                    address,
                    answer.path("Username").asText(""),
                    answer.path("Secret").asText(""));
        } catch (IOException e) {
            LOG.warn("docker-credential-{} cannot be run; going on without it", helper);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    private static AuthConfig login(String address, String user, String secret) {
        AuthConfig auth = new AuthConfig().withRegistryAddress(address);
        return user.equals(TOKEN_USER)
                ? auth.withIdentityToken(secret)
                : auth.withUsername(user).withPassword(secret);
    }
}
