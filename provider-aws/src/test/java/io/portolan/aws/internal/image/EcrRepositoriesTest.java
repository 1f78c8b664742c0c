package io.portolan.aws.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.error.PortolanException;
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

        assertThat(ecr.requests).noneMatch(request -> request.startsWith("Create"));
        assertThat(made().imageTagMutability()).isEqualTo(ImageTagMutability.MUTABLE);
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

        // The other one sets the policy, or whoever comes next does.
        assertThat(ecr.requests).startsWith("DescribeRepositories", "CreateRepository");
    }

    @Test
    void ensure_afterThePolicyFailed_setsItInTheNextRun() {
        ecr.policyFails = true;
        assertThatThrownBy(() -> repositories(false, 5).ensure("app/etl")).isInstanceOf(PortolanException.class);
        ecr.policyFails = false;

        repositories(false, 5).ensure("app/etl");

        assertThat(ecr.policies).containsOnlyKeys("app/etl");
    }

    @Test
    void ensure_ofOursWithAPolicy_leavesThePolicy() {
        repositories(false, 5).ensure("app/etl");
        ecr.policies.put("app/etl", "changed by hand");

        repositories(false, 7).ensure("app/etl");

        assertThat(ecr.policies).containsEntry("app/etl", "changed by hand");
    }

    @Test
    void ensure_ofOthersWithoutAPolicy_setsNone() {
        ecr.repositories.put(
                "app/etl",
                CreateRepositoryRequest.builder().repositoryName("app/etl").build());

        repositories(false, 5).ensure("app/etl");

        assertThat(ecr.policies).isEmpty();
    }

    @Test
    void ensure_withoutTheRightToReadThePolicy_leavesIt() {
        repositories(false, 0).ensure("app/etl");
        ecr.policyIsHidden = true;

        repositories(false, 5).ensure("app/etl");

        assertThat(ecr.policies).isEmpty();
    }
}
