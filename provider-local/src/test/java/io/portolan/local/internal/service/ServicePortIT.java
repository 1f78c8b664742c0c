package io.portolan.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Container;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.container.Labels;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.Exposure;
import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import io.portolan.spec.ServiceSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How services are reached: from the host, from each other, and after a restart of what stands in front of them. */
@Tag("docker")
@Timeout(240)
class ServicePortIT {
    @Test
    void deploy_portTaken_saysSoAndLeavesNothing() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServiceFixture app =
                        new ServiceFixture(Map.of("service-port.web", Integer.toString(taken.getLocalPort())))) {
            assertThatThrownBy(() -> app.deploy(WebImage.web("web", "one").build()))
                    .isInstanceOfSatisfying(PortolanException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
                        assertThat(e)
                                .hasMessageContaining("Host port " + taken.getLocalPort())
                                .hasMessageContaining("portolan.local.service-port.web");
                    });

            assertThat(app.everything()).isEmpty();
        }
    }

    @Test
    void proxy_restarted_servesOnSamePort() {
        try (ServiceFixture app = new ServiceFixture(Map.of())) {
            URI uri = app.deploy(WebImage.web("web", "one").build()).endpoint().orElseThrow();
            Container proxy = app.containers().stream()
                    .filter(c -> "proxy".equals(c.getLabels().get(Labels.KIND)))
                    .findFirst()
                    .orElseThrow();

            app.engine.stream(
                    "restart",
                    "proxy",
                    c -> c.restartContainerCmd(proxy.getId()).withTimeout(1).exec());

            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> ServiceFixture.get(uri).equals("one"));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> app.driver.describe("web").orElseThrow().ready());
        }
    }

    @Test
    void proxy_removed_comesBackOnSamePortWithNextDeployment() {
        try (ServiceFixture app = new ServiceFixture(Map.of())) {
            ServiceSpec spec = WebImage.web("web", "one").build();
            URI uri = app.deploy(spec).endpoint().orElseThrow();
            app.containers().stream()
                    .filter(c -> "proxy".equals(c.getLabels().get(Labels.KIND)))
                    .forEach(c -> app.engine.change(
                            "remove",
                            "proxy",
                            client -> client.removeContainerCmd(c.getId())
                                    .withForce(true)
                                    .exec()));
            assertThat(app.driver.describe("web").orElseThrow().ready()).isFalse();

            ServiceStatus status = app.deploy(spec);

            assertThat(status.endpoint()).contains(uri);
            assertThat(ServiceFixture.get(uri)).isEqualTo("one");
            assertThat(status.revisions()).hasSize(1);
        }
    }

    @Test
    void services_ofOneApplication_reachEachOtherByName() {
        try (ServiceFixture app = new ServiceFixture(Map.of())) {
            app.deploy(WebImage.web("backend", "from the backend")
                    .exposure(Exposure.INTERNAL)
                    .build());
            // Not by wget: the one in a statically linked BusyBox may crash.
            String script = """
                    mkdir -p /tmp/www/cgi-bin; echo ok > /tmp/www/healthz
                    cat > /tmp/www/cgi-bin/ask <<'END'
                    #!/bin/sh
                    echo
                    a=$(busybox nslookup backend | while read k v; do [ "$k" = Address: ] && echo "$v"; done | busybox tail -n 1)
                    printf 'GET / HTTP/1.0\\r\\n\\r\\n' | busybox nc "$a" 8080 | busybox tail -n 1
                    END
                    chmod +x /tmp/www/cgi-bin/ask
                    exec httpd -f -p $PORT -h /tmp/www
                    """;
            URI uri = app.deploy(WebImage.web("front", "")
                            .command(
                                    "/bin/sh",
                                    "-c",
                                    script.replace("cat >", "busybox cat >").replace("chmod", "busybox chmod"))
                            .build())
                    .endpoint()
                    .orElseThrow();

            assertThat(ServiceFixture.get(uri.resolve("/cgi-bin/ask"))).isEqualTo("from the backend");
            ServiceStatus backend = app.driver.describe("backend").orElseThrow();
            assertThat(backend.endpoint()).isEmpty();
            assertThat(backend.internalAddress()).isEqualTo("backend:8080");
            assertThat(backend.ready()).isTrue();
            assertThat(app.driver.services()).containsExactly("backend", "front");
        }
    }

    @Test
    void deploy_tcp_relaysConnections() throws IOException {
        try (ServiceFixture app = new ServiceFixture(Map.of("drain-timeout", "3s"))) {
            ServiceSpec spec = ServiceSpec.builder("echo")
                    .image(WebImage.NAME)
                    .command("/bin/sh", "-c", "exec nc -ll -p $PORT -e /bin/cat")
                    .port(Port.tcp(7000))
                    .readiness(Probe.tcp())
                    .stopGracePeriod(Duration.ofSeconds(1))
                    .build();

            URI uri = app.deploy(spec).endpoint().orElseThrow();

            assertThat(uri.getScheme()).isEqualTo("tcp");
            try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
                socket.setSoTimeout(5000);
                socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readNBytes(6), StandardCharsets.US_ASCII))
                        .isEqualTo("hello\n");
            }
        }
    }

    @Test
    void deploy_inProcess_servesUpdatesAndDeletes() throws InterruptedException {
        try (ServiceFixture app = new ServiceFixture(Map.of("proxy.mode", "in-process", "drain-timeout", "10s"))) {
            URI uri = app.deploy(WebImage.web("web", "one").build()).endpoint().orElseThrow();
            try (LoadClients load = LoadClients.start(uri.getPort(), 4)) {
                app.deploy(WebImage.web("web", "two").build());
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> load.answers().containsKey("two"));
                assertThat(load.failures()).isEmpty();
            }
            assertThat(app.containers()).hasSize(1);
            assertThat(app.driver.describe("web").orElseThrow().ready()).isTrue();

            app.driver.delete("web");

            assertThat(app.everything()).isEmpty();
        }
    }
}
