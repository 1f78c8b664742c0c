package io.portolan.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.benchmarks.Options.Section;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void options_withoutArguments_measureEverythingAndNeverFail() {
        assertThat(Options.parse()).isEqualTo(new Options(Set.of(), false, false, null, null));
    }

    @Test
    void options_inAnyOrder_areRead() {
        assertThat(Options.parse("--json", "out.json", "--check", "--image", "busybox:1", "--quick"))
                .isEqualTo(new Options(Set.of(), true, true, Path.of("out.json"), "busybox:1"));
    }

    @Test
    void options_withSections_measureTheseOnly() {
        Options options = Options.parse("--only", "aws", "--only", "tracking");

        assertThat(options.measures(Section.AWS)).isTrue();
        assertThat(options.measures(Section.TRACKING)).isTrue();
        assertThat(options.measures(Section.ENGINE)).isFalse();
        assertThat(Options.parse().measures(Section.ENGINE)).isTrue();
    }

    @Test
    void options_thatAreUnknownOrIncomplete_areRefused() {
        assertThatThrownBy(() -> Options.parse("--chek")).hasMessageContaining("--chek");
        assertThatThrownBy(() -> Options.parse("--json")).hasMessageContaining("--json");
        assertThatThrownBy(() -> Options.parse("--only", "gcp")).hasMessageContaining("gcp");
    }
}
