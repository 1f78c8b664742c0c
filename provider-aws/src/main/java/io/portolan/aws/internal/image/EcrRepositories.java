package io.portolan.aws.internal.image;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.Tag;

/**
 * Makes repositories when they are first needed, because ECR takes no image without one. One that exists is left as it is. Asks once per
 * connection and repository. Thread-safe.
 */
public final class EcrRepositories {
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
        if (!exists(name) && create(name) && rules.keepImages() > 0) {
            calls.call(
                    "ecr:PutLifecyclePolicy",
                    name,
                    () -> client.get()
                            .putLifecyclePolicy(
                                    r -> r.repositoryName(name).lifecyclePolicyText(keep(rules.keepImages()))));
        }
        ensured.add(name);
    }

    private boolean exists(String name) {
        try {
            return !calls.call(
                            "ecr:DescribeRepositories",
                            name,
                            () -> client.get().describeRepositories(r -> r.repositoryNames(name)))
                    .repositories()
                    .isEmpty();
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return false;
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
