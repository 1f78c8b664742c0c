package io.portolan.local.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.image.DockerfileBuild;
import io.portolan.image.ImageBuild;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerfileBuilderTest {
    @TempDir
    private Path folder;

    private static List<String> paths(DockerfileBuild build) {
        return catchThrowableOfType(InvalidSpecException.class, () -> DockerfileBuilder.check(build))
                .violations()
                .stream()
                .map(Violation::path)
                .toList();
    }

    @Test
    void allViolations_areReportedAtOnce() {
        assertThat(paths(ImageBuild.dockerfile(folder.resolve("none")).buildArg("a b", "c")))
                .containsExactly("target", "context", "buildArgs");
    }

    @Test
    void dockerfile_mustBeAFileWithinTheContext() {
        DockerfileBuild build = ImageBuild.dockerfile(folder).named("a", "1");

        assertThat(paths(build)).containsExactly("dockerfile");
        assertThat(paths(build.dockerfile("../Dockerfile"))).containsExactly("dockerfile");
        assertThat(paths(build.dockerfile("/etc/passwd"))).containsExactly("dockerfile");
    }
}
