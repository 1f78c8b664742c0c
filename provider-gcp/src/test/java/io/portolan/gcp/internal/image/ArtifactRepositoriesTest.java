package io.portolan.gcp.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.testkit.ManualClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArtifactRepositoriesTest {
    private static final String PARENT = "projects/acme/locations/europe-west1";
    private static final String NAME = PARENT + "/repositories/app";
    private static final String GET = "GET " + NAME;
    private static final String CREATE = "POST " + PARENT + "/repositories";

    private final FakeArtifactRegistry registry = new FakeArtifactRegistry();
    private final ManualClock clock = ManualClock.create();

    @AfterEach
    void close() {
        registry.close();
    }

    private ArtifactRepositories repositories(boolean immutable, int keep) {
        return new ArtifactRepositories(
                registry.clients()::artifactRegistry,
                FakeArtifactRegistry.calls(),
                new ArtifactRepositories.Rules(immutable, keep, Map.of("managed-by", "portolan")),
                clock,
                time -> clock.advance(Duration.ofSeconds(20)));
    }

    private PortolanException failure() {
        return catchThrowableOfType(
                PortolanException.class, () -> repositories(false, 0).ensure(PARENT, "app"));
    }

    @Test
    void ensure_missing_isMadeOnceAndAskedForOnce() {
        ArtifactRepositories repositories = repositories(false, 0);

        repositories.ensure(PARENT, "app");
        repositories.ensure(PARENT, "app");

        assertThat(registry.requests).containsExactly(GET, CREATE, GET);
        JsonNode made = registry.made(NAME);
        assertThat(made.path("labels").path("managed-by").asText()).isEqualTo("portolan");
        assertThat(made.has("cleanupPolicies")).isFalse();
        assertThat(made.has("dockerConfig")).isFalse();
    }

    @Test
    void ensure_there_isLeftAsItIs() {
        repositories(false, 0).ensure(PARENT, "app");
        registry.requests.clear();

        repositories(true, 5).ensure(PARENT, "app");

        assertThat(registry.requests).containsExactly(GET);
    }

    @Test
    void ensure_rules_areThoseOfTheRepositoryThatIsMade() {
        repositories(true, 7).ensure(PARENT, "app");

        JsonNode made = registry.made(NAME);
        assertThat(made.path("dockerConfig").path("immutableTags").asBoolean()).isTrue();
        assertThat(made.at("/cleanupPolicies/portolan-keep-newest/mostRecentVersions/keepCount")
                        .asInt())
                .isEqualTo(7);
        assertThat(made.path("cleanupPolicies").has("portolan-delete-old")).isTrue();
    }

    @Test
    void ensure_notThereAtOnce_isWaitedFor() {
        registry.asksBeforeItIsThere.set(3);

        repositories(false, 0).ensure(PARENT, "app");

        assertThat(registry.requests).containsExactly(GET, CREATE, GET, GET, GET, GET);
    }

    @Test
    void ensure_neverThere_isATimeoutThatNamesTheOperation() {
        registry.asksBeforeItIsThere.set(Integer.MAX_VALUE);

        PortolanException error = failure();

        assertThat(error.code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(error.getMessage()).contains(NAME).contains("operations/1");
    }

    @Test
    void ensure_madeByAnotherMeanwhile_isWell() {
        registry.anotherIsFaster = true;

        repositories(false, 0).ensure(PARENT, "app");

        assertThat(registry.requests).containsExactly(GET, CREATE);
    }

    @Test
    void ensure_operationThatFailed_isItsError() {
        registry.failure = "the location constraint forbids it";

        PortolanException error = failure();

        assertThat(error.code()).isEqualTo(ErrorCode.FAILED);
        assertThat(error.provider()).contains("gcp");
        assertThat(error.getMessage()).contains("the location constraint forbids it");
    }

    @Test
    void ensure_whoMayPushButNotLook_goesOnToThePush() {
        registry.mayNotLook = true;

        repositories(false, 0).ensure(PARENT, "app");

        assertThat(registry.requests).containsExactly(GET);
    }
}
