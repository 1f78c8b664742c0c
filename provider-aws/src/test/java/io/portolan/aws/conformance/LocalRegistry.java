package io.portolan.aws.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** Debian's docker-registry, without a login, on a free port of the loopback address. */
record LocalRegistry(Process process, int port) implements AutoCloseable {
    static LocalRegistry start() {
        try {
            Path folder = Files.createTempDirectory("registry");
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            Path config = Files.write(
                    folder.resolve("registry.yml"),
                    List.of(
                            "version: 0.1",
                            "log:",
                            "  level: error",
                            "storage:",
                            "  filesystem:",
                            "    rootdirectory: " + folder.resolve("data"),
                            "http:",
                            "  addr: 127.0.0.1:" + port));
            Process process = new ProcessBuilder("docker-registry", "serve", config.toString())
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

    String address() {
        return "127.0.0.1:" + port;
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
