package io.portolan.gcp.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.AccessToken;
import io.portolan.error.InvalidSpecException;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.image.Architecture;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import io.portolan.testkit.ManualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactRegistryTest {
    private static final String ID = "sha256:" + "0123456789abcdef".repeat(4);
    private static final String HOST = "europe-west1-docker.pkg.dev";

    private final FakeArtifactRegistry fake = new FakeArtifactRegistry();
    private Optional<AccessToken> token = Optional.of(new AccessToken("secret-1", null));

    @AfterEach
    void close() {
        fake.close();
    }

    private ArtifactRegistry registry(String... settings) {
        Map<String, String> more = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            more.put(settings[i], settings[i + 1]);
        }
        ManualClock clock = ManualClock.create();
        return new ArtifactRegistry(
                () -> token,
                GcpSettings.of(fake.config(more)),
                new ArtifactRepositories(
                        fake.clients()::artifactRegistry,
                        FakeArtifactRegistry.calls(),
                        new ArtifactRepositories.Rules(false, 0, Map.of()),
                        clock,
                        time -> clock.advance(Duration.ofSeconds(1))));
    }

    private static Image image(String reference) {
        return new Image(ImageReference.parse(reference), ID, Architecture.AMD64, null);
    }

    @ParameterizedTest
    @CsvSource({
        "etl:1.4, acme/app/etl:1.4",
        "team/etl:1.4, acme/app/team/etl:1.4",
        "acme/app/etl:1, acme/app/etl:1",
        "ghcr.io/team/etl:1, acme/app/team/etl:1",
        "europe-west1-docker.pkg.dev/acme/other/etl:2, acme/other/etl:2",
        "etl, acme/app/etl:latest"
    })
    void target_isInTheRepositoryOfTheApplication(String reference, String target) {
        assertThat(registry().target(image(reference)).toString()).isEqualTo(HOST + "/" + target);
    }

    @Test
    void target_ofAPinnedImage_isNamedByItsId() {
        String reference = "ghcr.io/team/etl@" + ID;

        assertThat(registry().target(image(reference)).tag()).contains("id-0123456789ab");
    }

    @Test
    void target_followsTheSettings() {
        assertThat(registry("repository.name", "images", "region", "us-east1", "project", "example.com:acme")
                        .target(image("etl:1"))
                        .toString())
                .isEqualTo("us-east1-docker.pkg.dev/example.com/acme/images/etl:1");
        assertThat(registry("registry", "http://127.0.0.1:5000")
                        .target(image("etl:1"))
                        .toString())
                .isEqualTo("127.0.0.1:5000/acme/app/etl:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {HOST, "us-docker.pkg.dev", "us-central1-docker.pkg.dev", "gcr.io", "eu.gcr.io"})
    void registriesOfGoogle_areRunFrom_andGetTheToken(String host) {
        assertThat(registry().holds(host)).isTrue();
        assertThat(registry().credentials(host)).contains(new RegistryCredentials("oauth2accesstoken", "secret-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker.io",
                "evil-docker.pkg.dev.example.com",
                "docker.pkg.dev",
                "a.b-docker.pkg.dev",
                "xgcr.io",
                "gcr.io.example.com",
                "127.0.0.1:5000"
            })
    void otherRegistries_neverGetTheToken(String host) {
        assertThat(registry().holds(host)).isFalse();
        assertThat(registry().credentials(host)).isEmpty();
    }

    @Test
    void configuredRegistry_getsTheTokenOnlyOnThisMachine() {
        assertThat(registry("registry", "http://127.0.0.1:5000").credentials("127.0.0.1:5000"))
                .isPresent();
        ArtifactRegistry elsewhere = registry("registry", "registry.example.com");
        assertThat(elsewhere.holds("registry.example.com")).isTrue();
        assertThat(elsewhere.credentials("registry.example.com")).isEmpty();
    }

    @Test
    void token_isAskedForAtEachLogin() {
        ArtifactRegistry registry = registry();
        registry.credentials(HOST);
        token = Optional.of(new AccessToken("secret-2", null));

        assertThat(registry.credentials(HOST))
                .map(RegistryCredentials::password)
                .contains("secret-2");
        token = Optional.empty();
        assertThat(registry.credentials(HOST)).isEmpty();
        assertThat(registry.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "europe-west1-docker.pkg.dev/acme/app/etl:1, projects/acme/locations/europe-west1/repositories/app",
        "us-docker.pkg.dev/acme/shared/team/etl:1, projects/acme/locations/us/repositories/shared"
    })
    void ensure_ownProject_makesTheRepository(String target, String repository) {
        registry().ensure(ImageReference.parse(target));

        assertThat(fake.repositories).containsOnlyKeys(repository);
    }

    @Test
    void ensure_registryThatStandsForIt_makesTheRepositoryWhereItsServiceIsToo() {
        registry("registry", "127.0.0.1:5000").ensure(ImageReference.parse("127.0.0.1:5000/acme/app/etl:1"));

        assertThat(fake.repositories).containsOnlyKeys("projects/acme/locations/europe-west1/repositories/app");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "europe-west1-docker.pkg.dev/other/app/etl:1",
                "europe-west1-docker.pkg.dev/acme/etl:1",
                "gcr.io/acme/app/etl:1"
            })
    void ensure_whatIsNotOurs_isLeftAlone(String target) {
        registry().ensure(ImageReference.parse(target));

        assertThat(fake.requests).isEmpty();
    }

    @Test
    void ensure_switchedOff_makesNothing() {
        registry("repository.create", "false").ensure(ImageReference.parse(HOST + "/acme/app/etl:1"));

        assertThat(fake.requests).isEmpty();
    }

    @Test
    void target_tooLong_isRefusedBeforeAnyRequest() {
        assertThatThrownBy(() -> registry().target(image("a/".repeat(130) + "etl:1")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("at most 256");
        assertThat(fake.requests).isEmpty();
    }
}
