package io.portolan.local.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.dockerjava.api.exception.NotFoundException;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.UnsupportedSpecException;
import io.portolan.image.Architecture;
import io.portolan.image.BuildEvent;
import io.portolan.image.DockerfileBuild;
import io.portolan.image.FilesBuild;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import io.portolan.local.fixture.BusyboxImage;
import io.portolan.local.fixture.TestEngine;
import io.portolan.spi.ImageDriver;
import io.portolan.testkit.LocalRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds, pushes and pulls of a real engine with a real registry. */
@Tag("docker")
class LocalImageDriverIT {
    @TempDir
    private static Path shared;

    private static LocalRegistry registry;
    private static LocalRegistry locked;

    @TempDir
    private Path folder;

    private final List<BuildEvent> events = new ArrayList<>();
    private final Set<String> made = new LinkedHashSet<>();
    private TestEngine engine;
    private ImageDriver images;
    private String base;

    @BeforeAll
    static void start() throws IOException {
        registry = LocalRegistry.open(Files.createDirectory(shared.resolve("open")));
        locked = LocalRegistry.withLogin(Files.createDirectory(shared.resolve("locked")));
    }

    @AfterAll
    static void stop() {
        registry.close();
        locked.close();
    }

    @BeforeEach
    void connect() {
        engine = new TestEngine();
        base = BusyboxImage.on(engine.docker());
        images = images(Map.of());
    }

    @AfterEach
    void clean() {
        for (String image : made) {
            try {
                engine.docker().removeImageCmd(image).withForce(true).exec();
            } catch (NotFoundException e) {
                // Removed by the test, or one image under two names.
            }
        }
        engine.close();
    }

    private ImageDriver images(Map<String, String> settings) {
        var all = new java.util.HashMap<>(settings);
        all.put("image-cache-dir", shared.resolve("cache").toString());
        return engine.driver(all).images();
    }

    private String name() {
        return "portolan-test-" + engine.application();
    }

    private Image known(Image image) {
        ImageReference reference = image.reference();
        made.add(reference.toString());
        // The engine keeps the tag when only the name with the digest is removed.
        reference.tag().ifPresent(tag -> made.add(reference.name() + ":" + tag));
        return image;
    }

    private DockerfileBuild dockerfile(String... lines) throws IOException {
        Files.writeString(folder.resolve("Dockerfile"), String.join("\n", lines) + "\n");
        return ImageBuild.dockerfile(folder).named(name(), "1");
    }

    private String run(String image, String... command) {
        try (var process = new Run(engine.docker(), image, command)) {
            return process.output();
        }
    }

    @Test
    void dockerfile_isBuiltWithIgnoreFileArgumentsAndStage() throws IOException {
        Files.writeString(folder.resolve("kept.txt"), "kept");
        Files.writeString(folder.resolve("dropped.txt"), "dropped");
        Files.writeString(folder.resolve(".dockerignore"), "*.txt\n!kept.txt\n");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("kept.txt"));
        DockerfileBuild build = dockerfile(
                        "FROM " + base + " AS wanted",
                        "ARG COLOUR=none",
                        "WORKDIR /app",
                        "COPY . .",
                        "RUN echo colour=$COLOUR > colour",
                        "FROM " + base,
                        "RUN false")
                .buildArg("COLOUR", "blue")
                .stage("wanted");

        Image image = known(images.build(build, events::add));

