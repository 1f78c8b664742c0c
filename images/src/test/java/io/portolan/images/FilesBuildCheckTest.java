package io.portolan.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.image.FilesBuild;
import io.portolan.image.ImageBuild;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesBuildCheckTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void prepare() throws IOException {
        file = Files.writeString(folder.resolve("file"), "x");
    }

    private static List<Violation> violations(FilesBuild build) {
        InvalidSpecException error =
                catchThrowableOfType(InvalidSpecException.class, () -> FilesImageBuilder.check(build));
        return error == null ? List.of() : error.violations();
    }

    private static List<String> paths(FilesBuild build) {
        return violations(build).stream().map(Violation::path).toList();
    }

    private Path jar(String name, String... entries) throws IOException {
        Path jar = folder.resolve(name);
        Files.createDirectories(jar.getParent());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            for (String entry : entries) {
                zip.putNextEntry(new JarEntry(entry));
                zip.closeEntry();
            }
        }
        return jar;
    }

    @Test
    void allViolations_areReportedAtOnce() {
        FilesBuild build = ImageBuild.files("Not A Base")
                .add(file, "relative")
                .add(file, "/up/../x")
                .add(file, "/into/")
                .add(new FilesBuild.Entry(file, "/mode", 01777))
                .add(folder.resolve("missing"), "/missing")
                .jvmOptions("-Xmx1g")
                .env("9=", "x")
                .user("a b")
                .workingDirectory("here");

        assertThat(paths(build))
                .containsExactlyInAnyOrder(
                        "base",
                        "target",
                        "entries[0].destination",
                        "entries[1].destination",
                        "entries[2].destination",
                        "entries[3].mode",
                        "entries[4].source",
                        "jvmOptions",
                        "env.9=",
                        "user",
                        "workingDirectory");
    }

    @Test
    void sameDestination_isRefused_butDirectoriesMerge() throws IOException {
        Path one = Files.createDirectories(folder.resolve("one/sub"));
        Path two = Files.createDirectories(folder.resolve("two/sub"));
        Files.writeString(one.resolve("a"), "1");
        Files.writeString(two.resolve("b"), "2");
        FilesBuild merged = ImageBuild.files("scratch")
                .entrypoint("/a")
                .named("x", "1")
                .add(folder.resolve("one"), "/")
                .add(folder.resolve("two"), "/");
        assertThatCode(() -> FilesImageBuilder.check(merged)).doesNotThrowAnyException();

        assertThat(violations(merged.add(file, "/sub/a")))
                .singleElement()
                .satisfies(v -> assertThat(v.value()).isEqualTo("/sub/a"));
    }

    @Test
    void scratch_withoutEntrypoint_isRefused() {
        assertThat(paths(ImageBuild.files("scratch").named("x", "1"))).containsExactly("entrypoint");
    }

    @Test
    void links_thatLoopOrDangle_areRefused() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree/sub"));
        Files.createSymbolicLink(tree.resolve("loop"), Path.of(".."));
        Files.createSymbolicLink(tree.resolve("gone"), Path.of("nowhere"));
        FilesBuild build =
                ImageBuild.files("scratch").entrypoint("/a").named("x", "1").add(folder.resolve("tree"), "/t");

        assertThat(violations(build))
                .extracting(Violation::rule)
                .containsExactlyInAnyOrder(
                        "is a symbolic link that leads back to a directory above it",
                        "is a symbolic link that points to nothing");
    }

    @Test
    void missingTarArchive_isRefused() {
        assertThat(violations(
                        ImageBuild.files("tar:" + folder.resolve("no.tar")).named("x", "1")))
                .singleElement()
                .satisfies(v -> assertThat(v.rule()).isEqualTo("names no readable file"));
    }

    @Test
    void java_wrongClasspathAndScratchAndEntrypoint_areRefused() {
        FilesBuild build = ImageBuild.java("com.acme.Main", folder.resolve("gone.jar"), file)
                .base("scratch")
                .entrypoint("java")
                .named("x", "1");

        assertThat(paths(build)).containsExactlyInAnyOrder("base", "entrypoint", "classpath[0]", "classpath[1]");
    }

    @Test
    void java_mainClassThatIsNowhere_isRefused() throws IOException {
        Path jar = jar("app.jar", "com/acme/Other.class");

        assertThat(violations(ImageBuild.java("com.acme.Main", jar).named("x", "1")))
                .singleElement()
                .satisfies(v -> assertThat(v.rule()).isEqualTo("is in no entry of the class path"));
        assertThat(paths(ImageBuild.java("no class!", jar).named("x", "1"))).containsExactly("mainClass");
        assertThat(paths(ImageBuild.java("com.acme.Main").named("x", "1"))).containsExactly("classpath");
    }

    @Test
    void java_jarThatIsNone_isRefused() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.jar"), "no zip");
        Path good = jar("app.jar", "Main.class");

        assertThat(paths(ImageBuild.java("Main", good, broken).named("x", "1"))).containsExactly("classpath[1]");
    }
}
