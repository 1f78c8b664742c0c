package io.portolan.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void parse_ofNothing_givesTheDefaults() {
        assertThat(Options.parse(List.of())).isEqualTo(new Options(false, false, null, "quickstart"));
    }

    @Test
    void parse_ofEverything_takesItInAnyOrder() {
        assertThat(Options.parse(List.of("--base", "temurin:21", "--keep", "--application", "mine", "--help")))
                .isEqualTo(new Options(true, true, "temurin:21", "mine"));
    }

    @Test
    void parse_ofAnUnknownOption_isAUsageError() {
        assertThatThrownBy(() -> Options.parse(List.of("--kepe")))
                .isInstanceOfSatisfying(
                        QuickstartFailure.class, e -> assertThat(e.exitCode()).isEqualTo(QuickstartFailure.USAGE))
                .hasMessageContainingAll("'--kepe'", "usage: ./quickstart");
    }

    @Test
    void parse_ofAnOptionWithoutItsValue_isAUsageError() {
        assertThatThrownBy(() -> Options.parse(List.of("--base"))).hasMessageStartingWith("--base needs a value");
    }
}
