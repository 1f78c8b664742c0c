package io.portolan.spi;

import io.portolan.error.PortolanException;
import io.portolan.image.BuildEvent;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds and moves images. */
public interface ImageDriver {
    /**
     * Builds an image, so that this provider can run or publish it.
     *
     * @param build what to build
     * @param progress called on the calling thread or one of the builder's
     * @return the image
     * @throws PortolanException FAILED with the builder's last lines if a step fails
     */
    Image build(ImageBuild build, Consumer<BuildEvent> progress);

    /**
     * Brings a built image to the registry that this provider pulls from, and pins it to its digest.
     *
     * @param image a built image
     * @param progress as above
     * @return the image there
     * @throws PortolanException if the registry does not take it; a push that fails is never taken for a success
     */
    Image publish(Image image, Consumer<BuildEvent> progress);

    /**
     * Pushes an image to any registry.
     *
     * @param image an image that this driver built or pulled
     * @param target where to
     * @param credentials null for those that the machine has (Docker's configuration) or none
     * @param progress as above
     * @return the image there, pinned to its digest
     */
    Image push(
            Image image,
            ImageReference target,
            @Nullable RegistryCredentials credentials,
            Consumer<BuildEvent> progress);

    /**
     * Brings an image from a registry to where this provider can run it.
     *
     * @param reference what to pull
     * @param credentials null for those that the machine has or none
     * @param progress as above
     * @return the image
     * @throws PortolanException NOT_FOUND, UNAUTHENTICATED, UNAVAILABLE
     */
    Image pull(ImageReference reference, @Nullable RegistryCredentials credentials, Consumer<BuildEvent> progress);

    /**
     * Gives an image another name.
     *
     * @param image an image that this driver knows
     * @param target the other name
     * @return the image under it
     */
    Image tag(Image image, ImageReference target);

    /**
     * Finds an image and pins it to its digest: where the provider runs it from first, else in its registry.
     *
     * @param reference what to find
     * @return empty if there is none
     */
    Optional<Image> resolve(ImageReference reference);
}
