package io.portolan.aws.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.error.ErrorCode;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.image.Architecture;
import io.portolan.image.FilesBuild;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import io.portolan.images.ImageCache;
import io.portolan.images.RegistryAccess;
import io.portolan.images.RegistryImageDriver;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.RequestLimits;
import io.portolan.testkit.LocalRegistry;
import io.portolan.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real registry with a login, which stands for that of ECR. */
class EcrRegistryIT {
    @TempDir
    private static Path folder;

    private static LocalRegistry registry;
    private static LocalRegistry other;

    @TempDir
    private Path files;

    private final FakeEcr ecr = new FakeEcr();

    @BeforeAll
    static void start() throws IOException {
        registry = LocalRegistry.withLogin(Files.createDirectory(folder.resolve("ecr")));
        other = LocalRegistry.withLogin(Files.createDirectory(folder.resolve("other")));
    }

    @AfterAll
    static void stop() {
        registry.close();
        other.close();
    }

    @BeforeEach
    void point() {
        ecr.endpoint = "http://" + registry.host();
    }

    private RegistryImageDriver driver() {
        ProviderConfig config = new ProviderConfig("app", AwsKeys.ALL, Map.of("endpoint", "http://127.0.0.1:1"));
        EcrRegistry platform = new EcrRegistry(
                new EcrRegistry.Tools(
                        () -> ecr,
                        new AwsCalls(RequestLimits.NONE),
                        () -> "eu-central-1",
                        Map.of("portolan:managed-by", "portolan")),
                config,
                new DriverContext(ManualClock.create(), Thread::new));
        return new RegistryImageDriver(platform, new ImageCache(folder.resolve("cache")), RegistryAccess.anonymous());
    }

