package io.portolan.local.internal.service.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.spec.Exposure;
import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InProcessProxyTest {
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final InProcessProxy proxy = proxy(Map.of());

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    @Test
    void route_twoReplicas_areAskedInTurn() throws IOException {
        int port = serve(route(1, server("a"), server("b")));

        assertThat(IntStream.range(0, 4).mapToObj(i -> ask(port)).sorted().toList())
                .containsExactly("a", "a", "b", "b");
    }

    @Test
    void route_replicaDoesNotListen_nextIsAsked() throws IOException {
        int port = serve(route(1, closedPort(), server("b")));

        assertThat(IntStream.range(0, 4).mapToObj(i -> ask(port))).containsOnly("b");
    }

    @Test
    void apply_newRoute_oldConnectionGoesOnUntilItEnds() throws IOException {
        int port = serve(route(1, server("old")));
        try (Socket before = connect(port)) {
            assertThat(line(before)).isEqualTo("old");

            proxy.apply(route(2, server("new")));

            assertThat(ask(port)).isEqualTo("new");
            assertThat(proxy.isDrained("web")).isFalse();
            before.getOutputStream().write("more\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(line(before)).isEqualTo("more");
        }
        assertThat(proxy.awaitDrained("web")).isTrue();
        assertThat(proxy.isDrained("web")).isTrue();
        assertThat(proxy.state("web")).map(ProxyState::generation).contains(2);
    }

    @Test
    void awaitDrained_connectionNeverEnds_isCutAfterTheDrainTimeout() throws IOException {
        int port = serve(route(1, server("old")));
        try (Socket before = connect(port)) {
            assertThat(line(before)).isEqualTo("old");
            proxy.apply(route(2, server("new")));

            assertThat(proxy.awaitDrained("web")).isTrue();

            assertThat(before.getInputStream().read()).isNegative();
        }
    }

    @Test
    void ensure_portTaken_saysSo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, Loopback.address())) {
            InProcessProxy other = proxy(Map.of("web", taken.getLocalPort()));

            assertThatThrownBy(() -> other.ensure("web", Exposure.PUBLIC, 0, route(1)))
                    .isInstanceOfSatisfying(
                            PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
        }
    }

    @Test
    void remove_service_closesItsPort() throws IOException {
        int port = serve(route(1, server("a")));

        proxy.remove("web");

        assertThatThrownBy(() -> connect(port)).isInstanceOf(IOException.class);
        assertThat(proxy.services()).isEmpty();
    }

    private int serve(Route route) {
        int port = proxy.ensure("web", Exposure.PUBLIC, 0, route);
        proxy.apply(route);
        return port;
    }

    private static Route route(int generation, int... ports) {
        List<Target> targets = IntStream.of(ports)
                .mapToObj(p -> new Target("r1-" + p, "r1-" + p + ".web", p))
                .toList();
        return new Route("web", generation, Port.tcp(7000), Probe.tcp(), targets);
    }

    /** Greets with its name, then echoes. */
    private int server(String name) throws IOException {
        ServerSocket server = new ServerSocket(0, 10, Loopback.address());
        opened.add(server);
        daemon(() -> {
            while (!server.isClosed()) {
                Socket client = server.accept();
                opened.add(client);
                daemon(() -> {
                    client.getOutputStream().write((name + "\n").getBytes(StandardCharsets.US_ASCII));
                    client.getInputStream().transferTo(client.getOutputStream());
                    client.close();
                });
            }
        });
        return server.getLocalPort();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, Loopback.address())) {
            return server.getLocalPort();
        }
    }

    private static String ask(int port) {
        try (Socket socket = connect(port)) {
            return line(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(Loopback.address(), port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String line(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    private InProcessProxy proxy(Map<String, Integer> fixedPorts) {
        ProxySettings settings = new ProxySettings(
                "relay-test", ProxySettings.Mode.IN_PROCESS, "unused", false, Duration.ofMillis(300), fixedPorts);
        InProcessProxy made = new InProcessProxy(settings, InProcessProxyTest::daemonThread);
        opened.add(made);
        return made;
    }

    private static void daemon(Task task) {
        daemonThread(() -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        return; // the test is over
                    }
                })
                .start();
    }

    private static Thread daemonThread(Runnable task) {
        Thread thread = new Thread(task, "relay-test");
        thread.setDaemon(true);
        return thread;
    }

    /** Something that ends with an error when its connection is closed. */
    private interface Task {
        void run() throws IOException;
    }
}
