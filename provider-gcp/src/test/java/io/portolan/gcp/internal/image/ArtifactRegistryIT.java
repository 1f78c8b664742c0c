package io.portolan.gcp.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.auth.oauth2.AccessToken;
import io.portolan.error.ErrorCode;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.image.Architecture;
import io.portolan.image.FilesBuild;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.image.RegistryCredentials;
import io.portolan.images.ImageCache;
import io.portolan.images.RegistryImageDriver;
import io.portolan.testkit.LocalRegistry;
import io.portolan.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real registry with a login, which stands for that of Artifact Registry, and the vendor's client. */
class ArtifactRegistryIT {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private static final String USER = "oauth2accesstoken";
    private static final String TOKEN = LocalRegistry.USER.password();

    @TempDir
    private static Path folder;

    private static LocalRegistry registry;

    @TempDir
    private Path files;

    private final FakeArtifactRegistry artifacts = new FakeArtifactRegistry();
    private String token = TOKEN;

    @BeforeAll
    static void start() {
        registry = LocalRegistry.withLogin(folder, USER);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @AfterEach
    void close() {
        artifacts.close();
    }

    private RegistryImageDriver driver() {
        return ArtifactRegistry.driver(
                artifacts.clients()::artifactRegistry,
                () -> Optional.of(new AccessToken(token, null)),
                FakeArtifactRegistry.calls(),
                GcpSettings.of(artifacts.config(Map.of("registry", "http://" + registry.host()))),
                Map.of("managed-by", "portolan"),
                ManualClock.create(),
                new ImageCache(folder.resolve("cache")));
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

    private static Image published(RegistryImageDriver driver, FilesBuild build) {
        return driver.publish(driver.build(build, event -> {}), event -> {});
    }

    @Test
    void publish_built_isPinnedInTheRepositoryOfTheApplication() {
        RegistryImageDriver driver = driver();

        Image published = published(driver, build("etl", "published"));

        assertThat(published.reference())
                .isEqualTo(registry.image("acme/app/etl:1")
                        .withDigest(published.digest().orElseThrow()));
        assertThat(artifacts.repositories).containsOnlyKeys("projects/acme/locations/europe-west1/repositories/app");
        assertThat(driver.resolve(published.reference())).contains(published);
        assertThat(driver().publish(published, event -> {})).isEqualTo(published);
        driver.architectures().check(published.reference(), Architecture.AMD64);
    }

    @Test
    void publish_forAnotherProcessor_isRefusedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> published(driver(), build("arm", "arm").architecture(Architecture.ARM64)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("has no variant for amd64")
                .hasMessageContaining("architecture(AMD64)");

        assertThat(artifacts.requests).isEmpty();
    }

    @Test
    void check_indexOfAnotherProcessorWithAttestations_isRefusedAndExplained() throws Exception {
        Image arm = driver().push(
                        driver().build(build("index", "arm").architecture(Architecture.ARM64), event -> {}),
                        registry.image("acme/app/index:arm"),
                        null,
                        event -> {});
        String digest = arm.digest().orElseThrow();
        putIndex("index", "multi", member(digest, "linux", "arm64"), member(digest, "unknown", "unknown"));

        assertThatThrownBy(() ->
                        driver().architectures().check(registry.image("acme/app/index:multi"), Architecture.AMD64))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("has no variant for amd64")
                .hasMessageContaining("linux/arm64 only")
                .hasMessageContaining("unknown/unknown are attestations");
    }

    @Test
    void check_indexOfSeveralProcessors_passesIfCloudRunsIsAmongThem() throws Exception {
        Image amd = published(driver(), build("several", "amd"));
        String digest = amd.digest().orElseThrow();
        putIndex("several", "multi", member(digest, "linux", "amd64"), member(digest, "unknown", "unknown"));

        driver().architectures().check(registry.image("acme/app/several:multi"), Architecture.AMD64);
        assertThat(driver().resolve(registry.image("acme/app/several:multi")).map(Image::id))
                .contains(amd.id());
    }

    private static String member(String digest, String os, String architecture) {
        return "{\"mediaType\":\"application/vnd.docker.distribution.manifest.v2+json\",\"size\":1,\"digest\":\""
                + digest + "\",\"platform\":{\"os\":\"" + os + "\",\"architecture\":\"" + architecture + "\"}}";
    }

    private static void putIndex(String name, String tag, String... members) throws Exception {
        String index = "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":["
                + String.join(",", members) + "]}";
        String login = Base64.getEncoder().encodeToString((USER + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://" + registry.host() + "/v2/acme/app/" + name + "/manifests/" + tag))
                                .header("Content-Type", INDEX)
                                .header("Authorization", "Basic " + login)
                                .PUT(HttpRequest.BodyPublishers.ofString(index))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void publish_wrongToken_isAnErrorWithoutTheToken() {
        token = "not-the-token";

        PortolanException error =
                catchThrowableOfType(PortolanException.class, () -> published(driver(), build("login", "login")));

        assertThat(error.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(error.provider()).contains("gcp");
        assertThat(error.getMessage()).doesNotContain("not-the-token");
    }

    @Test
    void publish_tokenThatWasRenewed_isUsed() {
        RegistryImageDriver driver = driver();
        token = "expired";
        assertThatThrownBy(() -> published(driver, build("renewed", "renewed"))).isInstanceOf(PortolanException.class);
        token = TOKEN;

        assertThat(published(driver, build("renewed", "renewed")).digest()).isPresent();
    }

    @Test
    void push_elsewhere_makesNoRepositoryHere() throws IOException {
        try (LocalRegistry other = LocalRegistry.withLogin(Files.createDirectory(folder.resolve("other")), USER)) {
            RegistryImageDriver driver = driver();

            Image pushed = driver.push(
                    driver.build(build("pushed", "pushed"), event -> {}),
                    other.image("acme/app/pushed:1"),
                    new RegistryCredentials(USER, TOKEN),
                    event -> {});

            assertThat(pushed.digest()).isPresent();
            assertThat(artifacts.requests).isEmpty();
        }
    }

    @Test
    void pull_unknown_isNotFound() {
        PortolanException error = catchThrowableOfType(
                PortolanException.class, () -> driver().pull(registry.image("acme/app/none:1"), null, event -> {}));

        assertThat(error.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(error.provider()).contains("gcp");
    }
}
