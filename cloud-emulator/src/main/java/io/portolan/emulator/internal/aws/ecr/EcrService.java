package io.portolan.emulator.internal.aws.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.JsonService;
import io.portolan.emulator.internal.aws.ServiceModel;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** ECR. Its images are in a real registry if there is one, else in memory. */
public final class EcrService implements JsonService {
    private static final String NAME = "ecr";
    private static final String HOST = AwsEmulator.ACCOUNT + ".dkr.ecr." + AwsEmulator.REGION + ".amazonaws.com";
    private static final Duration TOKEN_LIFE = Duration.ofHours(12);

    private final Clock clock;
    private final URI endpoint;
    private final Map<String, UnaryOperator<ObjectNode>> operations = new HashMap<>();

    /**
     * ECR without repositories.
     *
     * @param clock the emulator's
     * @param registry host and port of a registry, null if there is none
     */
    public EcrService(Clock clock, @Nullable String registry) {
        this.clock = clock;
        this.endpoint = endpoint(registry);
        Images images = new Images(registry == null ? new StoredImages() : new RegistryImages(endpoint), clock);
        Repositories repositories = new Repositories(clock, registry == null ? HOST : registry, images);
        operations.putAll(repositories.operations());
        operations.putAll(new RepositoryTags(repositories).operations());
        operations.putAll(new LifecyclePolicies(repositories, clock).operations());
        operations.putAll(new ImageOperations(repositories, images).operations());
        operations.putAll(new ImageChanges(repositories, images).operations());
        operations.put("GetAuthorizationToken", this::authorize);
    }

    @Override
    public String targetPrefix() {
        return ServiceModel.of(NAME).targetPrefix();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public synchronized ObjectNode call(String operation, ObjectNode input) {
        UnaryOperator<ObjectNode> handler = operations.get(operation);
        if (handler == null) {
            throw new AwsError(400, "UnsupportedFeatureException", "The emulator does not have " + operation);
        }
        return handler.apply(input);
    }

    private ObjectNode authorize(ObjectNode input) {
        JsonNode registries = input.path("registryIds");
        for (JsonNode registry : registries) {
            if (!registry.asText().equals(AwsEmulator.ACCOUNT)) {
                throw AwsError.invalidParameter("The registry with id '" + registry.asText() + "' does not exist.");
            }
        }
        String login = "AWS:" + UUID.randomUUID();
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.putArray("authorizationData")
                .addObject()
                .put("authorizationToken", Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .put("expiresAt", Repository.seconds(clock.instant().plus(TOKEN_LIFE)))
                .put("proxyEndpoint", endpoint.toString());
        return output;
    }

    private static URI endpoint(@Nullable String registry) {
        if (registry == null) {
            return URI.create("https://" + HOST);
        }
        boolean loopback =
                registry.startsWith("127.") || registry.startsWith("localhost") || registry.startsWith("[::1]");
        return URI.create((loopback ? "http://" : "https://") + registry);
    }
}
