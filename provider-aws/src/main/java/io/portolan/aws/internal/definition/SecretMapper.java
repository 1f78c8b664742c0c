package io.portolan.aws.internal.definition;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.spec.SecretRef;
import java.util.Map;
import java.util.Optional;

/** Where ECS finds the value of a secret. The value itself never passes. Pure. */
public final class SecretMapper {
    /** Parts of the ARN of a secret; after them come JSON key, version stage and version id. */
    private static final int ARN_PARTS = 7;

    private static final Map<String, String> PARTITIONS = Map.of(
            "cn-", "aws-cn",
            "us-gov-", "aws-us-gov",
            "us-iso-", "aws-iso",
            "us-isob-", "aws-iso-b",
            "eu-isoe-", "aws-iso-e",
            "us-isof-", "aws-iso-f",
            "eusc-", "aws-eusc");

    private SecretMapper() {}

    /**
     * The place of a secret.
     *
     * @param secret the reference of the spec
     * @param settings the settings of the workload
     * @param region the Region of the task
     * @return what ECS takes as {@code valueFrom}; empty if the configuration does not say enough
     */
    public static Optional<String> valueFrom(SecretRef secret, AwsSettings settings, String region) {
        String name = settings.config().under(AwsKeys.SECRETS).getOrDefault(secret.name(), secret.name());
        if (name.startsWith("ssm:") || name.startsWith("/")) {
            String parameter = name.startsWith("ssm:") ? name.substring("ssm:".length()) : name;
            return secret.version().isPresent() ? Optional.empty() : Optional.of(parameter);
        }
        Optional<String> arn = name.startsWith("arn:")
                ? Optional.of(name)
                : settings.text(AwsKeys.ACCOUNT)
                        .map(account -> "arn:" + partition(region) + ":secretsmanager:" + region + ":" + account
                                + ":secret:" + name);
        return secret.version().isEmpty()
                ? arn
                : arn.filter(place -> place.contains(":secretsmanager:"))
                        .map(place -> versioned(place, secret.version().get()));
    }

    /** Ids of versions are request tokens, 32 to 64 characters; anything shorter is a stage. */
    private static String versioned(String arn, String version) {
        String[] parts = arn.split(":", -1);
        String key = parts.length > ARN_PARTS ? parts[ARN_PARTS] : "";
        StringBuilder base = new StringBuilder(parts[0]);
        for (int i = 1; i < Math.min(parts.length, ARN_PARTS); i++) {
            base.append(':').append(parts[i]);
        }
        return version.length() >= 32 ? base + ":" + key + "::" + version : base + ":" + key + ":" + version + ":";
    }

    private static String partition(String region) {
        return PARTITIONS.entrySet().stream()
                .filter(entry -> region.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("aws");
    }
}
