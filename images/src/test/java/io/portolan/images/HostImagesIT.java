package io.portolan.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.image.FilesBuild;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.image.ImageReference;
import io.portolan.images.internal.host.Commands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images from this machine, run by an engine. */
@Tag("docker")
class HostImagesIT {
    private static final String NAME = "portolan-images-it";

    @TempDir
    private static Path folder;

    private static ImageCache cache;
    private static final List<String> LOADED = new ArrayList<>();

    @BeforeAll
    static void prepare() {
        cache = new ImageCache(folder.resolve("cache"));
    }

    @AfterAll
    static void remove() {
        LOADED.forEach(image -> Commands.run(List.of("docker", "rmi", image), Duration.ofMinutes(1)));
    }

    private static String load(Path archive, String image) {
        docker("load", "-i", archive.toString());
        LOADED.add(image);
        return image;
    }

    private static String docker(String... words) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        Commands.Outcome outcome = Commands.run(command, Duration.ofMinutes(2));
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome.output();
    }

    @Test
    void javaBase_runsJavaAndAnApplication_andIsMadeOnce() throws Exception {
        HostJavaBase base = HostJavaBase.of(cache);
        List<String> steps = new ArrayList<>();
        Path made = base.archive(e -> steps.add(e.message()));
        assertThat(steps).hasSize(2);
        assertThat(base.archive(e -> steps.add(e.message()))).isEqualTo(made);
        assertThat(steps).hasSize(2);

        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path source = Files.writeString(folder.resolve("Main.java"), """
                import java.nio.file.*;
                public class Main {
                  public static void main(String[] args) throws Exception {
                    Path temp = Files.createTempFile("a", "b");
                    System.out.println("hello " + args[0] + " on " + System.getProperty("java.version")
                        + " in " + temp.getParent() + " as " + System.getProperty("user.name")
                        + " " + java.nio.charset.Charset.defaultCharset()
                        + " tls=" + javax.net.ssl.SSLContext.getDefault().getProtocol()
                        + " local=" + java.net.InetAddress.getByName("localhost").isLoopbackAddress());
                  }
                }
                """);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), source.toString()))
                .isZero();
        FilesBuild build = ImageBuild.java("Main", classes)
                .base("tar:" + made)
                .named(NAME, "java")
                .user("nobody");
        Path archive = folder.resolve("app.tar");
        Image image = new FilesImageBuilder(cache, RegistryAccess.anonymous()).toArchive(build, archive, e -> {});
        String loaded = load(archive, NAME + ":java");

        assertThat(docker("image", "inspect", "--format", "{{.Id}}", loaded).strip())
                .isEqualTo(image.id());
        assertThat(docker("run", "--rm", "--network", "none", "--entrypoint", "java", loaded, "-version"))
                .contains(System.getProperty("java.version"));
        assertThat(docker("run", "--rm", "--network", "none", loaded, "world").strip())
                .isEqualTo("hello world on " + System.getProperty("java.version")
                        + " in /tmp as nobody UTF-8 tls=Default local=true");
    }

    @Test
    void program_runsWithItsLibraries() {
        Path archive = folder.resolve("haproxy.tar");
        HostProgram.of(Path.of("/usr/sbin/haproxy"))
                .with(Path.of("/etc/hostname"), "/etc/example")
                .entrypoint("/usr/sbin/haproxy", "-v")
                .toArchive(ImageReference.parse(NAME + ":haproxy"), archive);

        assertThat(docker("run", "--rm", "--network", "none", load(archive, NAME + ":haproxy")))
                .containsIgnoringCase("haproxy version");
    }

    @Test
    void staticProgram_hasLinksAndStickyTemp() {
        Path archive = folder.resolve("busybox.tar");
        HostProgram.of(Path.of("/bin/busybox"))
                .link("/bin/sh", "busybox")
                .toArchive(ImageReference.parse(NAME + ":busybox"), archive);
        String image = load(archive, NAME + ":busybox");

        assertThat(docker("run", "--rm", "--network", "none", image, "/bin/sh", "-c", "busybox stat -c %a /tmp")
                        .strip())
                .isEqualTo("1777");
    }

    @Test
    void sameProgram_givesTheSameImage() {
        HostProgram program = HostProgram.of(Path.of("/usr/sbin/haproxy"));
        Image one = program.toArchive(ImageReference.parse(NAME + ":a"), folder.resolve("a.tar"));
        Image two = program.toArchive(ImageReference.parse(NAME + ":b"), folder.resolve("b.tar"));

        assertThat(one.id()).isEqualTo(two.id());
    }
}
