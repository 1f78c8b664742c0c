package io.portolan.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.error.ErrorCode;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.image.Architecture;
import io.portolan.image.BuildEvent;
import io.portolan.image.FilesBuild;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.images.internal.archive.ImageArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesImageBuilderTest {
    @TempDir
    private Path folder;

    private FilesImageBuilder builder;
    private Path tree;

    @BeforeEach
    void prepare() throws IOException {
        builder = new FilesImageBuilder(new ImageCache(folder.resolve("cache")), RegistryAccess.anonymous());
        tree = tree("one", "b.txt", "a.txt", "sub/c.txt");
    }

    private Path tree(String name, String... files) throws IOException {
        Path root = folder.resolve(name);
        for (String file : files) {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "content of " + file);
        }
        return root;
    }

    private static FilesBuild of(Path source) {
        return ImageBuild.files("scratch")
                .add(source, "/data")
                .entrypoint("/data/a.txt")
                .env("A", "b")
                .label("l", "m")
                .user("1000")
                .workingDirectory("/data")
                .named("test", "1");
    }

    private Image build(FilesBuild build, String name) {
        return builder.toArchive(build, folder.resolve(name), e -> {});
    }

    @Test
    void sameContent_otherTimesAndOrderAndCache_givesTheSameId() throws IOException {
        Path other = tree("two", "sub/c.txt", "a.txt", "b.txt");
        Files.setLastModifiedTime(other.resolve("a.txt"), FileTime.fromMillis(1_000_000));
        FilesImageBuilder fresh =
                new FilesImageBuilder(new ImageCache(folder.resolve("other-cache")), RegistryAccess.anonymous());

        Image first = build(of(tree), "one.tar");
        Image second = fresh.toArchive(of(other), folder.resolve("two.tar"), e -> {});

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(folder.resolve("two.tar")).hasSameBinaryContentAs(folder.resolve("one.tar"));
    }

    @Test
    void changedContent_ofTheSameTime_givesAnotherId() throws IOException {
        Path file = tree.resolve("a.txt");
        FileTime time = Files.getLastModifiedTime(file);
        Image before = build(of(tree), "one.tar");
        Files.writeString(file, "CONTENT of a.txt");
        Files.setLastModifiedTime(file, time);

        assertThat(build(of(tree), "two.tar").id()).isNotEqualTo(before.id());
    }

    @Test
    void archive_holdsWhatTheBuildSays() throws IOException {
        List<BuildEvent> events = new ArrayList<>();
        Image image = builder.toArchive(of(tree), folder.resolve("one.tar"), events::add);

        try (ImageArchive archive = ImageArchive.open(folder.resolve("one.tar"))) {
            assertThat(archive.imageId()).isEqualTo(image.id());
            assertThat(archive.architecture()).contains(image.architecture());
            var config = archive.configTree().path("config");
            assertThat(config.path("Entrypoint").toString()).isEqualTo("[\"/data/a.txt\"]");
            assertThat(config.path("Env").toString()).isEqualTo("[\"A=b\"]");
            assertThat(config.path("Labels").toString()).isEqualTo("{\"l\":\"m\"}");
            assertThat(config.path("User").asText()).isEqualTo("1000");
            assertThat(config.path("WorkingDir").asText()).isEqualTo("/data");
            assertThat(archive.configTree().path("created").asText()).isEqualTo("1970-01-01T00:00:00Z");
        }
        assertThat(image.reference()).hasToString("test:1");
        assertThat(image.digest()).isEmpty();
        assertThat(events).last().satisfies(e -> assertThat(e.message()).isEqualTo("test:1 is " + image.id()));
    }

    @Test
    void modes_areKeptOrAsGiven_andLinksFollowed() throws IOException {
        Path script = tree.resolve("run.sh");
        Files.writeString(script, "#!/bin/sh\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(tree.resolve("link"), Path.of("run.sh"));
        Path one = Files.writeString(folder.resolve("secretive"), "x");
        FilesBuild build = of(tree).add(new FilesBuild.Entry(one, "/secretive", 0600));
        build(build, "one.tar");

        assertThat(layer(0))
                .contains("data/run.sh 755", "data/link 755", "data/a.txt 644", "data/sub/ 755")
                .isSorted();
        assertThat(layer(1)).containsExactly("secretive 600");
    }

    private List<String> layer(int index) throws IOException {
        List<String> found = new ArrayList<>();
        try (ImageArchive archive = ImageArchive.open(folder.resolve("one.tar"));
                TarArchiveInputStream tar = new TarArchiveInputStream(archive.plainLayer(index))) {
            for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
                assertThat(e.getLongUserId() + e.getLongGroupId()).isZero();
                found.add(e.getName() + " " + Integer.toOctalString(e.getMode() & 07777));
            }
        }
        return found;
    }

    @Test
    void archiveBase_isKeptBelow() throws IOException {
        build(of(tree), "base.tar");
        FilesBuild onTop = ImageBuild.files("tar:" + folder.resolve("base.tar"))
                .add(tree("more", "d.txt"), "/more")
                .env("C", "d")
                .named("test", "2");
        build(onTop, "one.tar");

        try (ImageArchive archive = ImageArchive.open(folder.resolve("one.tar"))) {
            assertThat(archive.diffIds()).hasSize(2);
            var config = archive.configTree().path("config");
            assertThat(config.path("Entrypoint").toString()).isEqualTo("[\"/data/a.txt\"]");
            assertThat(config.path("Env").toString()).contains("A=b", "C=d");
        }
    }

    @Test
    void archiveBase_ofAnotherArchitecture_isRefused() {
        build(of(tree).architecture(Architecture.ARM64), "base.tar");
        FilesBuild build = ImageBuild.files("tar:" + folder.resolve("base.tar"))
                .architecture(Architecture.AMD64)
                .named("test", "2");

        assertThatThrownBy(() -> build(build, "one.tar"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("architecture was 'amd64'")
                .hasMessageContaining("linux/arm64");
        assertThat(folder.resolve("one.tar")).doesNotExist();
    }

    @Test
    void archiveBase_thatIsNone_isRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("no.tar"), "no archive");

        assertThatThrownBy(() -> build(ImageBuild.files("tar:" + file).named("test", "2"), "one.tar"))
                .hasMessageContaining("docker save")
                .extracting(e -> ((PortolanException) e).code())
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void wrongInputs_areRefusedBeforeTheRegistryIsAsked() {
        FilesBuild build = ImageBuild.files("registry.invalid/base:1")
                .add(folder.resolve("missing"), "/x")
                .named("test", "1");

        assertThatThrownBy(() -> build(build, "one.tar"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("names no file or directory");
    }
}
