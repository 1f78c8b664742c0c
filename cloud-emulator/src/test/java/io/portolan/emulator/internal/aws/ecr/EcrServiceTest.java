package io.portolan.emulator.internal.aws.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class EcrServiceTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final EcrService ecr = new EcrService(Clock.fixed(NOW, ZoneOffset.UTC), "127.0.0.1:5000");

    private static ObjectNode input(String name) {
        return JsonNodeFactory.instance.objectNode().put("repositoryName", name);
    }

    @Test
    void createRepository_namesTheRegistryBesideTheEmulator() {
        ObjectNode made =
                (ObjectNode) ecr.call("CreateRepository", input("app/etl")).get("repository");

        assertThat(made.get("repositoryUri").asText()).isEqualTo("127.0.0.1:5000/app/etl");
        assertThat(made.get("imageTagMutability").asText()).isEqualTo("MUTABLE");
    }

    @Test
    void createRepository_twice_isRefused() {
        ecr.call("CreateRepository", input("app"));

        assertThatThrownBy(() -> ecr.call("CreateRepository", input("app")))
                .isInstanceOfSatisfying(
                        AwsError.class, e -> assertThat(e.type()).isEqualTo("RepositoryAlreadyExistsException"));
    }

    @Test
    void describeRepositories_unknown_isNotFound() {
        ObjectNode unknown = JsonNodeFactory.instance.objectNode();
        unknown.putArray("repositoryNames").add("none");

        assertThatThrownBy(() -> ecr.call("DescribeRepositories", unknown))
                .isInstanceOfSatisfying(
                        AwsError.class, e -> assertThat(e.type()).isEqualTo("RepositoryNotFoundException"));
    }

    @Test
    void getAuthorizationToken_isGoodForTwelveHours() {
        ObjectNode data = (ObjectNode) ecr.call("GetAuthorizationToken", JsonNodeFactory.instance.objectNode())
                .get("authorizationData")
                .get(0);

        assertThat(new String(
                        Base64.getDecoder()
                                .decode(data.get("authorizationToken").asText()),
                        java.nio.charset.StandardCharsets.UTF_8))
                .startsWith("AWS:");
        assertThat(data.get("expiresAt").asLong())
                .isEqualTo(NOW.plusSeconds(12 * 3600).getEpochSecond());
        assertThat(data.get("proxyEndpoint").asText()).isEqualTo("http://127.0.0.1:5000");
    }
}
