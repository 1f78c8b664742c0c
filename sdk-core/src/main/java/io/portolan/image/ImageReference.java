package io.portolan.image;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an image is: registry, repository, tag or digest, in the words and by the grammar of the OCI distribution specification.
 *
 * <p>Shape: {@code [registry[:port]/]repository[:tag][@sha256:...]}. Defaults as in Docker: registry {@code docker.io}, tag {@code latest}
 * where neither tag nor digest is given; {@code docker.io} repositories of one part stand under {@code library/}. A first part is a
 * registry if it holds a dot or a colon or is {@code localhost}. Immutable; equal by the normalised parts.
 *
 * <p>Source: github.com/distribution/reference, regexp.go and normalize.go (2026-11).
 */
public final class ImageReference {
    private static final String HUB = "docker.io";
    private static final String OFFICIAL = "library/";
    private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final String DOMAIN_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private static final Pattern DOMAIN =
            Pattern.compile("(?:" + DOMAIN_PART + "(?:\\." + DOMAIN_PART + ")*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?");
    private static final Pattern REPOSITORY = Pattern.compile(PART + "(?:/" + PART + ")*");
    private static final Pattern TAG = Pattern.compile("[\\w][\\w.-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern SPLIT = Pattern.compile("([^@]+?)(?::([^:/@]+))?(?:@(.+))?");

    private final String registry;
    private final String repository;
    private final @Nullable String tag;
    private final @Nullable String digest;

    private ImageReference(String registry, String repository, @Nullable String tag, @Nullable String digest) {
        this.registry = registry;
        this.repository = repository;
        this.tag = tag;
        this.digest = digest;
    }

    /**
     * Reads a reference.
     *
     * @param text for example {@code ghcr.io/acme/etl:1.4}
     * @return the reference
     * @throws IllegalArgumentException if the text is no reference; the message says which part is wrong
     */
    public static ImageReference parse(String text) {
        Objects.requireNonNull(text, "text");
        Matcher matcher = SPLIT.matcher(text);
        if (text.length() > 512 || !matcher.matches()) {
            throw invalid(text, "must be [registry/]repository[:tag][@digest]");
        }
        String name = matcher.group(1);
        String first = registryOf(name);
        String registry = first.isEmpty() || first.equals("index.docker.io") ? HUB : first;
        String repository = first.isEmpty() ? name : name.substring(first.length() + 1);
        if (registry.equals(HUB) && repository.indexOf('/') < 0) {
            repository = OFFICIAL + repository;
        }
        String tag = matcher.group(2);
        String digest = matcher.group(3);
        if (!DOMAIN.matcher(registry).matches()) {
            throw invalid(text, "has the registry '" + registry + "', which is no host name with an optional port");
        }
        if (!REPOSITORY.matcher(repository).matches()) {
            throw invalid(
                    text,
                    "has the repository '" + repository
                            + "', which must be lower-case letters, digits and single . _ - /");
        }
        if (tag != null && !TAG.matcher(tag).matches()) {
            throw invalid(text, "has the tag '" + tag + "', which must be 1 to 128 letters, digits, _ . -");
        }
        if (digest != null && !DIGEST.matcher(digest).matches()) {
            throw invalid(text, "has the digest '" + digest + "', which must be sha256: and 64 lower-case hex digits");
        }
        return new ImageReference(registry, repository, tag == null && digest == null ? "latest" : tag, digest);
    }

    /** The first part if it is a registry, else nothing. */
    private static String registryOf(String name) {
        String first = name.substring(0, Math.max(0, name.indexOf('/')));
        return first.contains(".") || first.contains(":") || first.equals("localhost") ? first : "";
    }

    private static IllegalArgumentException invalid(String text, String rule) {
        String shown = text.length() > 100 ? text.substring(0, 100) + "..." : text;
        return new IllegalArgumentException(
                "image reference was '" + shown + "' but " + rule + "; for example 'ghcr.io/acme/etl:1.4'");
    }

    /**
     * The same repository with this tag and without a digest.
     *
     * @param value the tag
     * @return a new reference
     */
    public ImageReference withTag(String value) {
        if (!TAG.matcher(value).matches()) {
            throw invalid(
                    name() + ":" + value, "has the tag '" + value + "', which must be 1 to 128 letters, digits, _ . -");
        }
        return new ImageReference(registry, repository, value, null);
    }

    /**
     * The same repository pinned to this digest. The tag is kept for the reader.
     *
     * @param value {@code sha256:} and 64 hex digits
     * @return a new reference
     */
    public ImageReference withDigest(String value) {
        if (!DIGEST.matcher(value).matches()) {
            throw invalid(
                    name() + "@" + value,
                    "has the digest '" + value + "', which must be sha256: and 64 lower-case hex digits");
        }
        return new ImageReference(registry, repository, tag, value);
    }

    /**
     * The host, and port where one is given.
     *
     * @return for example {@code docker.io} or {@code 127.0.0.1:5000}
     */
    public String registry() {
        return registry;
    }

    /**
     * The repository within the registry.
     *
     * @return for example {@code library/busybox}
     */
    public String repository() {
        return repository;
    }

    /**
     * The tag.
     *
     * @return the tag, empty if only a digest was given
     */
    public Optional<String> tag() {
        return Optional.ofNullable(tag);
    }

    /**
     * The digest.
     *
     * @return {@code sha256:...}, empty if not pinned
     */
    public Optional<String> digest() {
        return Optional.ofNullable(digest);
    }

    /**
     * Registry and repository as users write them: without {@code docker.io/library/} where that can be left out.
     *
     * @return for example {@code busybox} or {@code ghcr.io/acme/etl}
     */
    public String name() {
        if (!registry.equals(HUB)) {
            return registry + "/" + repository;
        }
        boolean official = repository.startsWith(OFFICIAL) && repository.indexOf('/', OFFICIAL.length()) < 0;
        String shortName = official ? repository.substring(OFFICIAL.length()) : repository;
        // Without its registry, foo.bar/x of Docker Hub would be read as x of the registry foo.bar.
        return registryOf(shortName).isEmpty() ? shortName : HUB + "/" + repository;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ImageReference that
                && registry.equals(that.registry)
                && repository.equals(that.repository)
                && Objects.equals(tag, that.tag)
                && Objects.equals(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Objects.hash(registry, repository, tag, digest);
    }

    /** The short form, which {@link #parse} reads back to an equal reference. */
    @Override
    public String toString() {
        return name() + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }
}
