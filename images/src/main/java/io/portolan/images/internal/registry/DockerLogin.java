package io.portolan.images.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.image.RegistryCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials in a configuration file of Docker: its credential helpers first, then the logins that stand in the file itself. Read anew
 * each time, because tokens expire. What cannot be read is as if it were not there: many registries need no login.
 *
 * <p>Not by Jib, which waits for a credential helper without limit, fails on a damaged login, and passes over identity tokens that stand
 * alone.
 */
public final class DockerLogin {
    private static final Logger LOG = LoggerFactory.getLogger(DockerLogin.class);
    private static final String DOCKER_HUB = "https://index.docker.io/v1/";

    private final Path configFile;
    private final CredentialProgram programs;

    /**
     * The credentials of one file.
     *
     * @param configFile need not exist
     */
    public DockerLogin(Path configFile) {
        this(configFile, CredentialProgram.ofPath());
    }

    DockerLogin(Path configFile, CredentialProgram programs) {
        this.configFile = configFile;
        this.programs = programs;
    }

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
     * @return empty if there are none; a user name of {@value CredentialProgram#TOKEN_USER} marks an identity token
     */
    public Optional<RegistryCredentials> find(String registry) {
        JsonNode config = read();
        for (String address : addresses(registry)) {
            String program = config.path("credHelpers")
                    .path(address)
                    .asText(config.path("credsStore").asText(""));
            RegistryCredentials found = program.isBlank() ? null : programs.get(program, address);
            if (found == null) {
                found = login(config.path("auths").path(address), address);
            }
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.ofNullable(byHost(config.path("auths"), registry));
    }

    /** The names that a login to a registry may stand under. */
    private static List<String> addresses(String registry) {
        return registry.equals("docker.io")
                ? List.of(DOCKER_HUB, "index.docker.io", "docker.io", "registry-1.docker.io")
                : List.of(registry, "https://" + registry, "http://" + registry);
    }

    /** Older clients wrote the whole address of the registry's interface, such as {@code https://HOST/v1/}. */
    private static @Nullable RegistryCredentials byHost(JsonNode logins, String registry) {
        for (Map.Entry<String, JsonNode> login : logins.properties()) {
            String address = login.getKey();
            if (address.startsWith("https://" + registry + "/") || address.startsWith("http://" + registry + "/")) {
                return login(login.getValue(), address);
            }
        }
        return null;
    }

    private JsonNode read() {
        try {
            return Files.isRegularFile(configFile)
                    ? Json.MAPPER.readTree(configFile.toFile())
                    : Json.MAPPER.createObjectNode();
        } catch (IOException e) {
            LOG.warn("Docker configuration {} cannot be read; going on without credentials", configFile);
            return Json.MAPPER.createObjectNode();
        }
    }

    private static @Nullable RegistryCredentials login(JsonNode entry, String address) {
        String token = entry.path("identitytoken").asText("");
        if (!token.isBlank()) {
            return new RegistryCredentials(CredentialProgram.TOKEN_USER, token);
        }
        String user = entry.path("username").asText("");
        if (!user.isEmpty()) {
            return new RegistryCredentials(user, entry.path("password").asText(""));
        }
        String auth = entry.path("auth").asText("").strip();
        if (auth.isEmpty()) {
            return null; // where a helper keeps the login, an empty entry stands here
        }
        try {
            String pair = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon > 0) {
                return new RegistryCredentials(pair.substring(0, colon), pair.substring(colon + 1));
            }
        } catch (IllegalArgumentException e) {
            // Reported below, without what stands there.
        }
        LOG.warn("Docker configuration holds a damaged login for {}; it is ignored", address);
        return null;
    }
}
