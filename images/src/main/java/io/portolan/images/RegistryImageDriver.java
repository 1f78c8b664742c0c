package io.portolan.images;

import io.portolan.error.ErrorCode;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.error.Violation;
import io.portolan.image.Architecture;
import io.portolan.image.BuildEvent;
import io.portolan.image.FilesBuild;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import io.portolan.spi.ImageDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds images without an engine and keeps them in the registry of a platform: what all providers of clouds share. Builds lie as archives
 * in the image cache until they are published; an image of a registry is never brought to this machine, but copied from registry to
 * registry. Thread-safe.
 */
public final class RegistryImageDriver implements ImageDriver {
    private final PlatformRegistry platform;
    private final ImageCache cache;
    private final RegistryAccess access;
    private final Registry registry;
    private final BuiltImages built;
    private final FilesImageBuilder builder;
    private final ImageArchitectures architectures;
    private final Map<ImageReference, RegistryCredentials> pulledWith = new ConcurrentHashMap<>();

    /**
     * A driver that has made no request yet.
     *
     * @param platform the registry that images are published to
     * @param cache where builds are kept
     * @param access how to log in to other registries
     */
    public RegistryImageDriver(PlatformRegistry platform, ImageCache cache, RegistryAccess access) {
        this.platform = Objects.requireNonNull(platform, "platform");
        this.cache = Objects.requireNonNull(cache, "cache");
        this.access = access.with(platform::credentials);
        this.registry = new Registry(cache, this.access);
        this.built = new BuiltImages(cache);
        this.builder = new FilesImageBuilder(cache, this.access);
        this.architectures = new ImageArchitectures(platform, registry::find);
    }

    /**
     * Whether images fit the processor of a workload.
     *
     * @return the check, which uses this driver's login
     */
    public ImageArchitectures architectures() {
        return architectures;
    }

    @Override
    public Image build(ImageBuild build, Consumer<BuildEvent> progress) {
        if (!(build instanceof FilesBuild files)) {
            throw error(
                    ErrorCode.UNSUPPORTED,
                    "build",
                    build.target(),
                    "a Dockerfile needs an engine, which the provider '" + platform.provider()
                            + "' does not have; build it"
                            + " with the provider 'local' and push it to " + platform.title()
                            + " from there, or build from files");
        }
        FilesImageBuilder.check(files);
        Path archive = built.begin();
        try {
            Image image = inContext("build", () -> builder.toArchive(files, archive, progress));
            built.add(image, archive);
            return image;
        } finally {
            delete(archive);
        }
    }

    @Override
    public Image publish(Image image, Consumer<BuildEvent> progress) {
        Optional<Path> archive = built.archive(image);
        if (archive.isEmpty()
                && image.digest().isPresent()
                && platform.holds(image.reference().registry())) {
            progress.accept(new BuildEvent("publish", image.reference() + " is in " + platform.title()));
            return image;
        }
        if (archive.isEmpty() && image.digest().isEmpty()) {
            throw nowhere("publish", image);
        }
        architectures.check(image);
        return move("publish", image, platform.target(image), access, progress);
    }

    @Override
    public Image push(
            Image image,
            ImageReference target,
            @Nullable RegistryCredentials credentials,
            Consumer<BuildEvent> progress) {
        checkNoDigest("push", target);
        return move("push", image, target, with(target, credentials), progress);
    }

    private Image move(
            String operation,
            Image image,
            ImageReference target,
            RegistryAccess targetAccess,
            Consumer<BuildEvent> progress) {
        Optional<Path> archive = built.archive(image);
        if (archive.isEmpty() && image.digest().isEmpty()) {
            throw nowhere(operation, image);
        }
        if (platform.holds(target.registry())) {
            platform.ensure(target);
        }
        try {
            return inContext(
                    operation,
                    () -> archive.map(file -> new Registry(cache, targetAccess).push(file, target, progress))
                            .orElseGet(() -> copied(image, target, targetAccess, progress)));
        } catch (PortolanException e) {
            return present(operation, image, target, targetAccess, e);
        }
    }

    private Image copied(
            Image image, ImageReference target, RegistryAccess targetAccess, Consumer<BuildEvent> progress) {
        ImageReference source = image.reference();
        RegistryCredentials own = source.registry().equals(target.registry()) ? null : pulledWith.get(source);
        RegistryAccess both = own == null ? targetAccess : targetAccess.with(source.registry(), own);
        ImageReference copy = new Registry(cache, both).copy(source, target, progress);
        return new Image(copy, image.id(), image.architecture(), copy.digest().orElse(null));
    }

