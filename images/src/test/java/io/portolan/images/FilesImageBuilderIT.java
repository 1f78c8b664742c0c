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
import io.portolan.image.ImageReference;
import io.portolan.images.internal.archive.Architectures;
import io.portolan.testkit.LocalRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds on a base in a registry, and to a registry. */
@Tag("docker")
class FilesImageBuilderIT {
    @TempDir
    private static Path folder;

    private static LocalRegistry registry;
    private static ImageReference base;
    private static Path data;

    @BeforeAll
    static void start() throws IOException {
        registry = LocalRegistry.withLogin(folder);
        RegistryAccess access = access();
        Path first = folder.resolve("first.tar");
        HostProgram.of(Path.of("/bin/busybox"))
                .link("/bin/sh", "busybox")
                .entrypoint("/bin/sh")
                .toArchive(ImageReference.parse("busybox-of-machine"), first);
        data = Files.writeString(folder.resolve("data.txt"), "data");
        // A base of several layers of different sizes.
        FilesBuild build =
                ImageBuild.files("tar:" + first).add(data, "/base.txt").named("base", "1");
        base = registry.image("base:1");
        new FilesImageBuilder(new ImageCache(folder.resolve("elsewhere")), access).toRegistry(build, base, e -> {});
    }

    private static RegistryAccess access() {
        return RegistryAccess.anonymous().with(registry.host(), LocalRegistry.USER);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    private static FilesBuild app(String base) {
        return ImageBuild.files(base).add(data, "/app/data.txt").named("app", "1");
    }

    @Test
    void build_onRegistryBase_toRegistry_isTheSameTwice_andSecondPullsNothing() {
        FilesImageBuilder builder = new FilesImageBuilder(new ImageCache(folder.resolve("cache")), access());
        List<BuildEvent> events = new ArrayList<>();
        Image first = builder.toRegistry(app(base.toString()), registry.image("app:1"), events::add);
        assertThat(events).filteredOn(e -> e.message().startsWith("pulling ")).hasSize(2);

        events.clear();
        Image second = builder.toRegistry(app(base.toString()), registry.image("app:2"), events::add);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(events).noneSatisfy(e -> assertThat(e.message()).startsWith("pulling "));
        assertThat(events).noneSatisfy(e -> assertThat(e.message()).startsWith("pushing "));
        assertThat(new Registry(new ImageCache(folder.resolve("cache")), access())
                        .find(registry.image("app:2"), Architectures.ofMachine()))
                .contains(second);
    }

    @Test
    void build_onAbsentBase_isNotFound() {
        FilesImageBuilder builder = new FilesImageBuilder(new ImageCache(folder.resolve("cache")), access());

        assertThatThrownBy(() ->
                        builder.toArchive(app(registry.image("none:1").toString()), folder.resolve("x.tar"), e -> {}))
                .hasMessageContaining("was not found in registry '" + registry.host())
                .extracting(e -> ((PortolanException) e).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void build_onBaseOfAnotherArchitecture_isRefused() {
        FilesImageBuilder builder = new FilesImageBuilder(new ImageCache(folder.resolve("cache")), access());
        Architecture other = Architectures.ofMachine() == Architecture.AMD64 ? Architecture.ARM64 : Architecture.AMD64;

        assertThatThrownBy(() ->
                        builder.toArchive(app(base.toString()).architecture(other), folder.resolve("x.tar"), e -> {}))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(
                        "is for linux/" + Architectures.ofMachine().ociName());
    }
}
