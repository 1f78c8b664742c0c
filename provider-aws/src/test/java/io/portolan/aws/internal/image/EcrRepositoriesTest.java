package io.portolan.aws.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.spi.RequestLimits;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;

class EcrRepositoriesTest {
    private static final Map<String, String> TAGS =
            Map.of("portolan:managed-by", "portolan", "portolan:application", "app");

    private final FakeEcr ecr = new FakeEcr();

    private EcrRepositories repositories(boolean immutable, int keep) {
        return new EcrRepositories(
                () -> ecr, new AwsCalls(RequestLimits.NONE), new EcrRepositories.Rules(immutable, keep, TAGS));
    }

    private CreateRepositoryRequest made() {
        return Objects.requireNonNull(ecr.repositories.get("app/etl"));
    }

    @Test
    void ensure_none_makesOneWithTags() {
        repositories(false, 0).ensure("app/etl");

        CreateRepositoryRequest made = made();
        assertThat(made.imageTagMutability()).isEqualTo(ImageTagMutability.MUTABLE);
        assertThat(made.tags())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .containsExactly("portolan:application=app", "portolan:managed-by=portolan");
        assertThat(ecr.policies).isEmpty();
    }

    @Test
    void ensure_immutableAndKeep_areSet() throws IOException {
        repositories(true, 5).ensure("app/etl");

        assertThat(made().imageTagMutability()).isEqualTo(ImageTagMutability.IMMUTABLE);
        JsonNode rule = new ObjectMapper()
                .readTree(ecr.policies.get("app/etl"))
                .path("rules")
                .get(0);
        assertThat(rule.at("/selection/countType").asText()).isEqualTo("imageCountMoreThan");
        assertThat(rule.at("/selection/countNumber").asInt()).isEqualTo(5);
        assertThat(rule.at("/action/type").asText()).isEqualTo("expire");
    }

    @Test
    void ensure_existing_isLeftAsItIs() {
        repositories(false, 0).ensure("app/etl");
        ecr.requests.clear();

        repositories(true, 5).ensure("app/etl");

        assertThat(ecr.requests).containsExactly("DescribeRepositories");
    }

    @Test
    void ensure_again_asksNothing() {
        EcrRepositories repositories = repositories(false, 0);
        repositories.ensure("app/etl");
        ecr.requests.clear();

        repositories.ensure("app/etl");

        assertThat(ecr.requests).isEmpty();
    }

    @Test
    void ensure_anotherProcessIsFaster_isFine() {
        ecr.anotherIsFaster = true;

        repositories(false, 5).ensure("app/etl");

        assertThat(ecr.requests).containsExactly("DescribeRepositories", "CreateRepository");
    }
}
