package io.portolan.aws.internal.image;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.Tag;

/**
 * Makes repositories when they are first needed, because ECR takes no image without one. One that exists is left as it is, unless it was
 * made here and its policy is still missing. Asks once per connection and repository. Thread-safe.
 */
public final class EcrRepositories {
    private static final Logger LOG = LoggerFactory.getLogger(EcrRepositories.class);

    private final Supplier<EcrClient> client;
    private final AwsCalls calls;
    private final Rules rules;
    private final Set<String> ensured = new HashSet<>();

    /**
     * What holds for a repository that is made.
     *
     * @param immutableTags whether a tag cannot be moved
     * @param keepImages how many images are kept, 0 for all
     * @param tags what marks it as made here
     */
    public record Rules(boolean immutableTags, int keepImages, Map<String, String> tags) {
        /** Copies the tags. */
        public Rules {
            tags = Map.copyOf(tags);
        }
    }

    /**
     * Nothing is asked yet.
     *
     * @param client gives the client at its first use
     * @param calls makes the requests
     * @param rules for repositories that are made
     */
    public EcrRepositories(Supplier<EcrClient> client, AwsCalls calls, Rules rules) {
        this.client = Objects.requireNonNull(client, "client");
        this.calls = Objects.requireNonNull(calls, "calls");
        this.rules = Objects.requireNonNull(rules, "rules");
    }

    /**
     * Makes a repository if there is none.
     *
     * @param name its name, without the registry
     */
    public synchronized void ensure(String name) {
        if (ensured.contains(name)) {
            return;
        }
        Optional<Repository> existing = find(name);
        if (existing.isEmpty() && create(name)) {
            putPolicy(name);
        } else {
            existing.or(() -> find(name)).ifPresent(this::completePolicy);
        }
        ensured.add(name);
    }

    /** Who made it may have been stopped before it set the policy; then images would be kept for ever. */
    private void completePolicy(Repository repository) {
        String name = repository.repositoryName();
        if (rules.keepImages() == 0) {
            return;
        }
        try {
            if (hasPolicy(name) || !isOurs(repository)) {
                return;
            }
        } catch (PortolanException e) {
            if (e.code() != ErrorCode.PERMISSION_DENIED) {
                throw e;
            }
            LOG.debug("the lifecycle policy of repository '{}' cannot be read and is left as it is", name, e);
            return;
        }
        putPolicy(name);
    }

    private boolean hasPolicy(String name) {
        try {
            calls.call(
                    "ecr:GetLifecyclePolicy", name, () -> client.get().getLifecyclePolicy(r -> r.repositoryName(name)));
            return true;
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private boolean isOurs(Repository repository) {
        return calls
                .call(
                        "ecr:ListTagsForResource",
                        repository.repositoryName(),
                        () -> client.get().listTagsForResource(r -> r.resourceArn(repository.repositoryArn())))
                .tags()
                .stream()
                .collect(Collectors.toMap(Tag::key, Tag::value))
                .entrySet()
                .containsAll(rules.tags().entrySet());
    }

    private void putPolicy(String name) {
        if (rules.keepImages() > 0) {
            calls.call(
                    "ecr:PutLifecyclePolicy",
                    name,
                    () -> client.get()
                            .putLifecyclePolicy(
                                    r -> r.repositoryName(name).lifecyclePolicyText(keep(rules.keepImages()))));
        }
    }

    private Optional<Repository> find(String name) {
        try {
            return calls
                    .call(
                            "ecr:DescribeRepositories",
                            name,
                            () -> client.get().describeRepositories(r -> r.repositoryNames(name)))
                    .repositories()
                    .stream()
                    .findFirst();
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean create(String name) {
        List<Tag> tags = rules.tags().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        CreateRepositoryRequest request = CreateRepositoryRequest.builder()
                .repositoryName(name)
                .imageTagMutability(rules.immutableTags() ? ImageTagMutability.IMMUTABLE : ImageTagMutability.MUTABLE)
                .tags(tags)
                .build();
        try {
            calls.call("ecr:CreateRepository", name, () -> client.get().createRepository(request));
            return true;
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.ALREADY_EXISTS) {
                return false; // another process was faster
            }
            throw e;
        }
    }

    private static String keep(int images) {
        return "{\"rules\":[{\"rulePriority\":1,\"description\":\"keep " + images + " images\","
                + "\"selection\":{\"tagStatus\":\"any\",\"countType\":\"imageCountMoreThan\",\"countNumber\":" + images
                + "},\"action\":{\"type\":\"expire\"}}]}";
    }
}
