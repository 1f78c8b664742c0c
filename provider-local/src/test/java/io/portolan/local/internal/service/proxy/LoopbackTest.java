package io.portolan.local.internal.service.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopbackTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private final ServerSocket server = open();

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void status_answerInHttp_isItsStatus() throws IOException {
        answer("HTTP/1.1 404 Not Found\r\nConnection: keep-alive\r\n", false);

        assertThat(Loopback.status(server.getLocalPort(), "/x", "web", TIMEOUT)).isEqualTo(404);
    }

    @Test
    void status_otherProtocol_saysSo() {
        answer("SSH-2.0-x\r\n", true);

        assertThatThrownBy(() -> Loopback.status(server.getLocalPort(), "/", "web", TIMEOUT))
                .isInstanceOf(IOException.class)
                .hasMessage("answered, but not in HTTP");
    }

    @Test
    void status_silentServer_isTimeout() {
        assertThatThrownBy(() -> Loopback.status(server.getLocalPort(), "/", "web", Duration.ofMillis(30)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void body_ok_isTextAfterHeaders() throws IOException {
        answer("HTTP/1.0 200 OK\r\ncontent-type: text/plain\r\n\r\ngeneration=1\n", true);

        assertThat(Loopback.body(server.getLocalPort(), "/", TIMEOUT)).isEqualTo("generation=1\n");
    }

    @Test
    void body_otherStatus_saysSo() {
        answer("HTTP/1.0 503 no\r\n\r\n", true);

        assertThatThrownBy(() -> Loopback.body(server.getLocalPort(), "/", TIMEOUT))
                .hasMessage("answered with status 503");
    }

    @Test
    void connects_silentServer_passes() {
        assertThatCode(() -> Loopback.connects(server.getLocalPort(), TIMEOUT)).doesNotThrowAnyException();
    }

    @Test
    void connects_forwarderWithoutServer_fails() {
        // What the engine's port forwarder does while nobody listens in the container.
        answer("", true);

        assertThatThrownBy(() -> Loopback.connects(server.getLocalPort(), TIMEOUT))
                .hasMessage("nobody listens in the container");
    }

    @Test
    void connects_closedPort_fails() throws IOException {
        int port = server.getLocalPort();
        server.close();

        assertThatThrownBy(() -> Loopback.connects(port, TIMEOUT)).isInstanceOf(IOException.class);
    }

    private void answer(String text, boolean close) {
        Thread thread = new Thread(() -> {
            try {
                Socket client = server.accept();
                if (!text.isEmpty() && client.getInputStream().read(new byte[4096]) < 0) {
                    throw new IOException("no request");
                }
                client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                if (close) {
                    client.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 10, Loopback.address());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
