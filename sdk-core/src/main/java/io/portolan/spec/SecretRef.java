package io.portolan.spec;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a secret. The value never passes through a spec.
 *
 * <p>How providers carry it: local resolves the name from the environment, a file or a directory, see {@code docs/providers/local.md}; ECS
 * takes a Secrets Manager or SSM name or ARN; Cloud Run a Secret Manager secret; Container Instances a Key Vault secret.
 *
 * <p>Shape of the name: {@code [A-Za-z0-9_./:-]{1,2048}}. Immutable.
 */
public final class SecretRef {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_./:+=@-]{1,2048}");

    private final String name;
    private final @Nullable String version;

    private SecretRef(String name, @Nullable String version) {
        this.name = Objects.requireNonNull(name, "name");
        this.version = version;
        if (!SHAPE.matcher(name).matches()
                || (version != null && !SHAPE.matcher(version).matches())) {
            // The text is not repeated: a caller who passes the secret itself by mistake must not find it in a log.
            throw new IllegalArgumentException(
                    "secret reference must be the name of a secret (letters, digits, _ . / : + = @ -), not its value; for example SecretRef.named(\"report-db\")");
        }
    }

    /**
     * The newest version of a secret.
     *
     * @param name the name in the provider's secret store
     * @return the reference
     * @throws IllegalArgumentException if the name does not match the shape; the message does not repeat it
     */
    public static SecretRef named(String name) {
        return new SecretRef(name, null);
    }

    /**
     * The same secret at one version.
     *
     * @param value the version in the provider's words
     * @return a new reference
     */
    public SecretRef version(String value) {
        return new SecretRef(name, Objects.requireNonNull(value, "version"));
    }

    /**
     * The name in the provider's secret store.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The version.
     *
     * @return the version, empty for the newest
     */
    public Optional<String> version() {
        return Optional.ofNullable(version);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretRef that && name.equals(that.name) && Objects.equals(version, that.version);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, version);
    }

    /** {@code name} or {@code name#version}. */
    @Override
    public String toString() {
        return version == null ? name : name + "#" + version;
    }
}
