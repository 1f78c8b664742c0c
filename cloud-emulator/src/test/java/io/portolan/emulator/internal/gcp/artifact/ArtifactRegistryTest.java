package io.portolan.emulator.internal.gcp.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.GcpRest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArtifactRegistryTest {
    private static final String REPOSITORIES = "/v1/" + GcpRest.PARENT + "/repositories";

    private final EmulatorClock clock = EmulatorClock.manual();
    private final CloudEmulator emulator = CloudEmulator.builder().clock(clock).start();
    private final GcpRest rest = GcpRest.of(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    private GcpRest.Answer create(String id) {
        return rest.post(REPOSITORIES + "?repositoryId=" + id, "{'format':'DOCKER','labels':{'team':'sea'}}");
    }

    private JsonNode ended(GcpRest.Answer answer) {
        clock.advance(Duration.ofSeconds(1));
        return rest.get("/v1/" + answer.at("/name").asText()).body();
    }

    @Test
    void create_isAnOperation() {
        GcpRest.Answer answer = create("images");
        assertThat(answer.at("/done").asBoolean()).isFalse();

        JsonNode operation = ended(answer);

        assertThat(operation.at("/done").asBoolean()).isTrue();
        assertThat(operation.at("/response/name").asText()).isEqualTo(GcpRest.PARENT + "/repositories/images");
        JsonNode repository = rest.get(REPOSITORIES + "/images").body();
        assertThat(repository.path("format").asText()).isEqualTo("DOCKER");
        assertThat(repository.at("/labels/team").asText()).isEqualTo("sea");
        assertThat(repository.path("registryUri").asText()).isEqualTo("us-central1-docker.pkg.dev/test-project/images");
        assertThat(rest.get(REPOSITORIES).at("/repositories/0/name").asText()).endsWith("/images");
    }

    @Test
    void create_again_isRefused() {
        create("images");

        GcpRest.Answer again = create("images");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.at("/error/status").asText()).isEqualTo("ALREADY_EXISTS");
    }

    @Test
    void otherFormats_andBadNames_areRefused() {
        assertThat(rest.post(REPOSITORIES + "?repositoryId=images", "{'format':'MAVEN'}")
                        .status())
                .isEqualTo(400);
        assertThat(create("Images").status()).isEqualTo(400);
    }

    @Test
    void deletedRepository_isGone() {
        create("images");

        JsonNode operation = ended(rest.delete(REPOSITORIES + "/images"));

        assertThat(operation.at("/done").asBoolean()).isTrue();
        assertThat(rest.get(REPOSITORIES + "/images").status()).isEqualTo(404);
        assertThat(rest.delete(REPOSITORIES + "/images").status()).isEqualTo(404);
    }

    @Test
    void images_ofARepositoryWithoutRegistry_areNone() {
        create("images");

        assertThat(rest.get(REPOSITORIES + "/images/dockerImages").body()).isEmpty();
        assertThat(rest.get(REPOSITORIES + "/images/dockerImages/web@sha256:0").status())
                .isEqualTo(404);
        assertThat(rest.get(REPOSITORIES + "/absent/dockerImages").status()).isEqualTo(404);
    }
}
