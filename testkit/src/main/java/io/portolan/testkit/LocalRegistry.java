package io.portolan.testkit;

import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A real registry for tests: Debian's {@code docker-registry}, on a free port of the loopback address, with its images in a folder of the
 * test.
 */
public final class LocalRegistry implements AutoCloseable {
    /** The one user of a registry with a login. */
    public static final RegistryCredentials USER = new RegistryCredentials("tester", "correct-horse");

    /** Of the password of {@link #USER}. */
    private static final String BCRYPT = "$2b$05$RMzU8M13UuGFxfrfXuHg7O.y8FdeyRntJT6VOpLYZLitci5pvrxCK";

    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

    private final Process process;
    private final int port;

    private LocalRegistry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Without a login.
     *
     * @param folder where it keeps its data
     * @return a registry that answers
     */
    public static LocalRegistry open(Path folder) {
        return start(folder, List.of());
    }

    /**
     * With a login by name and password, those of {@link #USER}.
     *
     * @param folder where it keeps its data
     * @return a registry that answers
     */
    public static LocalRegistry withLogin(Path folder) {
        return withLogin(folder, USER.username());
    }

    /**
     * With a login by another name, and the password of {@link #USER}: clouds have fixed names.
     *
     * @param folder where it keeps its data
     * @param user the name
     * @return a registry that answers
     */
    public static LocalRegistry withLogin(Path folder, String user) {
        try {
            Path users = Files.writeString(folder.resolve("htpasswd"), user + ":" + BCRYPT + "\n");
            return start(folder, List.of("auth:", "  htpasswd:", "    realm: test", "    path: " + users));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * With TLS.
     *
     * @param folder where it keeps its data
     * @param certificate its certificate
     * @param key of the certificate
     * @return a registry that answers
     */
    public static LocalRegistry withTls(Path folder, Path certificate, Path key) {
        return start(folder, List.of("  tls:", "    certificate: " + certificate, "    key: " + key));
    }

    private static LocalRegistry start(Path folder, List<String> more) {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException(PROGRAM + " is missing; run 'apt-get install docker-registry'");
        }
        try {
            int port = freePort();
            List<String> config = new ArrayList<>(List.of(
                    "version: 0.1",
                    "log:",
                    "  level: error",
                    "storage:",
                    "  delete:",
                    "    enabled: true",
                    "  filesystem:",
                    "    rootdirectory: " + folder.resolve("data"),
                    "http:",
                    "  addr: 127.0.0.1:" + port));
            config.addAll(more);
            Path file = Files.write(folder.resolve("registry.yml"), config);
            Process process = new ProcessBuilder(PROGRAM.toString(), "serve", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("registry.log").toFile())
                    .start();
            LocalRegistry registry = new LocalRegistry(process, port);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(20))
                    .until(registry::answers);
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * A port of the loopback address where nothing listens.
     *
     * @return its number
     */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Where it is.
     *
     * @return host and port
     */
    public String host() {
        return "127.0.0.1:" + port;
    }

    /**
     * An image in it.
     *
     * @param rest repository and tag
     * @return the whole name
     */
    public ImageReference image(String rest) {
        return ImageReference.parse(host() + "/" + rest);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
