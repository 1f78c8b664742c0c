package io.portolan.image;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image that exists: built, pulled or published.
 *
 * @param reference where it is; pinned to the digest once it is in a registry
 * @param id digest of the image configuration ({@code sha256:...}): equal ids are equal contents
 * @param architecture what it runs on
 * @param manifestDigest digest of the manifest in the registry, null while it is in no registry
 */
public record Image(
        ImageReference reference,
        String id,
        Architecture architecture,
        @Nullable String manifestDigest) {
    /** Checks for null. */
    public Image {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(architecture, "architecture");
    }

    /**
     * The digest in the registry.
     *
     * @return empty while the image is in no registry
     */
    public Optional<String> digest() {
        return Optional.ofNullable(manifestDigest);
    }
}