    private FilesBuild build(String name, String text) {
        try {
            Path file = Files.writeString(files.resolve("message.txt"), text);
            return ImageBuild.files("scratch")
                    .named(name, "1")
                    .add(file, "/message.txt")
                    .entrypoint("/message.txt");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Image built(RegistryImageDriver driver, FilesBuild build) {
        return driver.build(build, event -> {});
    }

    private static Image published(RegistryImageDriver driver, Image image) {
        return driver.publish(image, event -> {});
    }

    @Test
    void build_files_isFoundByItsName_alsoByAnotherProcess() {
        Image image = built(driver(), build("etl", "found"));

        assertThat(driver().resolve(image.reference())).contains(image);
        assertThat(image.digest()).isEmpty();
    }

    @Test
    void build_sameFiles_isTheSameImage() {
        assertThat(built(driver(), build("etl", "same")).id())
                .isEqualTo(built(driver(), build("etl", "same")).id())
                .isNotEqualTo(built(driver(), build("etl", "other")).id());
    }

    @Test
    void build_dockerfile_isUnsupportedAndSaysWhatToDo() {
        PortolanException error = catchThrowableOfType(
                PortolanException.class,
                () -> driver().build(ImageBuild.dockerfile(files).named("etl", "1"), event -> {}));

        assertThat(error.code()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(error.getMessage()).contains("provider 'local'");
    }

    @Test
    void publish_built_isPinnedInARepositoryOfItsOwn() {
        RegistryImageDriver driver = driver();
        Image image = built(driver, build("etl", "published"));

        Image published = published(driver, image);

        assertThat(published.reference())
                .isEqualTo(registry.image("app/etl:1")
                        .withDigest(published.digest().orElseThrow()));
        assertThat(published.id()).isEqualTo(image.id());
        assertThat(ecr.repositories).containsOnlyKeys("app/etl");
        assertThat(driver.resolve(published.reference())).contains(published);
    }

    @Test
    void publish_again_givesTheSameDigest() {
        RegistryImageDriver driver = driver();
        Image image = built(driver, build("again", "again"));
        Image first = published(driver, image);

        assertThat(published(driver, image)).isEqualTo(first);
        assertThat(published(driver(), first)).isEqualTo(first);
    }

    @Test
    void publish_unknown_isNotFoundAndSaysWhatToDo() {
        Image unknown = new Image(ImageReference.parse("none:1"), "sha256:" + "0".repeat(64), Architecture.AMD64, null);

        PortolanException error = catchThrowableOfType(PortolanException.class, () -> published(driver(), unknown));

        assertThat(error.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(error.getMessage()).contains("provider 'local'");
        assertThat(ecr.repositories).isEmpty();
    }

    @Test
    void publish_imageOfAnotherRegistry_isCopiedWithItsDigest() {
        RegistryCredentials login = new RegistryCredentials("tester", FakeEcr.PASSWORD);
        RegistryImageDriver driver = driver();
        Image pushed = driver.push(
                built(driver, build("elsewhere", "copied")), other.image("team/copied:1"), login, event -> {});
        Image pulled = driver().pull(pushed.reference(), login, event -> {});
        deleteArchives();
        RegistryImageDriver fresh = driver();
        fresh.pull(pushed.reference(), login, event -> {});

        Image published = published(fresh, pulled);

        assertThat(published.reference().repository()).isEqualTo("app/team/copied");
        assertThat(published.digest()).isEqualTo(pushed.digest());
    }

    private static void deleteArchives() {
        try (var all = Files.list(folder.resolve("cache/built"))) {
            for (Path file : all.toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void push_elsewhere_makesNoRepositoryOfEcr() {
        RegistryImageDriver driver = driver();

        driver.push(
                built(driver, build("pushed", "pushed")),
                other.image("pushed:1"),
                new RegistryCredentials("tester", FakeEcr.PASSWORD),
                event -> {});

        assertThat(ecr.repositories).isEmpty();
    }

    @Test
    void tag_built_isFoundByBothNames() {
        RegistryImageDriver driver = driver();
        Image image = built(driver, build("tagged", "tagged"));

        driver.tag(image, ImageReference.parse("tagged:stable"));

        assertThat(driver.resolve(ImageReference.parse("tagged:stable")).map(Image::id))
                .contains(image.id());
        assertThat(driver.resolve(image.reference()).map(Image::id)).contains(image.id());
    }

    @Test
    void tag_published_isATagOfTheRegistry() {
        Image published = published(driver(), built(driver(), build("promoted", "promoted")));
        deleteArchives();

        Image tagged = driver().tag(published, registry.image("app/promoted:stable"));

        assertThat(tagged.digest()).isEqualTo(published.digest());
        assertThat(driver().resolve(registry.image("app/promoted:stable")).flatMap(Image::digest))
                .isEqualTo(published.digest());
    }

    @Test
    void resolve_unknown_isEmpty() {
        assertThat(driver().resolve(registry.image("app/none:1"))).isEmpty();
    }

    @Test
    void pull_unknown_isNotFound() {
        PortolanException error = catchThrowableOfType(
                PortolanException.class, () -> driver().pull(registry.image("app/none:1"), null, event -> {}));

        assertThat(error.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(error.provider()).contains("aws");
    }

    @Test
    void publish_wrongLogin_isAnErrorWithoutTheLogin() {
        ecr.token = FakeEcr.base64("tester:not-the-password");

        PortolanException error = catchThrowableOfType(
                PortolanException.class, () -> published(driver(), built(driver(), build("login", "login"))));

        assertThat(error.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(error.getMessage()).doesNotContain("not-the-password").doesNotContain(ecr.token);
    }

    @Test
    void architectures_publishedForOne_refuseTheOther() {
        Image published =
                published(driver(), built(driver(), build("arm", "arm").architecture(Architecture.ARM64)));

        driver().architectures().check(published.reference(), Architecture.ARM64);
        assertThatThrownBy(() -> driver().architectures().check(published.reference(), Architecture.AMD64))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("no variant for amd64");
    }

    @Test
    void publish_immutableTag_takesTheSameImageAndRefusesAnother() throws IOException {
        try (ImmutableRegistry immutable = ImmutableRegistry.before(registry)) {
            ecr.endpoint = "http://" + immutable.host();
            RegistryImageDriver driver = driver();
            Image first = published(driver, built(driver, build("fixed", "one")));

            Image again = published(driver, built(driver, build("fixed", "one")));
            PortolanException error = catchThrowableOfType(
                    PortolanException.class, () -> published(driver, built(driver, build("fixed", "two"))));

            assertThat(again).isEqualTo(first);
            assertThat(error.code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
            assertThat(error.resource()).contains(immutable.image("app/fixed:1").toString());
            assertThat(error.getMessage()).contains("other content").contains("another tag");
        }
    }
}
