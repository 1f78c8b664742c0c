package io.portolan.local.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.Architecture;
import io.portolan.image.BuildEvent;
import io.portolan.image.DockerfileBuild;
import io.portolan.image.ImageBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command is played by a script; how BuildKit itself builds is not tested here. */
class BuildxBuildTest {
    @TempDir
    private Path folder;

    private BuildxBuild command(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("docker"), "#!/bin/sh\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return new BuildxBuild(file.toString(), "unix:///engine.sock");
    }

    private DockerfileBuild build() {
        return ImageBuild.dockerfile(folder).named("app", "1");
    }

    @Test
    void words_carryTheWholeBuild() {
        DockerfileBuild build = build().dockerfile("docker/Dockerfile")
                .buildArg("A", "b")
                .stage("test")
                .architecture(Architecture.ARM64)
                .noCache(true);

        assertThat(new BuildxBuild("docker", "x").words(build, Map.of("l", "m"), Path.of("/id")))
                .containsExactly(
                        "docker",
                        "buildx",
                        "build",
                        "--load",
                        "--progress",
                        "plain",
                        "--iidfile",
                        "/id",
                        "--tag",
                        "app:1",
                        "--file",
                        folder + "/docker/Dockerfile",
                        "--label",
                        "l=m",
                        "--build-arg",
                        "A=b",
                        "--target",
                        "test",
                        "--platform",
                        "linux/arm64",
                        "--no-cache",
                        folder.toString());
    }

    @Test
    void availability_isAskedOfTheCommand() throws IOException {
        assertThat(command("test \"$1 $2\" = 'buildx version'").isAvailable()).isTrue();
        assertThat(command("echo \"docker: 'buildx' is not a docker command.\" >&2; exit 1")
                        .isAvailable())
                .isFalse();
        assertThat(new BuildxBuild(folder.resolve("none").toString(), "x").isAvailable())
                .isFalse();
    }

    @Test
    void success_givesTheIdAndTheLines() throws IOException {
        List<BuildEvent> events = new ArrayList<>();
        String id = command("echo \"engine $DOCKER_HOST\" >&2\nprintf sha256:abc > \"$7\"\n")
                .run(build(), Map.of(), events::add);

        assertThat(id).isEqualTo("sha256:abc");
        assertThat(events).extracting(BuildEvent::message).containsExactly("engine unix:///engine.sock");
    }

    @Test
    void failure_holdsTheLastLines() throws IOException {
        BuildxBuild buildx = command("echo '#7 ERROR: process \"make\" did not complete'; exit 1");

        assertThatThrownBy(() -> buildx.run(build(), Map.of(), e -> {}))
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("did not complete")
                .extracting(e -> ((PortolanException) e).code())
                .isEqualTo(ErrorCode.FAILED);
    }

    @Test
    void successWithoutAnId_isAFailure() throws IOException {
        BuildxBuild buildx = command("exit 0");

        assertThatThrownBy(() -> buildx.run(build(), Map.of(), e -> {})).hasMessageContaining("failed");
    }
}