        assertThat(run(image.id(), "sh", "-c", "ls; cat colour; cat link"))
                .isEqualTo("Dockerfile\ncolour\nkept.txt\nlink\ncolour=blue\nkept");
        assertThat(image.reference()).isEqualTo(build.target());
        assertThat(image.digest()).isEmpty();
        assertThat(events).extracting(BuildEvent::step).contains("context", "STEP 1/8", "STEP 8/8");
        var inspected =
                engine.docker().inspectImageCmd(build.target().toString()).exec();
        assertThat(inspected.getId()).isEqualTo(image.id());
        assertThat(inspected.getConfig().getLabels())
                .containsEntry("io.portolan.managed", "true")
                .containsEntry("io.portolan.application", engine.application())
                .containsEntry("io.portolan.kind", "image");
    }

    @Test
    void failingStep_isNamedWithItsLastLines() throws IOException {
        DockerfileBuild build =
                dockerfile("FROM " + base, "RUN echo before", "RUN echo the reason && exit 7", "RUN echo after");

        PortolanException error = catchThrowableOfType(PortolanException.class, () -> images.build(build, events::add));

        assertThat(error.code()).isEqualTo(ErrorCode.FAILED);
        assertThat(error)
                .hasMessageContaining(" : RUN echo the reason")
                .hasMessageContaining("non-zero code: 7")
                .hasMessageContaining("last lines:")
                .hasMessageContaining("the reason")
                .hasMessageNotContaining("before");
        assertThat(images.resolve(ImageReference.parse(base))).isPresent();
    }

    @Test
    void unknownInstruction_isAFailure() throws IOException {
        DockerfileBuild build = dockerfile("FROM " + base, "RUNN x");

        assertThatThrownBy(() -> images.build(build, events::add))
                .hasMessageContaining("unknown instruction: RUNN")
                .extracting(e -> ((PortolanException) e).code())
                .isEqualTo(ErrorCode.FAILED);
    }

    @Test
    void absentBase_isNotFound() throws IOException {
        DockerfileBuild build = dockerfile("FROM " + registry.image("none:1"));

        assertThatThrownBy(() -> images.build(build, events::add))
                .extracting(e -> ((PortolanException) e).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void featureOfBuildKit_withoutBuildx_isUnsupportedBeforeAnythingIsSent() throws IOException {
        ImageDriver without =
                images(Map.of("docker-command", folder.resolve("none").toString()));
        DockerfileBuild build = dockerfile("FROM " + base, "RUN --mount=type=cache,target=/x true");

        assertThatThrownBy(() -> without.build(build, events::add))
                .isInstanceOf(UnsupportedSpecException.class)
                .hasMessageContaining("RUN --mount")
                .hasMessageContaining("docker-buildx");
        assertThat(events).isEmpty();
    }

    @Test
    void otherArchitectureThanTheBase_isRefused() throws IOException {
        Architecture other =
                images.resolve(ImageReference.parse(base)).orElseThrow().architecture() == Architecture.AMD64
                        ? Architecture.ARM64
                        : Architecture.AMD64;
        DockerfileBuild build = dockerfile("FROM " + base, "LABEL a=b").architecture(other);
        made.add(build.target().toString());

        assertThatThrownBy(() -> images.build(build, events::add))
                .isInstanceOf(PortolanException.class)
                .hasMessageContaining(other.ociName());
    }

    @Test
    void files_onABaseOfTheEngine_areTheSameImageTwice_andRun() throws IOException {
        Path script = Files.writeString(folder.resolve("hello.sh"), "#!/bin/sh\necho hello $1\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        FilesBuild build = ImageBuild.files(base)
                .add(script, "/hello.sh")
                .entrypoint("/hello.sh")
                .named(name(), "files");

        Image first = known(images.build(build, events::add));
        assertThat(run(first.id(), "world")).isEqualTo("hello world");

        engine.docker().removeImageCmd(first.id()).withForce(true).exec();
        Image second = known(images.build(build, events::add));
        Image third = known(images.build(build, events::add));

        assertThat(second).isEqualTo(first);
        assertThat(third).isEqualTo(first);
        assertThat(images.resolve(build.target())).contains(first);
    }

    @Test
    void files_onABaseThatTheEngineLacks_areBuiltFromTheRegistry() throws IOException {
        Image pushed = known(images.push(
                images.resolve(ImageReference.parse(base)).orElseThrow(), registry.image("base:1"), null, events::add));
        engine.docker()
                .removeImageCmd(registry.image("base:1").toString())
                .withForce(true)
                .exec();
        Path data = Files.writeString(folder.resolve("data"), "from the registry");
        FilesBuild build = ImageBuild.files(pushed.reference().toString())
                .add(data, "/data/x")
                .named(name(), "reg");

        Image image = known(images.build(build, events::add));

        assertThat(run(image.id(), "cat", "/data/x")).isEqualTo("from the registry");
        assertThat(events).anySatisfy(e -> assertThat(e.message()).startsWith("pulling "));
    }

    @Test
    void push_pinsTheDigest_andThePullByDigestRuns() throws IOException {
        Image built = known(images.build(dockerfile("FROM " + base, "RUN echo pulled > /x"), events::add));

        Image pushed = known(images.push(built, registry.image("app:1"), null, events::add));

        assertThat(pushed.digest()).isPresent();
        assertThat(pushed.reference().digest()).isEqualTo(pushed.digest());
        assertThat(pushed.id()).isEqualTo(built.id());
        for (String name :
                List.of(built.reference().toString(), registry.image("app:1").toString())) {
            engine.docker().removeImageCmd(name).withForce(true).exec();
        }
        assertThat(images.resolve(registry.image("app:1"))).contains(pushed);

        Image pulled = known(images.pull(ImageReference.parse(pushed.reference().toString()), null, events::add));

        assertThat(pulled).isEqualTo(pushed);
        assertThat(run(pulled.id(), "cat", "/x")).isEqualTo("pulled");
        assertThat(images.resolve(pulled.reference())).contains(pushed);
    }

    @Test
    void push_withWrongCredentials_isUnauthenticated_andWithRightOnesSucceeds() {
        Image image = images.resolve(ImageReference.parse(base)).orElseThrow();
        ImageReference target = locked.image("app:1");
        made.add(target.toString());

        PortolanException error = catchThrowableOfType(
                PortolanException.class,
                () -> images.push(image, target, new RegistryCredentials("tester", "battery-staple"), events::add));

        assertThat(error.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(error.getMessage()).contains(locked.host()).doesNotContain("battery-staple");
        assertThatThrownBy(() -> images.push(image, target, null, events::add))
                .extracting(e -> ((PortolanException) e).code())
                .isEqualTo(ErrorCode.UNAUTHENTICATED);
        Image pushed = images.push(image, target, LocalRegistry.USER, events::add);
        assertThat(images.pull(pushed.reference(), LocalRegistry.USER, events::add))
                .isEqualTo(pushed);
    }

    @Test
    void push_toADeadRegistry_isAnErrorAndNeverASuccess() {
        Image image = images.resolve(ImageReference.parse(base)).orElseThrow();
        ImageReference target = ImageReference.parse("127.0.0.1:" + LocalRegistry.freePort() + "/app:1");
        made.add(target.toString());

        PortolanException error =
                catchThrowableOfType(PortolanException.class, () -> images.push(image, target, null, events::add));

        assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(error.isRetryable()).isTrue();
        assertThat(error).hasMessageContaining(target.registry());
    }

    @Test
    void pull_ofAbsentImages_hasItsCode() {
        assertThatThrownBy(() -> images.pull(registry.image("none:1"), null, events::add))
                .extracting(e -> ((PortolanException) e).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThatThrownBy(() -> images.pull(locked.image("none:1"), null, events::add))
                .extracting(e -> ((PortolanException) e).code())
                .isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThatThrownBy(() -> images.pull(
                        ImageReference.parse("127.0.0.1:" + LocalRegistry.freePort() + "/x:1"), null, events::add))
                .extracting(e -> ((PortolanException) e).code())
                .isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(images.resolve(registry.image("none:1"))).isEmpty();
    }

    @Test
    void publish_withARegistry_pushesThereAndPins() throws IOException {
        ImageDriver publishing = images(Map.of("registry", registry.host() + "/team"));
        Image built = known(images.build(dockerfile("FROM " + base, "LABEL a=published"), events::add));

        Image published = known(publishing.publish(built, events::add));

        assertThat(published.reference().name()).isEqualTo(registry.host() + "/team/" + name());
        assertThat(published.digest()).isPresent();
    }

    @Test
    void publish_withoutARegistry_staysInTheEngine() throws IOException {
        Image built = known(images.build(dockerfile("FROM " + base, "LABEL a=local"), events::add));

        assertThat(images.publish(built, events::add)).isEqualTo(built);
    }

    @Test
    void tag_givesAnotherName_andUnknownImagesAreNotFound() {
        Image image = images.resolve(ImageReference.parse(base)).orElseThrow();
        Image other = known(images.tag(image, ImageReference.parse(name() + ":other")));

        assertThat(images.resolve(other.reference()).map(Image::id)).contains(image.id());
        Image gone = new Image(
                ImageReference.parse(name() + ":gone"), "sha256:" + "0".repeat(64), image.architecture(), null);
        assertThatThrownBy(() -> images.tag(gone, ImageReference.parse(name() + ":x")))
                .extracting(e -> ((PortolanException) e).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }
}
