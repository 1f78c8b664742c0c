package io.portolan.local.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildContextTest {
    @TempDir
    private Path folder;

    private Path root() throws IOException {
        return folder.toRealPath().resolve("context");
    }

    private void files(String ignore, String... names) throws IOException {
        for (String name : names) {
            Path file = root().resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
        Files.writeString(root().resolve(".dockerignore"), ignore);
    }

    private List<String> sent(String dockerfile) throws IOException {
        Path tar = folder.resolve("context.tar");
        new BuildContext(root(), dockerfile).write(tar);
        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(tar))) {
            for (TarArchiveEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
                names.add(e.getName() + (e.isSymbolicLink() ? " -> " + e.getLinkName() : ""));
            }
        }
        return names;
    }

    @Test
    void ignoredFiles_areNotSent_butDockerfileAndIgnoreFileAre() throws IOException {
        files("*\n!app\napp/*.tmp", "Dockerfile", "pom.xml", "app/a.txt", "app/b.tmp", "target/x.jar");

        assertThat(sent("Dockerfile")).containsExactlyInAnyOrder(".dockerignore", "Dockerfile", "app/", "app/a.txt");
    }

    @Test
    void exceptionWithinIgnoredDirectory_isSent() throws IOException {
        files("target\n!target/app.jar", "docker/Dockerfile", "target/app.jar", "target/classes/A.class");

        assertThat(sent("docker/Dockerfile"))
                .containsExactlyInAnyOrder(".dockerignore", "docker/", "docker/Dockerfile", "target/app.jar");
    }

    @Test
    void dockerfileWithinIgnoredDirectory_isSent() throws IOException {
        files("docker", "docker/Dockerfile", "docker/other", "a");

        assertThat(sent("docker/Dockerfile")).containsExactlyInAnyOrder(".dockerignore", "docker/Dockerfile", "a");
    }

    @Test
    void symbolicLinks_areSentAsLinks_evenIfTheyPointToNothing() throws IOException {
        files("", "Dockerfile", "real/a");
        Files.createSymbolicLink(root().resolve("link"), Path.of("real"));
        Files.createSymbolicLink(root().resolve("gone"), Path.of("../nowhere"));

        assertThat(sent("Dockerfile")).contains("link -> real", "gone -> ../nowhere", "real/a");
    }
}
