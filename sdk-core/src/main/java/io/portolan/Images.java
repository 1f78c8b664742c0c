package io.portolan;

import io.portolan.error.PortolanException;
import io.portolan.image.BuildEvent;
import io.portolan.image.DockerfileBuild;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import io.portolan.internal.call.Operation;
import io.portolan.internal.call.Traffic;
import io.portolan.portability.Capability;
import io.portolan.spi.ImageDriver;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Builds and moves images. Calls block until the work is done. Thread-safe. Part of a {@link Cloud}, which closes it.
 *
 * <p>Errors of all methods are {@link PortolanException}s: NOT_FOUND (image or repository), UNAUTHENTICATED and PERMISSION_DENIED (registry),
 * UNAVAILABLE (engine or registry), FAILED (a build step, or a push that the registry refused, with its reason).
 */
public final class Images {
    private final Connection connection;

    Images(Connection connection) {
        this.connection = connection;
    }

    /**
     * Builds an image, so that this provider can run or publish it.
     *
     * @param build what to build
     * @return the image
     */
    public Image build(ImageBuild build) {
        return build(build, Images::silent);
    }

    /**
     * Builds an image.
     *
     * @param build what to build
     * @param progress called for each step; must not block
     * @return the image
     */
    public Image build(ImageBuild build, Consumer<BuildEvent> progress) {
        connection.require(
                build instanceof DockerfileBuild ? Capability.DOCKERFILE_BUILD : Capability.FILES_BUILD,
                "images.build");
        return call("images.build", build.target(), driver -> driver.build(build, progress));
    }

    /**
     * Brings a built image to the registry that this provider pulls from, and pins it to its digest.
     *
     * @param image a built image
     * @return the image there
     */
    public Image publish(Image image) {
        return publish(image, Images::silent);
    }

    /**
     * Brings a built image to the registry that this provider pulls from, and pins it to its digest.
     *
     * @param image a built image
     * @param progress called for each step; must not block
     * @return the image there
     */
    public Image publish(Image image, Consumer<BuildEvent> progress) {
        connection.require(Capability.IMAGE_PUBLISH, "images.publish");
        return call("images.publish", image.reference(), driver -> driver.publish(image, progress));
    }

    /**
     * Pushes an image to any registry, with the credentials that the machine has (Docker's configuration) or none.
     *
     * @param image a built or pulled image
     * @param target where to
     * @return the image there, pinned to its digest
     */
    public Image push(Image image, ImageReference target) {
        return push(image, target, Images::silent);
    }

    /**
     * Pushes an image to any registry, with the credentials that the machine has or none.
     *
     * @param image a built or pulled image
     * @param target where to
     * @param progress called for each step; must not block
     * @return the image there, pinned to its digest
     */
    public Image push(Image image, ImageReference target, Consumer<BuildEvent> progress) {
        return call("images.push", target, driver -> driver.push(image, target, null, progress));
    }

    /**
     * Pushes an image to any registry.
     *
     * @param image a built or pulled image
     * @param target where to
     * @param credentials for the registry
     * @return the image there, pinned to its digest
     */
    public Image push(Image image, ImageReference target, RegistryCredentials credentials) {
        return push(image, target, credentials, Images::silent);
    }

    /**
     * Pushes an image to any registry.
     *
     * @param image a built or pulled image
     * @param target where to
     * @param credentials for the registry
     * @param progress called for each step; must not block
     * @return the image there, pinned to its digest
     */
    public Image push(
            Image image, ImageReference target, RegistryCredentials credentials, Consumer<BuildEvent> progress) {
        Objects.requireNonNull(credentials, "credentials");
        return call("images.push", target, driver -> driver.push(image, target, credentials, progress));
    }

    /**
     * Brings an image from a registry to where this provider can run it, with the credentials that the machine has or none.
     *
     * @param reference what to pull
     * @return the image
     */
    public Image pull(ImageReference reference) {
        return pull(reference, Images::silent);
    }

    /**
     * Brings an image from a registry to where this provider can run it, with the credentials that the machine has or none.
     *
     * @param reference what to pull
     * @param progress called for each step; must not block
     * @return the image
     */
    public Image pull(ImageReference reference, Consumer<BuildEvent> progress) {
        return call("images.pull", reference, driver -> driver.pull(reference, null, progress));
    }

    /**
     * Brings an image from a registry to where this provider can run it.
     *
     * @param reference what to pull
     * @param credentials for the registry
     * @return the image
     */
    public Image pull(ImageReference reference, RegistryCredentials credentials) {
        return pull(reference, credentials, Images::silent);
    }

    /**
     * Brings an image from a registry to where this provider can run it.
     *
     * @param reference what to pull
     * @param credentials for the registry
     * @param progress called for each step; must not block
     * @return the image
     */
    public Image pull(ImageReference reference, RegistryCredentials credentials, Consumer<BuildEvent> progress) {
        Objects.requireNonNull(credentials, "credentials");
        return call("images.pull", reference, driver -> driver.pull(reference, credentials, progress));
    }

    /**
     * Gives an image another name.
     *
     * @param image a built or pulled image
     * @param target the other name
     * @return the image under it
     */
    public Image tag(Image image, ImageReference target) {
        return call("images.tag", target, driver -> driver.tag(image, target));
    }

    /**
     * Finds an image and pins it to its digest: where the provider runs it from first, else in its registry.
     *
     * @param reference what to find
     * @return empty if there is none
     */
    public Optional<Image> resolve(ImageReference reference) {
        return call("images.resolve", reference, driver -> driver.resolve(reference));
    }

    private static void silent(BuildEvent event) {}

    private <T> T call(String operation, ImageReference resource, Function<ImageDriver, T> call) {
        return connection
                .caller()
                .call(
                        Traffic.IMAGE,
                        Operation.idempotent(operation, resource.toString()),
                        () -> call.apply(connection.driver().images()));
    }
}
