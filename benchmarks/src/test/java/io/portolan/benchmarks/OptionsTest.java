package io.portolan.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void options_withoutArguments_measureEverythingAndNeverFail() {
        assertThat(Options.parse()).isEqualTo(new Options(false, false, null, null));
    }

    @Test
    void options_inAnyOrder_areRead() {
        assertThat(Options.parse("--json", "out.json", "--check", "--image", "busybox:1", "--quick"))
                .isEqualTo(new Options(true, true, Path.of("out.json"), "busybox:1"));
    }

    @Test
    void options_thatAreUnknownOrIncomplete_areRefused() {
        assertThatThrownBy(() -> Options.parse("--chek")).hasMessageContaining("--chek");
        assertThatThrownBy(() -> Options.parse("--json")).hasMessageContaining("--json");
    }
}
