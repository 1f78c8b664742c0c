package io.portolan.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.examples.weather.MonthReport;
import io.portolan.examples.weather.WeatherData;
import io.portolan.examples.weather.WeatherProgram;
import io.portolan.image.Architecture;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import io.portolan.testkit.fake.FakePlatform;
import io.portolan.testkit.fake.FakeProcess;
import io.portolan.testkit.fake.FakeProgram;
import io.portolan.testkit.fake.FakeProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jobs of the quickstart with the real program, on a platform in memory. */
class WeatherJobsTest {

    private static final String NAME = "quickstart/weather:1";
    private static final Image IMAGE =
            new Image(ImageReference.parse(NAME), "sha256:" + "0".repeat(64), Architecture.AMD64, null);

    @TempDir
    Path shared;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final FakePlatform platform = FakePlatform.create();
    private final Cloud cloud = Cloud.connect(
            CloudConfig.builder(FakeProvider.ID).application("quickstart").build(), FakeProvider.on(platform));
    private final WeatherJobs jobs =
            new WeatherJobs(cloud, new Progress(new PrintStream(output, true, StandardCharsets.UTF_8)));

    @AfterEach
    void close() {
        cloud.close();
        platform.close();
    }

    @Test
    void jobs_withTheRealProgram_giveTheResultOfADirectComputation() throws IOException {
        platform.program(NAME, this::weather);

        jobs.partition(IMAGE);
        jobs.merge(IMAGE);

        List<String> result = Files.readAllLines(shared.resolve("result.csv"));
        assertThat(result.subList(1, result.size()).stream().map(MonthReport::parse))
                .containsExactlyElementsOf(DirectComputation.of(WeatherData.rows()));
        assertThat(text())
                .contains("task 3, attempt 0 failed: exit code 75, cause APP_EXIT (a new try can help)")
                .contains("12 of 12 tasks succeeded")
                .contains("attempts: 13");
    }

    @Test
    void partition_withoutTheFailureThatItAskedFor_fails() {
        platform.program(NAME, process -> weather(process.args().subList(0, 2), process));

        assertThatThrownBy(() -> jobs.partition(IMAGE))
                .isInstanceOf(QuickstartFailure.class)
                .hasMessage("task 3 took 1 attempts, not 2");
    }

    @Test
    void partition_withAnotherExitCode_fails() {
        platform.program(NAME, process -> weather(process) == 0 ? 0 : 76);

        assertThatThrownBy(() -> jobs.partition(IMAGE))
                .isInstanceOf(QuickstartFailure.class)
                .hasMessageContainingAll("the first attempt of task 3 ended as", "76", "not with exit code 75");
    }

    @Test
    void partition_ofAProgramThatWritesNothing_fails() {
        platform.program(NAME, FakeProgram.firstThen(this::weather, FakeProgram.exits(0)));

        assertThatThrownBy(() -> jobs.partition(IMAGE))
                .isInstanceOf(QuickstartFailure.class)
                .hasMessage("the logs show 11 written parts, not 12");
    }

    @Test
    void merge_withoutParts_failsWithTheCause() {
        platform.program(NAME, this::weather);

        assertThatThrownBy(() -> jobs.merge(IMAGE))
                .isInstanceOf(QuickstartFailure.class)
                .hasMessageContainingAll("FAILED", "APP_EXIT");
        assertThat(text()).contains("task 0, attempt 0 failed: exit code 1");
    }

    private int weather(FakeProcess process) {
        return weather(process.args(), process);
    }

    private int weather(List<String> args, FakeProcess process) {
        List<String> here = args.stream()
                .map(a -> a.equals(WeatherJobs.DIRECTORY) ? shared.toString() : a)
                .toList();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        int status = WeatherProgram.run(here, process.env(), new PrintStream(written, true, StandardCharsets.UTF_8));
        process.print(written.toString(StandardCharsets.UTF_8).stripTrailing());
        return status;
    }

    private String text() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
