package io.portolan.local.internal.service.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HaproxyConfigTest {
    private static final Duration DRAIN = Duration.ofSeconds(30);

    @Test
    void render_http_listensOnPortOfServiceAndOnEdge() {
        String text = render(Port.http(8080), Probe.tcp());

        assertThat(text).contains("frontend service\n    bind :8080\n    bind :65080\n");
        assertThat(text).contains("    mode http\n    timeout connect");
    }

    @Test
    void render_portIsEdge_bindsOnce() {
        assertThat(render(Port.http(65_080), Probe.tcp())).containsOnlyOnce("bind :65080\n");
    }

    @Test
    void render_http_neverClosesAnIdleConnectionUnderItsClient() {
        assertThat(render(Port.http(80), Probe.tcp())).contains("option idle-close-on-response\n");
    }

    @Test
    void render_http_repeatsOnlyWhatMayBeRepeated() {
        assertThat(render(Port.http(80), Probe.tcp()))
                .contains("retry-on conn-failure empty-response\n")
                .contains("http-request disable-l7-retry unless { method GET HEAD OPTIONS }\n");
    }

    @Test
    void render_tcp_hasNothingOfHttpButTheMonitor() {
        String text = render(Port.tcp(5432), Probe.tcp());

        assertThat(text).contains("    mode tcp\n").contains("bind :5432\n").contains("balance leastconn\n");
        assertThat(text.substring(0, text.indexOf("frontend monitor"))).doesNotContain("http");
    }

    @Test
    void render_targets_areServersByName() {
        assertThat(render(Port.http(8080), Probe.tcp()))
                .contains("    server r3-1 r3-1.web:8080\n    server r3-2 r3-2.web:8080\n");
    }

    @Test
    void render_noTargets_hasNoServer() {
        Route route = new Route("web", 0, Port.http(8080), Probe.tcp(), List.of());

        assertThat(HaproxyConfig.render(route, DRAIN))
                .doesNotContain("    server ")
                .contains("generation=0\\n");
    }

    @Test
    void render_httpProbe_becomesCheckWithItsTimes() {
        Probe probe = Probe.http("/healthz")
                .interval(Duration.ofMillis(500))
                .timeout(Duration.ofSeconds(2))
                .failureThreshold(5);

        assertThat(render(Port.http(8080), probe))
                .contains("option httpchk\n")
                .contains("http-check send meth GET uri '/healthz' ver HTTP/1.1 hdr Host web hdr Connection close\n")
                .contains("http-check expect status 200-399\n")
                .contains("default-server check inter 500ms fall 5 rise 1")
                .contains("timeout check 2000ms\n");
    }

    @Test
    void render_probePathWithQuotes_cannotLeaveItsArgument() {
        assertThat(render(Port.http(8080), Probe.http("/a'b\"c#d\\e$f")))
                .contains("uri '/a'\\''b\"c#d\\e$f' ver HTTP/1.1");
    }

    @Test
    void render_tcpOrExecProbe_checksConnectionOnly() {
        assertThat(render(Port.http(8080), Probe.exec("/bin/true"))).doesNotContain("httpchk");
        assertThat(render(Port.http(8080), Probe.tcp())).doesNotContain("httpchk");
    }

    @Test
    void render_monitor_tellsGenerationAndTargets() {
        assertThat(render(Port.http(8080), Probe.tcp()))
                .contains("bind :65081\n")
                .contains("lf-string \"generation=7 r3-1=%[srv_is_up(service/r3-1)]"
                        + " r3-2=%[srv_is_up(service/r3-2)]\\n\"\n");
    }

    @Test
    void render_drainTimeout_boundsOldWorkers() {
        Route route = new Route("web", 1, Port.http(8080), Probe.tcp(), List.of());

        assertThat(HaproxyConfig.render(route, Duration.ofMinutes(2))).contains("hard-stop-after 120000ms\n");
        assertThat(HaproxyConfig.render(route, Duration.ZERO)).contains("hard-stop-after 1ms\n");
    }

    private static String render(Port port, Probe probe) {
        List<Target> targets = List.of(new Target("r3-1", "r3-1.web", 32_001), new Target("r3-2", "r3-2.web", 32_002));
        return HaproxyConfig.render(new Route("web", 7, port, probe, targets), DRAIN);
    }
}
