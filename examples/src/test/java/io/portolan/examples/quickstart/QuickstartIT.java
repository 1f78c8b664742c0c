package io.portolan.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.id.ProviderId;
import io.portolan.image.ImageReference;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("docker")
class QuickstartIT {

    private static final String APPLICATION = "quickstart-it";
    private static final String OK = "quickstart: ok";

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @Test
    void quickstart_onAnEngine_endsWellAndLeavesNothing() {
        int status = run("--application", APPLICATION);

        assertThat(text()).endsWith(OK + System.lineSeparator());
        assertThat(status).isZero();
        assertThat(text())
                .contains("task 3, attempt 0 failed: exit code 75, cause APP_EXIT (a new try can help)")
                .contains("all 24 months are what a direct computation gives")
                .containsPattern("\\d+ answered by version 1, \\d+ by version 2, 0 failed")
                .contains("nothing is left");
        try (Cloud cloud = cloud()) {
            assertThat(cloud.list()).isEmpty();
            assertThat(cloud.images().resolve(ImageReference.parse(APPLICATION + "/weather:1")))
                    .isEmpty();
        }
    }

    @Test
    void quickstart_afterOneThatKeptEverything_removesItFirst() {
        assertThat(run("--application", APPLICATION + "-2", "--keep"))
                .as(text())
                .isZero();
        assertThat(text()).contains("kept: ");
        output.reset();

        assertThat(run("--application", APPLICATION + "-2")).as(text()).isZero();
        assertThat(text()).containsPattern("removed [1-9]\\d* things of earlier runs");
    }

    private int run(String... args) {
        return Quickstart.run(List.of(args), new PrintStream(output, true, StandardCharsets.UTF_8));
    }

    private static Cloud cloud() {
        return Cloud.connect(
                CloudConfig.builder(ProviderId.LOCAL).application(APPLICATION).build());
    }

    private String text() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
