package io.portolan.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.error.ErrorCode;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.image.Architecture;
import io.portolan.image.BuildEvent;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import io.portolan.images.internal.archive.Architectures;
import io.portolan.images.internal.archive.ImageArchive;
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

@Tag("docker")
class RegistryIT {
    private static final Architecture HERE = Architectures.ofMachine();

    @TempDir
    private static Path folder;

    private static LocalRegistry open;
    private static LocalRegistry locked;
    private static Path archive;
    private static Image built;

    private final List<BuildEvent> events = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        open = LocalRegistry.open(Files.createDirectory(folder.resolve("open")));
        locked = LocalRegistry.withLogin(Files.createDirectory(folder.resolve("locked")));
        archive = folder.resolve("busybox.tar");
        built = HostProgram.of(Path.of("/bin/busybox"))
                .link("/bin/sh", "busybox")
                .toArchive(ImageReference.parse("busybox-of-machine"), archive);
    }

    @AfterAll
    static void stop() {
        open.close();
        locked.close();
    }

    private static Registry registry(RegistryAccess access) {
        return new Registry(new ImageCache(folder.resolve("cache")), access);
    }

    @Test
    void push_keepsImageIdAndPinsDigest() {
        Registry registry = registry(RegistryAccess.anonymous());
        Image pushed = registry.push(archive, open.image("one/busybox:1"), events::add);

        assertThat(pushed.id()).isEqualTo(built.id());
        assertThat(pushed.digest()).isPresent();
        assertThat(pushed.reference().digest()).isEqualTo(pushed.digest());
        assertThat(registry.digest(open.image("one/busybox:1"))).isEqualTo(pushed.digest());
        assertThat(registry.find(open.image("one/busybox:1"), HERE)).contains(pushed);
        assertThat(events).anySatisfy(e -> assertThat(e.message()).startsWith("pushing "));
    }

    @Test
    void push_again_sendsNoLayer() {
        Registry registry = registry(RegistryAccess.anonymous());
        registry.push(archive, open.image("two/busybox:1"), e -> {});
        Image again = registry.push(archive, open.image("two/busybox:2"), events::add);

        assertThat(events).noneSatisfy(e -> assertThat(e.message()).startsWith("pushing "));
        assertThat(registry.digest(open.image("two/busybox:1"))).isEqualTo(again.digest());
    }

    @Test
    void pull_byDigest_bringsTheSameImageBack() throws IOException {
        Registry registry = registry(RegistryAccess.anonymous());
        Image pushed = registry.push(archive, open.image("three/busybox:1"), e -> {});
        Path back = registry.pull(pushed.reference(), HERE, events::add).orElseThrow();

        try (ImageArchive image = ImageArchive.open(back)) {
            assertThat(image.imageId()).isEqualTo(built.id());
        }
        assertThat(registry.pull(pushed.reference(), HERE, events::add)).contains(back);
        assertThat(events).last().satisfies(e -> assertThat(e.message()).contains("is in the cache"));
    }

    @Test
    void absentImage_isEmpty() {
        Registry registry = registry(RegistryAccess.anonymous());

        assertThat(registry.digest(open.image("none:1"))).isEmpty();
        assertThat(registry.find(open.image("none:1"), HERE)).isEmpty();
        assertThat(registry.pull(open.image("none:1"), HERE, events::add)).isEmpty();
    }

    @Test
    void otherArchitecture_isRefusedWithWhatThereIs() {
        Registry registry = registry(RegistryAccess.anonymous());
        registry.push(archive, open.image("four/busybox:1"), e -> {});
        Architecture other = HERE == Architecture.AMD64 ? Architecture.ARM64 : Architecture.AMD64;

        assertThatThrownBy(() -> registry.find(open.image("four/busybox:1"), other))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("architecture was '" + other.ociName() + "'")
                .hasMessageContaining("linux/" + HERE.ociName());
    }

    @Test
    void login_rightCredentials_pushes() {
        Registry registry = registry(RegistryAccess.anonymous().with(locked.host(), LocalRegistry.USER));

        Image pushed = registry.push(archive, locked.image("busybox:1"), e -> {});

        assertThat(registry.digest(locked.image("busybox:1"))).isEqualTo(pushed.digest());
    }

    @Test
    void login_wrongPassword_isUnauthenticatedAndNeverShown() {
        RegistryAccess wrong =
                RegistryAccess.anonymous().with(locked.host(), new RegistryCredentials("tester", "battery-staple"));

        PortolanException error = catchThrowableOfType(
                PortolanException.class, () -> registry(wrong).push(archive, locked.image("busybox:2"), e -> {}));

        assertThat(error.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(error.isRetryable()).isFalse();
        assertThat(error).hasMessageContaining(locked.host()).hasMessageContaining("refused the credentials");
        assertThat(error.getMessage()).doesNotContain("battery-staple");
        assertThat(wrong.toString()).doesNotContain("battery-staple");
    }

    @Test
    void login_withoutCredentials_saysHowToLogIn() {
        assertThatThrownBy(() -> registry(RegistryAccess.anonymous()).digest(locked.image("busybox:1")))
                .hasMessageContaining("docker login " + locked.host())
                .extracting(e -> ((PortolanException) e).code())
                .isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void login_fromDockerConfig_pushes() throws IOException {
        String pair = java.util.Base64.getEncoder()
                .encodeToString("tester:correct-horse".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Path config = Files.writeString(
                folder.resolve("config.json"), "{\"auths\":{\"" + locked.host() + "\":{\"auth\":\"" + pair + "\"}}}");

        Image pushed =
                registry(RegistryAccess.ofDockerConfig(config)).push(archive, locked.image("busybox:3"), e -> {});

        assertThat(pushed.digest()).isPresent();
    }

    @Test
    void deadRegistry_isUnavailable() {
        ImageReference target = ImageReference.parse("127.0.0.1:" + LocalRegistry.freePort() + "/busybox:1");

        PortolanException error = catchThrowableOfType(
                PortolanException.class,
                () -> registry(RegistryAccess.anonymous()).push(archive, target, e -> {}));

        assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(error.isRetryable()).isTrue();
        assertThat(error).hasMessageContaining(target.registry());
    }

    @Test
    void copy_withinOneRegistry_takesLayersOver() {
        Registry registry = registry(RegistryAccess.anonymous());
        Image pushed = registry.push(archive, open.image("stage/busybox:1"), e -> {});

        ImageReference promoted = registry.copy(pushed.reference(), open.image("live/busybox:1"), events::add);

        assertThat(promoted.digest()).isEqualTo(pushed.digest());
        assertThat(registry.digest(open.image("live/busybox:1"))).isEqualTo(pushed.digest());
        assertThat(events).anySatisfy(e -> assertThat(e.message()).isEqualTo("taken over"));
    }

    @Test
    void copy_toAnotherRegistry_keepsTheDigest() {
        Registry registry = registry(RegistryAccess.anonymous().with(locked.host(), LocalRegistry.USER));
        Image pushed = registry.push(archive, open.image("five/busybox:1"), e -> {});

        ImageReference copied = registry.copy(pushed.reference(), locked.image("five/busybox:1"), events::add);

        assertThat(registry.find(copied, HERE).orElseThrow().id()).isEqualTo(built.id());
        assertThat(copied.digest()).isEqualTo(pushed.digest());
    }

    @Test
    void copy_ofAbsentImage_isNotFound() {
        assertThatThrownBy(() -> registry(RegistryAccess.anonymous())
                        .copy(open.image("none:7"), open.image("live/none:7"), e -> {}))
                .extracting(e -> ((PortolanException) e).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void push_toDigest_isRefused() {
        ImageReference pinned = open.image("busybox:1").withDigest("sha256:" + "0".repeat(64));

        assertThatThrownBy(() -> registry(RegistryAccess.anonymous()).push(archive, pinned, e -> {}))
                .isInstanceOf(InvalidSpecException.class);
    }
}