    /** A tag that cannot be moved is refused also where it would not move. */
    private Image present(
            String operation,
            Image image,
            ImageReference target,
            RegistryAccess targetAccess,
            PortolanException error) {
        String said = String.valueOf(error.getMessage());
        if (error.code() != ErrorCode.FAILED || !(said.contains("immutable") || said.contains("already exists"))) {
            throw error;
        }
        Optional<Image> there =
                inContext(operation, () -> found(new Registry(cache, targetAccess), target, image.architecture()));
        return there.filter(found -> found.id().equals(image.id()))
                .orElseThrow(() -> PortolanException.builder(
                                ErrorCode.ALREADY_EXISTS,
                                "'" + target
                                        + "' exists with other content, and its repository does not let tags move;"
                                        + " give the image another tag")
                        .provider(platform.provider())
                        .operation(operation)
                        .resource(target.toString())
                        .cause(error)
                        .build());
    }

    /** {@inheritDoc} The platform pulls by itself, so nothing is brought here; the image is looked up and pinned. */
    @Override
    public Image pull(
            ImageReference reference, @Nullable RegistryCredentials credentials, Consumer<BuildEvent> progress) {
        Registry source = new Registry(cache, with(reference, credentials));
        Image image = inContext("pull", () -> found(source, reference, null))
                .orElseThrow(() -> error(
                        ErrorCode.NOT_FOUND,
                        "pull",
                        reference,
                        "there is no such image for amd64 or arm64; check registry, repository and tag"));
        if (credentials != null) {
            pulledWith.put(image.reference(), credentials);
        }
        progress.accept(
                new BuildEvent("pull", reference + " is " + image.digest().orElse("")));
        return image;
    }

    /** {@inheritDoc} A name of an image in a registry is given there, and only within that registry. */
    @Override
    public Image tag(Image image, ImageReference target) {
        checkNoDigest("tag", target);
        if (built.archive(image).isPresent()) {
            built.name(target, image);
            return new Image(target, image.id(), image.architecture(), null);
        }
        if (image.digest().isEmpty()) {
            throw nowhere("tag", image);
        }
        if (!image.reference().registry().equals(target.registry())) {
            throw error(
                    ErrorCode.UNSUPPORTED,
                    "tag",
                    target,
                    "the image is in the registry '" + image.reference().registry()
                            + "' and gets names only there; use push to bring it to another one");
        }
        return move("tag", image, target, access, event -> {});
    }

    /** {@inheritDoc} Builds of this machine come first. */
    @Override
    public Optional<Image> resolve(ImageReference reference) {
        Optional<Image> known = built.find(reference);
        return known.isPresent() ? known : inContext("resolve", () -> found(registry, reference, null));
    }

    /** The wanted architecture, or else the one of most tasks before the other. */
    private static Optional<Image> found(Registry registry, ImageReference reference, @Nullable Architecture wanted) {
        List<Architecture> tried = wanted == null ? List.of(Architecture.values()) : List.of(wanted);
        for (Architecture architecture : tried) {
            try {
                return registry.find(reference, architecture);
            } catch (InvalidSpecException ignored) {
                // It is there, but for another architecture.
            }
        }
        return Optional.empty();
    }

    private RegistryAccess with(ImageReference reference, @Nullable RegistryCredentials credentials) {
        return credentials == null ? access : access.with(reference.registry(), credentials);
    }

    private <T> T inContext(String operation, Supplier<T> call) {
        try {
            return call.get();
        } catch (InvalidSpecException e) {
            throw e;
        } catch (PortolanException e) {
            if (e.provider().isPresent()) {
                throw e;
            }
            throw e.toBuilder()
                    .provider(platform.provider())
                    .operation(operation)
                    .build();
        }
    }

    private static void checkNoDigest(String operation, ImageReference target) {
        if (target.digest().isPresent()) {
            throw new InvalidSpecException(
                    operation + " of '" + target + "'",
                    List.of(new Violation(
                            "target",
                            target.toString(),
                            "must have no digest, which only a registry gives",
                            "give repository and tag")));
        }
    }

    private PortolanException nowhere(String operation, Image image) {
        return error(
                ErrorCode.NOT_FOUND,
                operation,
                image.reference(),
                "the image " + image.id() + " was not built by this provider on this machine, and is in no registry;"
                        + " if an engine holds it, push it with the provider 'local', and publish what that gives");
    }

    private PortolanException error(ErrorCode code, String operation, ImageReference subject, String why) {
        return PortolanException.builder(code, operation + " of '" + subject + "' is not possible: " + why)
                .provider(platform.provider())
                .operation(operation)
                .resource(subject.toString())
                .build();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
