package io.portolan.local.internal.service.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostPortsTest {
    @Test
    void candidates_sameNames_areTheSame() {
        assertThat(HostPorts.candidates("shop", "web", 40)).isEqualTo(HostPorts.candidates("shop", "web", 40));
    }

    @Test
    void candidates_areDifferentAndBelowThePortsOfOutgoingConnections() {
        assertThat(HostPorts.candidates("shop", "web", 40))
                .hasSize(40)
                .doesNotHaveDuplicates()
                .allMatch(port -> port >= 20_000 && port < 30_000);
    }

    @Test
    void candidates_otherService_beginElsewhere() {
        assertThat(HostPorts.candidates("shop", "web", 1)).isNotEqualTo(HostPorts.candidates("shop", "api", 1));
    }
}
