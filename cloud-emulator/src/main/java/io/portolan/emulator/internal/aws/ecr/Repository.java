package io.portolan.emulator.internal.aws.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.aws.AwsEmulator;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A repository, but for its images. */
final class Repository {
    /** What the ARN of a repository begins with. */
    static final String ARN_PREFIX = "arn:aws:ecr:" + AwsEmulator.REGION + ":" + AwsEmulator.ACCOUNT + ":repository/";

    private final String name;
    private final String uri;
    private final Instant created;
    private final JsonNode scanning;
    private final JsonNode encryption;
    private final Map<String, String> tags = new TreeMap<>();
    private TagMutability mutability;
    private @Nullable String lifecyclePolicy;

    Repository(String uri, Instant created, TagMutability mutability, ObjectNode input) {
        this.name = input.path("repositoryName").asText();
        this.uri = uri;
        this.created = created;
        this.mutability = mutability;
        this.scanning = input.path("imageScanningConfiguration").deepCopy();
        this.encryption = input.path("encryptionConfiguration").deepCopy();
    }

    String name() {
        return name;
    }

    Map<String, String> tags() {
        return tags;
    }

    TagMutability mutability() {
        return mutability;
    }

    void mutability(TagMutability changed) {
        this.mutability = changed;
    }

    @Nullable
    String lifecyclePolicy() {
        return lifecyclePolicy;
    }

    void lifecyclePolicy(@Nullable String policy) {
        this.lifecyclePolicy = policy;
    }

    /** What many answers begin with. */
    ObjectNode head() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("registryId", AwsEmulator.ACCOUNT)
                .put("repositoryName", name);
    }

    ObjectNode view() {
        ObjectNode view = head();
        view.put("repositoryArn", ARN_PREFIX + name).put("repositoryUri", uri);
        view.put("createdAt", seconds(created));
        mutability.put(view);
        view.putObject("imageScanningConfiguration")
                .put("scanOnPush", scanning.path("scanOnPush").asBoolean());
        if (encryption.isObject()) {
            view.set("encryptionConfiguration", encryption.deepCopy());
        } else {
            view.putObject("encryptionConfiguration").put("encryptionType", "AES256");
        }
        return view;
    }

    /** A time as ECR writes it. */
    static BigDecimal seconds(Instant time) {
        return BigDecimal.valueOf(time.toEpochMilli(), 3);
    }
}
