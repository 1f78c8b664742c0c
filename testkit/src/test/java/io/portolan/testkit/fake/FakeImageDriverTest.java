package io.portolan.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.image.BuildEvent;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import io.portolan.run.LogSource;
import io.portolan.spec.JobSpec;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.ImageDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeImageDriverTest {
    private final FakePlatform platform = FakePlatform.create();
    private final CloudDriver driver = FakeSetup.open(FakeProvider.on(platform));
    private final ImageDriver images = driver.images();
    private final List<BuildEvent> events = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        driver.close();
        platform.close();
    }

    private Image buildFiles(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("data.txt"), content);
        return images.build(
                ImageBuild.files("base:1")
                        .named("etl", "1")
                        .add(file, "/data.txt")
                        .entrypoint("/run"),
                events::add);
    }

    @Test
    void build_filesOnABase_runsTheProgramOfTheBaseWithTheFiles() throws IOException {
        platform.program("base:1", process -> {
            process.print(process.command() + process.files().read("/data.txt").orElse(""));
            return 0;
        });

        Image image = buildFiles("42");

        ExecutionId id =
                FakeRuns.run(driver, JobSpec.builder("etl").image(image).build());
        await().untilAsserted(() -> assertThat(driver.logs()
                        .readTask(id, LogSource.attempt(0, 0), null, 9)
                        .lines())
                .extracting(line -> line.text())
                .containsExactly("[/run]42"));
        assertThat(events).isNotEmpty();
    }

    @Test
    void build_sameInputs_givesTheSameId() throws IOException {
        assertThat(buildFiles("42").id()).isEqualTo(buildFiles("42").id());
        assertThat(buildFiles("43").id()).isNotEqualTo(buildFiles("42").id());
    }

    @Test
    void build_dockerfileWithAFailingStep_fails() throws IOException {
        Files.writeString(directory.resolve("Dockerfile"), "FROM base:1\nRUN exit 3\n");

        assertThatThrownBy(() -> images.build(ImageBuild.dockerfile(directory).named("etl", "2"), events::add))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FAILED))
                .hasMessageContaining("RUN exit 3");
    }

    @Test
    void publish_built_pinsToTheDigestAndCanBeRunAndFound() throws IOException {
        Image published = images.publish(buildFiles("42"), events::add);

        assertThat(published.reference().toString()).startsWith("registry.fake/app/etl:1@sha256:");
        assertThat(images.resolve(published.reference())).contains(published);
        assertThat(images.pull(published.reference(), null, events::add)).isEqualTo(published);
    }

    @Test
    void push_withWrongCredentials_isUnauthenticated() throws IOException {
        RegistryCredentials good = new RegistryCredentials("me", "pass");
        platform.registry("ghcr.io", good);
        Image image = buildFiles("42");
        ImageReference target = ImageReference.parse("ghcr.io/acme/etl:1");

        assertThatThrownBy(() -> images.push(image, target, null, events::add))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
        assertThat(images.push(image, target, good, events::add).digest()).isPresent();
    }

    @Test
    void tag_known_isTheSameImage() throws IOException {
        Image image = buildFiles("42");

        assertThat(images.tag(image, ImageReference.parse("etl:stable")).id()).isEqualTo(image.id());
        assertThat(images.resolve(ImageReference.parse("etl:stable"))).isPresent();
    }

    @Test
    void pull_unknown_isNotFound() {
        assertThatThrownBy(() -> images.pull(ImageReference.parse("ghcr.io/acme/none:1"), null, events::add))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }
}
