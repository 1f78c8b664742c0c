package io.portolan.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.BuildEvent;
import io.portolan.image.DockerfileBuild;
import io.portolan.image.FilesBuild;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.image.ImageReference;
import io.portolan.portability.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images: what is built is what runs, and what is published is pinned. */
@DisplayName("Images")
public abstract class ImageConformance extends Conformance {
    private static final String PLACE = "/data/message.txt";

    @TempDir
    Path directory = Path.of("");

    /** For subclasses. */
    protected ImageConformance() {}

    private Path message(String text) {
        return write("message.txt", text);
    }

    private Path write(String file, String text) {
        try {
            return Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String repository() {
        return application() + "/" + name("image");
    }

    private FilesBuild files(String text) {
        return ImageBuild.files(harness().baseImage()).named(repository(), "1").add(message(text), PLACE);
    }

    private DockerfileBuild dockerfile(String... lines) {
        write("Dockerfile", String.join("\n", lines) + "\n");
        return ImageBuild.dockerfile(directory).named(repository(), "1");
    }

    private List<String> whatItHolds(Image image) {
        Image there =
                harness().runsUnpublishedImages() ? image : cloud().images().publish(image);
        return output(job(new TestProgram.ReadFile(PLACE)).image(there));
    }

    @Nested
    @DisplayName("A build")
    class Builds {
        @Test
        @Needs({Capability.FILES_BUILD, Capability.JOBS})
        @DisplayName("of files on a base can be run, and holds the files")
        void filesBuild_always_holdsTheFiles() {
            ImageBuild build = files("from files");

            Image image = cloud().images().build(build);

            assertThat(image.reference()).isEqualTo(build.target());
            assertThat(image.id()).startsWith("sha256:");
            assertThat(whatItHolds(image)).containsExactly("from files");
        }

        @Test
        @Needs(Capability.FILES_BUILD)
        @DisplayName("of the same files gives the same image, of others another")
        void filesBuild_sameInput_givesTheSameId() {
            String first = cloud().images().build(files("same")).id();
            String second = cloud().images().build(files("same")).id();
            String other = cloud().images().build(files("other")).id();

            assertThat(second).isEqualTo(first);
            assertThat(other).isNotEqualTo(first);
        }

        @Test
        @Needs({Capability.DOCKERFILE_BUILD, Capability.JOBS})
        @DisplayName("of a Dockerfile can be run, holds the files, and tells its steps")
        void dockerfileBuild_always_holdsTheFiles() {
            message("from a Dockerfile");
            List<BuildEvent> events = new CopyOnWriteArrayList<>();

            Image image = cloud().images()
                    .build(dockerfile("FROM " + harness().baseImage(), "COPY message.txt " + PLACE), events::add);

            assertThat(whatItHolds(image)).containsExactly("from a Dockerfile");
            assertThat(events).anyMatch(e -> e.message().contains("COPY"));
        }

        @Test
        @Needs(Capability.DOCKERFILE_BUILD)
        @DisplayName("of a Dockerfile with a step that fails fails, and names the step")
        void dockerfileBuild_badStep_fails() {
            DockerfileBuild bad = dockerfile("FROM " + harness().baseImage(), "RUN exit 3");

            PortolanException failed = catchThrowableOfType(
                    PortolanException.class, () -> cloud().images().build(bad));

            assertThat(failed).as("the build fails").isNotNull();
            assertThat(failed.code()).isEqualTo(ErrorCode.FAILED);
            assertThat(failed.getMessage()).contains("exit 3");
            assertThat(cloud().images().resolve(bad.target())).isEmpty();
        }

        @Test
        @Needs(Capability.FILES_BUILD)
        @DisplayName("is found by its name, also by another name that it was given")
        void build_named_isFound() {
            Image image = cloud().images().build(files("found"));
            ImageReference other = image.reference().withTag("stable");

            cloud().images().tag(image, other);

            assertThat(cloud().images().resolve(image.reference()).map(Image::id))
                    .contains(image.id());
            assertThat(cloud().images().resolve(other).map(Image::id)).contains(image.id());
        }
    }

    @Nested
    @Needs({Capability.IMAGE_PUBLISH, Capability.FILES_BUILD})
    @DisplayName("Publishing")
    class Publishing {
        @Test
        @Needs(Capability.JOBS)
        @DisplayName("pins the image to its digest, and that can be run")
        void publish_built_isPinnedAndRuns() {
            Image published = cloud().images().publish(cloud().images().build(files("published")));

            assertThat(published.digest().isPresent()).isEqualTo(harness().hasRegistry());
            assertThat(published.reference().digest()).isEqualTo(published.digest());
            assertThat(whatItHolds(published)).containsExactly("published");
        }

        @Test
        @DisplayName("the same image again gives the same digest, which resolves to it")
        void publish_again_givesTheSameDigest() {
            Image built = cloud().images().build(files("again"));
            Image first = cloud().images().publish(built);
            Image second = cloud().images().publish(built);

            assertThat(second.digest()).isEqualTo(first.digest());
            assertThat(cloud().images().resolve(first.reference()).flatMap(Image::digest))
                    .isEqualTo(first.digest());
        }

        @Test
        @DisplayName("to a registry of the caller's choice lets the image be pulled from there")
        void push_toARegistry_canBePulled() {
            Image built = cloud().images().build(files("pushed"));

            harness().pushTarget(repository()).ifPresent(target -> {
                Image pushed = cloud().images().push(built, target);
                assertThat(cloud().images().pull(pushed.reference()).digest()).isEqualTo(pushed.digest());
            });
        }
    }

    @Nested
    @DisplayName("An image that is nowhere")
    class Missing {
        @Test
        @DisplayName("resolves to nothing")
        void resolve_unknown_isEmpty() {
            assertThat(cloud().images().resolve(harness().missingImage(repository())))
                    .isEmpty();
        }

        @Test
        @DisplayName("cannot be published, and that is an error")
        @Needs(value = Capability.IMAGE_PUBLISH, tellsALack = false)
        void publish_unknown_fails() {
            Image unknown = new Image(
                    ImageReference.parse(repository() + ":none"),
                    "sha256:" + "0".repeat(64),
                    io.portolan.image.Architecture.AMD64,
                    null);

            PortolanException failed = catchThrowableOfType(
                    PortolanException.class, () -> cloud().images().publish(unknown));

            assertThat(failed).isNotNull();
            assertThat(failed.code()).isIn(ErrorCode.NOT_FOUND, ErrorCode.FAILED);
        }
    }
}
