package io.portolan.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.id.ProviderId;
import io.portolan.image.ImageReference;
import io.portolan.run.JobExecution;
import io.portolan.run.Phase;
import io.portolan.spec.JobSpec;
import io.portolan.spec.Volume;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
        try (Cloud cloud = cloud(APPLICATION)) {
            assertThat(cloud.list()).isEmpty();
            assertThat(cloud.images().resolve(ImageReference.parse(APPLICATION + "/weather:1")))
                    .isEmpty();
        }
    }

    @Test
    void quickstart_afterOneThatKeptEverythingAndACallerThatDied_removesItFirst() {
        String application = APPLICATION + "-2";
        assertThat(run("--application", application, "--keep")).as(text()).isZero();
        assertThat(text()).contains("kept; the next run removes it: ");
        output.reset();
        try (Cloud cloud = cloud(application)) {
            JobSpec endless = JobSpec.builder("endless")
                    .image(application + "/weather:1")
                    .args("serve", "/data")
                    .volume("/data", Volume.named(WeatherJobs.VOLUME))
                    .tasks(3)
                    .parallelism(1)
                    .build();
            JobExecution execution = cloud.jobs().run(endless);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> execution.status().phase() == Phase.RUNNING);
        }

        assertThat(run("--application", application)).as(text()).isZero();
        assertThat(text()).containsPattern("removed [1-9]\\d* things of earlier runs");
        try (Cloud cloud = cloud(application)) {
            assertThat(cloud.list()).isEmpty();
        }
    }

    private int run(String... args) {
        return Quickstart.run(List.of(args), new PrintStream(output, true, StandardCharsets.UTF_8));
    }

    private static Cloud cloud(String application) {
        // No look into registries, which may be out of reach, for an image that is gone from the engine.
        return Cloud.connect(CloudConfig.builder(ProviderId.LOCAL)
                .application(application)
                .set("pull", "never")
                .build());
    }

    private String text() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
