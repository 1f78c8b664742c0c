package io.portolan.id;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of a provider, as written in {@code portolan.yaml} ({@code provider: aws}).
 *
 * <p>Shape: {@code [a-z][a-z0-9-]{0,30}}. Providers outside this project choose a name of their own.
 *
 * @param value the name
 */
public record ProviderId(String value) implements Comparable<ProviderId> {
    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    /** The Docker engine of the machine or the one that {@code DOCKER_HOST} names. */
    public static final ProviderId LOCAL = new ProviderId("local");

    /** Amazon ECS, ECR and CloudWatch Logs. */
    public static final ProviderId AWS = new ProviderId("aws");

    /** Google Cloud Run, Artifact Registry and Cloud Logging. */
    public static final ProviderId GCP = new ProviderId("gcp");

    /** Azure Container Instances and Container Registry. */
    public static final ProviderId AZURE = new ProviderId("azure");

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if the value does not match the shape
     */
    public ProviderId {
        Objects.requireNonNull(value, "value");
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "provider id was '" + value + "' but must match " + SHAPE + "; use local, aws, gcp or azure");
        }
    }

    @Override
    public int compareTo(ProviderId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
