package io.portolan.aws.internal.image;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenResponse;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.Repository;

/** The part of ECR beside its registry: logins and repositories. */
final class FakeEcr implements EcrClient {
    static final String HOST = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
    static final String PASSWORD = "correct-horse";

    final Map<String, CreateRepositoryRequest> repositories = new HashMap<>();
    final List<String> requests = new ArrayList<>();
    final Map<String, String> policies = new HashMap<>();
    String endpoint = "https://" + HOST;
    String token = base64("tester:" + PASSWORD);

    @Nullable
    Instant expiresAt;

    boolean anotherIsFaster;
    boolean policyFails;
    boolean policyIsHidden;

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public GetAuthorizationTokenResponse getAuthorizationToken(GetAuthorizationTokenRequest request) {
        requests.add("GetAuthorizationToken");
        return GetAuthorizationTokenResponse.builder()
                .authorizationData(AuthorizationData.builder()
                        .authorizationToken(token)
                        .proxyEndpoint(endpoint)
                        .expiresAt(expiresAt)
                        .build())
                .build();
    }

    @Override
    public DescribeRepositoriesResponse describeRepositories(DescribeRepositoriesRequest request) {
        requests.add("DescribeRepositories");
        String name = request.repositoryNames().get(0);
        if (!repositories.containsKey(name)) {
            throw error("RepositoryNotFoundException", "The repository with name '" + name + "' does not exist");
        }
        return DescribeRepositoriesResponse.builder()
                .repositories(Repository.builder()
                        .repositoryName(name)
                        .repositoryArn("arn:aws:ecr:eu-central-1:123456789012:repository/" + name)
                        .build())
                .build();
    }

    @Override
    public CreateRepositoryResponse createRepository(CreateRepositoryRequest request) {
        requests.add("CreateRepository");
        if (anotherIsFaster || repositories.putIfAbsent(request.repositoryName(), request) != null) {
            throw error("RepositoryAlreadyExistsException", "The repository already exists");
        }
        return CreateRepositoryResponse.builder().build();
    }

    @Override
    public PutLifecyclePolicyResponse putLifecyclePolicy(PutLifecyclePolicyRequest request) {
        requests.add("PutLifecyclePolicy");
        if (policyFails) {
            throw error("ServerException", "inside");
        }
        policies.put(request.repositoryName(), request.lifecyclePolicyText());
        return PutLifecyclePolicyResponse.builder().build();
    }

    @Override
    public GetLifecyclePolicyResponse getLifecyclePolicy(GetLifecyclePolicyRequest request) {
        requests.add("GetLifecyclePolicy");
        if (policyIsHidden) {
            throw error("AccessDeniedException", "not authorized to perform: ecr:GetLifecyclePolicy");
        }
        String policy = policies.get(request.repositoryName());
        if (policy == null) {
            throw error("LifecyclePolicyNotFoundException", "Lifecycle policy does not exist");
        }
        return GetLifecyclePolicyResponse.builder().lifecyclePolicyText(policy).build();
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        requests.add("ListTagsForResource");
        String name = request.resourceArn().substring(request.resourceArn().indexOf('/') + 1);
        return ListTagsForResourceResponse.builder()
                .tags(Objects.requireNonNull(repositories.get(name)).tags())
                .build();
    }

    private static RuntimeException error(String code, String message) {
        return EcrException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .statusCode(400)
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
