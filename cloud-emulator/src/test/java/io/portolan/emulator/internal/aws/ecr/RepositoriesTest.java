package io.portolan.emulator.internal.aws.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.emulator.AwsClients;
import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.EmulatorClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.InvalidTagParameterException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.ecr.model.TooManyTagsException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepositoriesTest {
    private static final String HOST = "123456789012.dkr.ecr.us-east-1.amazonaws.com";

    private final EmulatorClock clock = EmulatorClock.manual();
    private final CloudEmulator emulator = CloudEmulator.builder().clock(clock).start();
    private final EcrClient ecr = AwsClients.open(emulator, EcrClient.builder());

    @AfterEach
    void clear() {
        ecr.describeRepositoriesPaginator(request -> {})
                .repositories()
                .forEach(repository ->
                        ecr.deleteRepository(request -> request.repositoryName(repository.repositoryName())));
    }

    @AfterAll
    void close() {
        ecr.close();
        emulator.close();
    }

    @Test
    void createRepository_byDefault_isMutableAndEncrypted() {
        Repository created = create("team/app");

        assertThat(created.repositoryUri()).isEqualTo(HOST + "/team/app");
        assertThat(created.repositoryArn()).isEqualTo("arn:aws:ecr:us-east-1:123456789012:repository/team/app");
        assertThat(created.registryId()).isEqualTo("123456789012");
        assertThat(created.createdAt()).isEqualTo(clock.instant());
        assertThat(created.imageTagMutability()).isEqualTo(ImageTagMutability.MUTABLE);
        assertThat(created.imageScanningConfiguration().scanOnPush()).isFalse();
        assertThat(created.encryptionConfiguration().encryptionTypeAsString()).isEqualTo("AES256");
    }

    @Test
    void createRepository_twice_isRefused() {
        create("app");

        assertThatThrownBy(() -> create("app"))
                .isInstanceOf(RepositoryAlreadyExistsException.class)
                .hasMessageContaining("already exists in the registry with id '123456789012'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"App", "1app", "a", "app/", "app--/x", "a b", "/app"})
    void createRepository_withAWrongName_isRefused(String name) {
        assertThatThrownBy(() -> create(name)).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void describeRepositories_ofMany_goesPageByPage() {
        IntStream.range(0, 7).forEach(i -> create("app" + i));

        assertThat(ecr.describeRepositories(request -> request.maxResults(3)).repositories())
                .hasSize(3);
        assertThat(ecr.describeRepositoriesPaginator(request -> request.maxResults(3))
                        .repositories())
                .hasSize(7);
        assertThat(ecr.describeRepositories(request -> request.repositoryNames("app3"))
                        .repositories())
                .extracting(Repository::repositoryName)
                .containsExactly("app3");
        assertThatThrownBy(() -> ecr.describeRepositories(request -> request.repositoryNames("app3", "none")))
                .isInstanceOf(RepositoryNotFoundException.class)
                .hasMessageContaining("The repository with name 'none' does not exist");
    }

    @Test
    void mutability_withExclusions_needsFilters() {
        create("app");
        ImageTagMutabilityExclusionFilter latest = filter("latest*");

        var answer = ecr.putImageTagMutability(request -> request.repositoryName("app")
                .imageTagMutability(ImageTagMutability.IMMUTABLE_WITH_EXCLUSION)
                .imageTagMutabilityExclusionFilters(latest));

        assertThat(answer.imageTagMutabilityExclusionFilters()).containsExactly(latest);
        assertThatThrownBy(() -> ecr.putImageTagMutability(request ->
                        request.repositoryName("app").imageTagMutability(ImageTagMutability.IMMUTABLE_WITH_EXCLUSION)))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> ecr.putImageTagMutability(request -> request.repositoryName("app")
                        .imageTagMutability(ImageTagMutability.IMMUTABLE)
                        .imageTagMutabilityExclusionFilters(latest)))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> ecr.putImageTagMutability(request -> request.repositoryName("app")
                        .imageTagMutability(ImageTagMutability.IMMUTABLE_WITH_EXCLUSION)
                        .imageTagMutabilityExclusionFilters(filter("*a*b*"))))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void tags_ofARepository_canBeChanged() {
        String arn = ecr.createRepository(
                        request -> request.repositoryName("app").tags(tag("a", "1"), tag("b", "2")))
                .repository()
                .repositoryArn();

        ecr.tagResource(request -> request.resourceArn(arn).tags(tag("b", "3")));
        ecr.untagResource(request -> request.resourceArn(arn).tagKeys("a"));

        assertThat(ecr.listTagsForResource(request -> request.resourceArn(arn)).tags())
                .containsExactly(tag("b", "3"));
        assertThatThrownBy(() ->
                        ecr.tagResource(request -> request.resourceArn(arn).tags(tag("aws:x", "1"))))
                .isInstanceOf(InvalidTagParameterException.class);
        List<Tag> many = IntStream.range(0, 51).mapToObj(i -> tag("k" + i, "v")).toList();
        assertThatThrownBy(() ->
                        ecr.tagResource(request -> request.resourceArn(arn).tags(many)))
                .isInstanceOf(TooManyTagsException.class);
        assertThatThrownBy(() -> ecr.listTagsForResource(request -> request.resourceArn(arn + "2")))
                .isInstanceOf(RepositoryNotFoundException.class);
    }

    @Test
    void lifecyclePolicy_thatIsValid_isKept() {
        create("app");
        String policy = """
                {"rules":[{"rulePriority":1,"description":"keep the last images only","selection":{"tagStatus":"any",
                "countType":"imageCountMoreThan","countNumber":10},"action":{"type":"expire"}}]}""";

        assertThatThrownBy(() -> ecr.getLifecyclePolicy(request -> request.repositoryName("app")))
                .isInstanceOf(LifecyclePolicyNotFoundException.class);
        ecr.putLifecyclePolicy(request -> request.repositoryName("app").lifecyclePolicyText(policy));
        assertThat(ecr.getLifecyclePolicy(request -> request.repositoryName("app"))
                        .lifecyclePolicyText())
                .isEqualTo(policy);
        assertThatThrownBy(() -> ecr.putLifecyclePolicy(request -> request.repositoryName("app")
                        .lifecyclePolicyText(policy.replace("imageCountMoreThan", "sometimes"))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Lifecycle policy validation failure");
    }

    @Test
    void getAuthorizationToken_isOfTheUserAws_forTwelveHours() {
        var data = ecr.getAuthorizationToken().authorizationData().get(0);

        String login = new String(Base64.getDecoder().decode(data.authorizationToken()), StandardCharsets.UTF_8);
        assertThat(login).startsWith("AWS:").hasSizeGreaterThan(20);
        assertThat(data.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofHours(12)));
        assertThat(data.proxyEndpoint()).isEqualTo("https://" + HOST);
    }

    private Repository create(String name) {
        return ecr.createRepository(request -> request.repositoryName(name)).repository();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static ImageTagMutabilityExclusionFilter filter(String filter) {
        return ImageTagMutabilityExclusionFilter.builder()
                .filterType("WILDCARD")
                .filter(filter)
                .build();
    }
}
