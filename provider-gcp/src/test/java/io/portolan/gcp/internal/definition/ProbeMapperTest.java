package io.portolan.gcp.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProbeMapperTest {
    private static final Port PORT = Port.http(9090);

    private static com.google.cloud.run.v2.Probe startup(Probe probe) {
        return ProbeMapper.startup(probe, PORT);
    }

    @Test
    void startup_default_waitsAsLongAsTheSpecSays() {
        com.google.cloud.run.v2.Probe probe = startup(Probe.tcp());

        assertThat(probe.getTcpSocket().getPort()).isEqualTo(9090);
        assertThat(probe.getPeriodSeconds()).isEqualTo(1);
        assertThat(probe.getTimeoutSeconds()).isEqualTo(1);
        assertThat(probe.getFailureThreshold()).isEqualTo(120);
        assertThat(ProbeMapper.startupChanges(Probe.tcp())).isEmpty();
    }

    @Test
    void startup_longerThanCloudRunWaits_isFourMinutes_andSaid() {
        Probe slow = Probe.http("/ok").startupTimeout(Duration.ofMinutes(10)).interval(Duration.ofSeconds(10));

        assertThat(startup(slow).getFailureThreshold()).isEqualTo(24);
        assertThat(ProbeMapper.startupChanges(slow)).containsExactly("startupTimeout 10m becomes 240s");
    }

    @Test
    void startup_timeoutLongerThanThePeriod_makesThePeriodLonger() {
        Probe probe = Probe.http("/ok").interval(Duration.ofMillis(500)).timeout(Duration.ofSeconds(5));

        assertThat(startup(probe).getPeriodSeconds()).isEqualTo(5);
        assertThat(startup(probe).getTimeoutSeconds()).isEqualTo(5);
        assertThat(ProbeMapper.startupChanges(probe)).containsExactly("interval 0.5s becomes 5s");
    }

    @Test
    void anything_isInTheLimits_andTheTimeoutIsNotLongerThanThePeriod() {
        Random random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            Probe probe = Probe.http("/ok")
                    .interval(Duration.ofMillis(1 + random.nextInt(5_000_000)))
                    .timeout(Duration.ofMillis(1 + random.nextInt(5_000_000)))
                    .startupTimeout(Duration.ofMillis(1 + random.nextInt(900_000)))
                    .failureThreshold(1 + random.nextInt(9));
            com.google.cloud.run.v2.Probe start = startup(probe);
            com.google.cloud.run.v2.Probe running = ProbeMapper.running(probe, PORT);

            assertThat(start.getPeriodSeconds()).isBetween(1, 240);
            assertThat(start.getTimeoutSeconds()).isBetween(1, start.getPeriodSeconds());
            assertThat(start.getPeriodSeconds() * start.getFailureThreshold()).isBetween(1, 240);
            assertThat(running.getPeriodSeconds()).isBetween(1, 3600);
            assertThat(running.getTimeoutSeconds()).isBetween(1, running.getPeriodSeconds());
            assertThat(running.getFailureThreshold()).isEqualTo(probe.failureThreshold());
        }
    }

    @Test
    void command_isRefused() {
        assertThatThrownBy(() -> startup(Probe.exec("/bin/true"))).hasMessageContaining("use Probe.http");
    }
}
