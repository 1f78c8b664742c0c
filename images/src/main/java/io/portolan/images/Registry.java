package io.portolan.images;

import io.portolan.error.ErrorCode;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.error.Violation;
import io.portolan.image.Architecture;
import io.portolan.image.BuildEvent;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import io.portolan.images.internal.archive.ImageArchive;
import io.portolan.images.internal.registry.ArchivePull;
import io.portolan.images.internal.registry.ArchivePull.Found;
import io.portolan.images.internal.registry.ArchivePush;
import io.portolan.images.internal.registry.HttpCalls;
import io.portolan.images.internal.registry.ImageCopy;
import io.portolan.images.internal.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Registries: resolve, push, copy and pull, without an engine. What is moved stays the same byte by byte, and so keeps its image id; a copy
 * keeps its digest too. Every digest is checked.
 *
 * <p>Blocking; thread-safe. Makes no retries: a push or a pull that failed may be made again, and goes on with what is missing. All methods
 * throw {@link PortolanException}: UNAUTHENTICATED and PERMISSION_DENIED (not retryable), THROTTLED and UNAVAILABLE (retryable),
 * PROVIDER_ERROR (the registry's 5xx), FAILED (it refused or gave wrong content), CANCELLED (interrupted). No message holds credentials.
 *
 * <p>Source: github.com/opencontainers/distribution-spec v1.1 (2026-11).
 */
public final class Registry {
    private final ImageCache cache;
    private final RegistryAccess access;
    private final HttpCalls http;

    /**
     * Registries as this Java virtual machine reaches them: with its proxy settings and its trust store.
     *
     * @param cache where pulled images are kept
     * @param access how to log in
     */
    public Registry(ImageCache cache, RegistryAccess access) {
        this(cache, access, HttpCalls.ofMachine());
    }

    Registry(ImageCache cache, RegistryAccess access, HttpCalls http) {
        this.cache = Objects.requireNonNull(cache, "cache");
        this.access = Objects.requireNonNull(access, "access");
        this.http = http;
    }

    /**
     * The digest that a reference has now. One small request.
     *
     * @param reference what to look for
     * @return {@code sha256:...}; empty if the registry has no such image
     */
    public Optional<String> digest(ImageReference reference) {
        return client(reference).digest();
    }

    /**
     * Finds an image and pins it to its digest; that of the whole index where the reference has images for several architectures.
     *
     * @param reference what to look for
     * @param architecture which image of an index
     * @return empty if the registry has no such image
     * @throws InvalidSpecException if it has, but not for this architecture
     */
    public Optional<Image> find(ImageReference reference, Architecture architecture) {
        return new ArchivePull(client(reference), architecture)
                .find()
                .map(found ->
                        new Image(reference.withDigest(found.digest()), found.imageId(), architecture, found.digest()));
    }

    /**
     * Brings an image to this machine as an archive in the form of {@code docker save}. Pulled again at once from the cache, which is told
     * by digest.
     *
     * @param reference what to pull
     * @param architecture which image of an index
     * @param progress called on this thread
     * @return the archive in the cache, not to be changed; empty if the registry has no such image
     * @throws InvalidSpecException if it has, but not for this architecture
     */
    public Optional<Path> pull(ImageReference reference, Architecture architecture, Consumer<BuildEvent> progress) {
        ArchivePull pull = new ArchivePull(client(reference), architecture);
        Optional<Found> found = pull.find();
        return found.map(f -> pull.download(f, cache.folder("pulled"), progress));
    }

    /**
     * Pushes an image archive as it is. Layers that the registry has are not sent again.
     *
     * @param archive one image in the form of {@code docker save}
     * @param target repository and tag
     * @param progress called on this thread
     * @return the image there, pinned to its digest
     * @throws PortolanException as above; INVALID_ARGUMENT if the file is no archive of one image
     */
    public Image push(Path archive, ImageReference target, Consumer<BuildEvent> progress) {
        checkTarget(target);
        try (ImageArchive image = ImageArchive.open(archive)) {
            Architecture architecture = image.architecture()
                    .orElseThrow(() -> PortolanException.builder(
                                    ErrorCode.UNSUPPORTED,
                                    "image archive '" + archive + "' is for the architecture '"
                                            + image.architectureName() + "', which the SDK does not know")
                            .resource(archive.toString())
                            .build());
            String digest = new ArchivePush(image, client(target), cache.folder("digests"), progress).run();
            return new Image(target.withDigest(digest), image.imageId(), architecture, digest);
        } catch (IOException e) {
            throw PortolanException.builder(ErrorCode.FAILED, "image archive '" + archive + "' cannot be read: " + e)
                    .resource(archive.toString())
                    .cause(e)
                    .build();
        }
    }

    /**
     * Copies an image, with all its architectures, to another repository or registry. The digest stays the same, so that what was tested is
     * what is promoted. Within one registry no layer is sent.
     *
     * @param source what to copy; best pinned to a digest
     * @param target repository and tag
     * @param progress called on this thread
     * @return the target, pinned to the digest
     * @throws PortolanException as above; NOT_FOUND if there is no such source
     */
    public ImageReference copy(ImageReference source, ImageReference target, Consumer<BuildEvent> progress) {
        checkTarget(target);
        String digest = new ImageCopy(client(source), client(target), progress).run();
        return target.withDigest(digest);
    }

    private static void checkTarget(ImageReference target) {
        if (target.digest().isPresent()) {
            throw new InvalidSpecException(
                    "push to '" + target + "'",
                    List.of(new Violation(
                            "target",
                            target.toString(),
                            "must have no digest, which only the push makes known",
                            "give repository and tag")));
        }
    }

    private RegistryClient client(ImageReference reference) {
        return new RegistryClient(reference, access.endpoint(reference.registry()), http);
    }
}
