package io.portolan.local.internal.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the engine as the {@code docker} command does, and beyond that at the sockets of rootless and desktop installations.
 *
 * <p>Order: the configuration, {@code DOCKER_HOST}, {@code DOCKER_CONTEXT}, the current context of {@code config.json}, then the first
 * socket that exists.
 */
final class EngineLocator {
    private static final String UNIX = "unix://";

    private final Map<String, String> environment;
    private final Path home;
    private final List<Path> systemSockets;

    EngineLocator(Map<String, String> environment, Path home) {
        this(environment, home, List.of(Path.of("/var/run/docker.sock")));
    }

    EngineLocator(Map<String, String> environment, Path home, List<Path> systemSockets) {
        this.environment = environment;
        this.home = home;
        this.systemSockets = systemSockets;
    }

    EngineAddress locate(@Nullable String configured) {
        if (configured != null && !configured.isBlank()) {
            return address(configured, "portolan.local." + EngineKeys.DOCKER_HOST);
        }
        String host = environment.getOrDefault("DOCKER_HOST", "");
        if (!host.isBlank()) {
            return address(host, "DOCKER_HOST");
        }
        String context = environment.getOrDefault("DOCKER_CONTEXT", "");
        String origin = "DOCKER_CONTEXT";
        if (context.isBlank()) {
            context = read(dockerConfig().resolve("config.json"))
                    .path("currentContext")
                    .asText("");
            origin = dockerConfig().resolve("config.json").toString();
        }
        if (!context.isBlank() && !context.equals("default")) {
            return fromContext(context, origin);
        }
        return sockets().stream()
                .filter(Files::exists)
                .findFirst()
                .map(socket -> new EngineAddress(unix(socket.toString()), null, "the socket that exists"))
                .orElseGet(this::platformDefault);
    }

    /** The directory of the configuration of the {@code docker} command. */
    Path dockerConfig() {
        String directory = environment.getOrDefault("DOCKER_CONFIG", "");
        return directory.isBlank() ? home.resolve(".docker") : Path.of(directory);
    }

    private List<Path> sockets() {
        List<Path> sockets = new java.util.ArrayList<>(systemSockets);
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isBlank()) {
            sockets.add(Path.of(runtime, "docker.sock"));
        }
        sockets.add(home.resolve(".docker/run/docker.sock"));
        sockets.add(home.resolve(".docker/desktop/docker.sock"));
        sockets.add(home.resolve(".colima/default/docker.sock"));
        sockets.add(home.resolve(".rd/docker.sock"));
        return sockets;
    }

    private EngineAddress platformDefault() {
        boolean windows = environment.getOrDefault("OS", "").startsWith("Windows");
        String host = windows ? "npipe:////./pipe/docker_engine" : "unix:///var/run/docker.sock";
        return new EngineAddress(URI.create(host), null, "the default");
    }

    private EngineAddress fromContext(String context, String origin) {
        Path directory = dockerConfig().resolve("contexts");
        String id = sha256(context);
        Path meta = directory.resolve("meta").resolve(id).resolve("meta.json");
        String host = read(meta).path("Endpoints").path("docker").path("Host").asText("");
        if (host.isBlank()) {
            throw new PortolanException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Docker context was '" + context + "' (from " + origin + ") but " + meta
                            + " names no engine; create it with 'docker context create', or set portolan.local."
                            + EngineKeys.DOCKER_HOST);
        }
        EngineAddress plain = address(host, "Docker context '" + context + "'");
        Path tls = directory.resolve("tls").resolve(id).resolve("docker");
        return Files.isDirectory(tls) ? new EngineAddress(plain.host(), tls, plain.origin()) : plain;
    }

    private EngineAddress address(String text, String origin) {
        URI host;
        try {
            host = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            if (!text.strip().startsWith(UNIX)) {
                throw wrong(text, origin);
            }
            host = unix(text.strip().substring(UNIX.length()));
        }
        String scheme = host.getScheme() == null ? "" : host.getScheme();
        return switch (scheme) {
            case "unix", "npipe" -> new EngineAddress(host, null, origin);
            case "tcp", "http", "https" -> tcp(host, origin);
            default -> throw wrong(text, origin);
        };
    }

    /** A path may hold what an address may not, such as blanks. */
    private static URI unix(String path) {
        try {
            return new URI("unix", "", path, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no path of a socket: " + path, e);
        }
    }

    private EngineAddress tcp(URI given, String origin) {
        if (given.getHost() == null) {
            throw wrong(given.toString(), origin);
        }
        boolean verify = !environment.getOrDefault("DOCKER_TLS_VERIFY", "").isBlank();
        boolean tls = verify || given.getScheme().equals("https");
        int port = given.getPort() > 0 ? given.getPort() : tls ? 2376 : 2375;
        URI host = URI.create("tcp://" + given.getHost() + ":" + port);
        String certificates = environment.getOrDefault("DOCKER_CERT_PATH", "");
        Path directory = certificates.isBlank() ? dockerConfig() : Path.of(certificates);
        return new EngineAddress(host, tls ? directory : null, origin);
    }

    private static PortolanException wrong(String text, String origin) {
        return new PortolanException(
                ErrorCode.INVALID_ARGUMENT,
                origin + " was '" + text + "' but must be unix:///path, npipe:////./pipe/name or tcp://host:port; for"
                        + " example 'unix:///var/run/docker.sock'");
    }

    private static JsonNode read(Path file) {
        ObjectMapper json = new ObjectMapper();
        try {
            return Files.isRegularFile(file) ? json.readTree(file.toFile()) : json.createObjectNode();
        } catch (IOException e) {
            throw PortolanException.builder(
                            ErrorCode.INVALID_ARGUMENT,
                            "Docker configuration " + file + " cannot be read; mend or remove it")
                    .cause(e)
                    .build();
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
