package io.portolan.images;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.image.Architecture;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import java.util.Optional;
import java.util.Set;

/** The registry that a platform runs images from: what differs between the providers of clouds. Implementations are thread-safe. */
public interface PlatformRegistry {
    /**
     * Whose registry it is, for errors.
     *
     * @return the id of a provider
     */
    String provider();

    /**
     * What people call it.
     *
     * @return for example {@code ECR}
     */
    String title();

    /**
     * The processors that the platform has.
     *
     * @return at least one, that of most workloads first
     */
    Set<Architecture> architectures();

    /**
     * Whether the platform runs images of a registry as they are, so that they need not be published. May make a request, but none for
     * registries whose name tells.
     *
     * @param registry host and port as in image references
     * @return false for the registries of others
     */
    boolean holds(String registry);

    /**
     * The login to a registry, renewed before it expires.
     *
     * @param registry host and port as in image references
     * @return empty if this platform has none for it
     */
    Optional<RegistryCredentials> credentials(String registry);

    /**
     * Where an image is published to.
     *
     * @param image what is published
     * @return repository and tag, without a digest
     * @throws InvalidSpecException if the registry does not allow the name
     */
    ImageReference target(Image image);

    /**
     * Makes what must be there before a push, if it is missing.
     *
     * @param target in a registry that this one {@linkplain #holds holds}
     * @throws PortolanException if it cannot be made
     */
    void ensure(ImageReference target);
}
