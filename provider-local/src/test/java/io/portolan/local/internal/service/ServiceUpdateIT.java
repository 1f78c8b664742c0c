package io.portolan.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.run.ServiceStatus;
import io.portolan.spec.Probe;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Updates under continuous requests: none may fail. */
@Tag("docker")
@Timeout(300)
class ServiceUpdateIT {
    private final ServiceFixture app = new ServiceFixture(Map.of("drain-timeout", "20s"));

    @AfterEach
    void cleanUp() {
        app.close();
    }

    @Test
    void deploy_updatesScalesAndFailuresUnderLoad_noRequestFails() throws InterruptedException {
        int port = app.deploy(version("v0")).endpoint().orElseThrow().getPort();
        try (LoadClients load = LoadClients.start(port, 12)) {
            for (int i = 1; i <= 3; i++) {
                String version = "v" + i;
                ServiceStatus status = app.deploy(version(version));
                assertThat(status.endpoint().orElseThrow().getPort()).isEqualTo(port);
                await(version)
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> load.answers().containsKey(version));
            }
            app.driver.scale("web", 3);
            app.driver.scale("web", 1);
            assertThatThrownBy(() -> app.deploy(neverReady())).hasMessageContaining("did not become ready");
            long before = load.succeeded();
            await().atMost(Duration.ofSeconds(20)).until(() -> load.succeeded() > before + 50);

            assertThat(load.failures()).isEmpty();
            assertThat(load.answers()).containsOnlyKeys("v0", "v1", "v2", "v3");
            assertThat(load.succeeded()).isGreaterThan(200);
        }
    }

    private static ServiceSpec version(String text) {
        return WebImage.web("web", text).scaling(Scaling.fixed(2)).build();
    }

    private static ServiceSpec neverReady() {
        return WebImage.web("web", "never")
                .readiness(Probe.http("/nothing").startupTimeout(Duration.ofSeconds(2)))
                .build();
    }
}
