package io.portolan.gcp.internal.image;

import io.portolan.image.ImageReference;
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

/** A real registry: Debian's docker-registry, on a free port of the loopback address. */
final class LocalRegistry implements AutoCloseable {
    static final String TOKEN = "correct-horse";
    private static final String HTPASSWD =
            "oauth2accesstoken:$2b$05$RMzU8M13UuGFxfrfXuHg7O.y8FdeyRntJT6VOpLYZLitci5pvrxCK\n";
    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

    private final Process process;
    private final int port;

    private LocalRegistry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** With a login: by access token. */
    static LocalRegistry withLogin(Path folder) {
        try {
            Path users = Files.writeString(folder.resolve("htpasswd"), HTPASSWD);
            return start(folder, List.of("auth:", "  htpasswd:", "    realm: test", "    path: " + users));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** A port of the loopback address where nothing listens. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    ImageReference image(String rest) {
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
