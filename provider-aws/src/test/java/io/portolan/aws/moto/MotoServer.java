package io.portolan.aws.moto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import org.awaitility.Awaitility;

/** moto, an independent stand-in for AWS, from the command {@code moto_server} of this machine. */
record MotoServer(Process process, int port) implements AutoCloseable {
    static MotoServer start() {
        try {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            ProcessBuilder command = new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", Integer.toString(port));
            command.environment().put("MOTO_ECS_SERVICE_RUNNING", "1");
            Process process = command.redirectErrorStream(true)
                    .redirectOutput(Files.createTempFile("moto", ".log").toFile())
                    .start();
            MotoServer server = new MotoServer(process, port);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(100))
                    .until(server::answers);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
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
