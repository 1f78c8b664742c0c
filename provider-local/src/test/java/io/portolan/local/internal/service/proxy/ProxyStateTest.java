package io.portolan.local.internal.service.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyStateTest {
    @Test
    void parse_answerOfMonitor_isGenerationAndTargets() {
        assertThat(ProxyState.parse("generation=7 r3-1=1 r3-2=0\n"))
                .contains(new ProxyState(7, Map.of("r3-1", true, "r3-2", false)));
    }

    @Test
    void parse_noTargets_isGenerationOnly() {
        assertThat(ProxyState.parse("generation=0\n")).contains(new ProxyState(0, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "r3-1=1", "generation=x", "generation=", "<html>generation=7</html>"})
    void parse_anotherAnswer_isEmpty(String line) {
        assertThat(ProxyState.parse(line)).isEmpty();
    }
}
