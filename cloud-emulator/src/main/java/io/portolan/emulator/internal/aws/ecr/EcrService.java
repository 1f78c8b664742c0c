package io.portolan.emulator.internal.aws.ecr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.JsonService;
import io.portolan.emulator.internal.aws.ecs.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Repositories and logins. Images go to a registry beside the emulator, which answers for what is in it. */
public final class EcrService implements JsonService {
    private static final Duration LOGIN = Duration.ofHours(12);
    private static final String ARN = "arn:aws:ecr:" + AwsEmulator.REGION + ":" + AwsEmulator.ACCOUNT + ":repository/";
    private static final String HOST = AwsEmulator.ACCOUNT + ".dkr.ecr." + AwsEmulator.REGION + ".amazonaws.com";

    private final Clock clock;
    private final @Nullable String registry;
    private final Map<String, ObjectNode> repositories = new TreeMap<>();
    private final Map<String, ObjectNode> policies = new TreeMap<>();
    private final Map<String, Map<String, String>> tags = new TreeMap<>();
    private final Map<String, UnaryOperator<ObjectNode>> operations = new LinkedHashMap<>();

    /**
     * No repositories yet.
     *
     * @param clock the emulator's time
     * @param registry host and port of a registry on loopback, null for the names of the real service
     */
    public EcrService(Clock clock, @Nullable String registry) {
        this.clock = clock;
        this.registry = registry;
        operations.put("CreateRepository", this::create);
        operations.put("DescribeRepositories", this::describe);
        operations.put("DeleteRepository", this::delete);
        operations.put("GetAuthorizationToken", this::login);
        operations.put("PutLifecyclePolicy", this::putPolicy);
        operations.put("GetLifecyclePolicy", this::getPolicy);
        operations.put("PutImageTagMutability", this::putMutability);
        operations.put("TagResource", this::tag);
        operations.put("ListTagsForResource", this::listTags);
    }

    @Override
    public String targetPrefix() {
        return "AmazonEC2ContainerRegistry_V20150921";
    }

    @Override
    public String name() {
        return "ecr";
    }

    @Override
    public synchronized ObjectNode call(String operation, ObjectNode input) {
        UnaryOperator<ObjectNode> known = operations.get(operation);
        if (known == null) {
            throw new AwsError(400, "UnknownOperationException", "Operation " + operation + " is not emulated.");
        }
        return known.apply(input);
    }

    private ObjectNode repository(ObjectNode input) {
        String name = Json.text(input, "repositoryName", "");
        ObjectNode repository = repositories.get(name);
        if (repository == null) {
            throw notFound(name);
        }
        return repository;
    }

    private static AwsError notFound(String name) {
        return new AwsError(
                400,
                "RepositoryNotFoundException",
                "The repository with name '" + name + "' does not exist in the registry with id '" + AwsEmulator.ACCOUNT
                        + "'");
    }

    private ObjectNode create(ObjectNode input) {
        String name = Json.text(input, "repositoryName", "");
        if (repositories.containsKey(name)) {
            throw new AwsError(
                    400,
                    "RepositoryAlreadyExistsException",
                    "The repository with name '" + name + "' already exists in the registry with id '"
                            + AwsEmulator.ACCOUNT + "'");
        }
        ObjectNode repository = Json.object()
                .put("repositoryArn", ARN + name)
                .put("registryId", AwsEmulator.ACCOUNT)
                .put("repositoryName", name)
                .put("repositoryUri", (registry == null ? HOST : registry) + "/" + name)
                .put("imageTagMutability", Json.text(input, "imageTagMutability", "MUTABLE"));
        Json.time(repository, "createdAt", clock.instant());
        repository.putObject("imageScanningConfiguration").put("scanOnPush", false);
        repository.putObject("encryptionConfiguration").put("encryptionType", "AES256");
        repositories.put(name, repository);
        Map<String, String> given = new TreeMap<>();
        input.path("tags").forEach(t -> given.put(Json.text(t, "Key", ""), Json.text(t, "Value", "")));
        tags.put(ARN + name, given);
        ObjectNode output = Json.object();
        output.set("repository", repository);
        return output;
    }

    private ObjectNode describe(ObjectNode input) {
        List<String> names = Json.texts(input, "repositoryNames");
        ObjectNode output = Json.object();
        ArrayNode list = output.putArray("repositories");
        for (String name : names == null ? List.copyOf(repositories.keySet()) : names) {
            ObjectNode repository = repositories.get(name);
            if (repository == null) {
                throw notFound(name);
            }
            list.add(repository);
        }
        return output;
    }

    private ObjectNode delete(ObjectNode input) {
        ObjectNode repository = repository(input);
        repositories.remove(Json.text(repository, "repositoryName", ""));
        ObjectNode output = Json.object();
        output.set("repository", repository);
        return output;
    }

    private ObjectNode login(ObjectNode input) {
        String token = Base64.getEncoder().encodeToString("AWS:emulated".getBytes(StandardCharsets.UTF_8));
        ObjectNode data = Json.object()
                .put("authorizationToken", token)
                .put("proxyEndpoint", registry == null ? "https://" + HOST : "http://" + registry);
        Json.time(data, "expiresAt", clock.instant().plus(LOGIN));
        ObjectNode output = Json.object();
        output.putArray("authorizationData").add(data);
        return output;
    }

    private ObjectNode putPolicy(ObjectNode input) {
        ObjectNode policy = Json.object()
                .put("registryId", AwsEmulator.ACCOUNT)
                .put("repositoryName", Json.text(repository(input), "repositoryName", ""))
                .put("lifecyclePolicyText", Json.text(input, "lifecyclePolicyText", ""));
        policies.put(Json.text(policy, "repositoryName", ""), policy);
        return policy;
    }

    private ObjectNode getPolicy(ObjectNode input) {
        ObjectNode policy = policies.get(Json.text(repository(input), "repositoryName", ""));
        if (policy == null) {
            throw new AwsError(400, "LifecyclePolicyNotFoundException", "Lifecycle policy does not exist.");
        }
        return policy;
    }

    private ObjectNode putMutability(ObjectNode input) {
        return repository(input).put("imageTagMutability", Json.text(input, "imageTagMutability", "MUTABLE"));
    }

    private ObjectNode tag(ObjectNode input) {
        Map<String, String> kept = tags.computeIfAbsent(Json.text(input, "resourceArn", ""), arn -> new TreeMap<>());
        input.path("tags").forEach(t -> kept.put(Json.text(t, "Key", ""), Json.text(t, "Value", "")));
        return Json.object();
    }

    private ObjectNode listTags(ObjectNode input) {
        ObjectNode output = Json.object();
        ArrayNode list = output.putArray("tags");
        tags.getOrDefault(Json.text(input, "resourceArn", ""), Map.of())
                .forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
        return output;
    }
}
