package io.portolan.images;

import io.portolan.error.ErrorCode;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.image.Architecture;
import io.portolan.image.BuildEvent;
import io.portolan.image.FilesBuild;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import io.portolan.images.internal.archive.Architectures;
import io.portolan.images.internal.archive.ImageArchive;
import io.portolan.images.internal.build.BuildInputs;
import io.portolan.images.internal.build.JibBuild;
import io.portolan.images.internal.build.LayerCache;
import io.portolan.images.internal.registry.ArchivePull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a {@link FilesBuild} without an engine. The same inputs give the same image id, on any machine: times, owners and the order of
 * directory listings do not count, and symbolic links are replaced by what they point to.
 *
 * <p>A Java application lies in {@code /app/libs} (its jars, one layer) and {@code /app/classes} (its class directories, one layer), and is
 * started by {@code java} as the base's {@code PATH} finds it. Each {@code add} is a layer of its own.
 *
 * <p>Blocking; thread-safe; processes may share a cache. All inputs are checked, and every violation reported at once in an {@link
 * InvalidSpecException}, before any request is made. Layers are built by Jib-core; of a base's configuration it keeps environment, command,
 * user, working directory, labels, ports, volumes and health check, and drops the rest ({@code STOPSIGNAL}, {@code ONBUILD}, {@code SHELL}).
 */
public final class FilesImageBuilder {
    private final ImageCache cache;
    private final Registry registry;

    /**
     * A builder.
     *
     * @param cache where bases and layers are kept
     * @param access how to log in to the registries of bases and targets
     */
    public FilesImageBuilder(ImageCache cache, RegistryAccess access) {
        this(cache, new Registry(cache, access));
    }

    FilesImageBuilder(ImageCache cache, Registry registry) {
        this.cache = Objects.requireNonNull(cache, "cache");
        this.registry = registry;
    }

    /**
     * Checks a build without carrying it out. Reads this machine's files, and nothing else.
     *
     * @param build the build
     * @throws InvalidSpecException with every violation
     */
    public static void check(FilesBuild build) {
        BuildInputs.of(build);
    }

    /**
     * Builds to an archive in the form of {@code docker save}, which {@code docker load} reads.
     *
     * @param build what to build
     * @param archive the file, which appears whole or not at all
     * @param progress called on this thread and on threads of the builder, one call at a time
     * @return the image, named as the build says
     * @throws InvalidSpecException if an input is wrong, or the base is not for the build's architecture
     * @throws PortolanException as {@link Registry} where the base is pulled (NOT_FOUND if there is none); FAILED, CANCELLED
     */
    public Image toArchive(FilesBuild build, Path archive, Consumer<BuildEvent> progress) {
        BuildInputs inputs = BuildInputs.of(build);
        Architecture architecture = build.architecture().orElseGet(Architectures::ofMachine);
        Consumer<BuildEvent> oneAtATime = new OneAtATime(progress);
        Path base = base(inputs, architecture, oneAtATime);
        try {
            Path folder = Objects.requireNonNull(archive.toAbsolutePath().getParent(), "archive");
            Path whole = Files.createTempFile(folder, ".build", ".tar");
            try {
                LayerCache layers = new LayerCache(cache.folder("jib"));
                JibBuild.Caches caches = new JibBuild.Caches(layers.bases(), layers.of(inputs.contentKey()));
                new JibBuild(build, inputs, architecture, base).run(caches, whole, oneAtATime);
                String id = id(whole);
                Files.move(whole, archive, StandardCopyOption.REPLACE_EXISTING);
                oneAtATime.accept(new BuildEvent("build", build.target() + " is " + id));
                return new Image(build.target(), id, architecture, null);
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (IOException e) {
            throw failure(build.target(), e);
        }
    }

    /**
     * Builds to a registry.
     *
     * @param build what to build
     * @param target repository and tag there
     * @param progress as above
     * @return the image there, pinned to its digest
     * @throws PortolanException as {@link #toArchive} and {@link Registry#push}
     */
    public Image toRegistry(FilesBuild build, ImageReference target, Consumer<BuildEvent> progress) {
        try {
            Path folder = Files.createTempDirectory(cache.folder("work"), "build");
            Path archive = folder.resolve("image.tar");
            try {
                toArchive(build, archive, progress);
                return registry.push(archive, target, progress);
            } finally {
                Files.deleteIfExists(archive);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    private @Nullable Path base(BuildInputs inputs, Architecture architecture, Consumer<BuildEvent> progress) {
        ImageReference image = inputs.base().image();
        if (image != null) {
            return registry.pull(image, architecture, progress)
                    .orElseThrow(() -> PortolanException.builder(
                                    ErrorCode.NOT_FOUND,
                                    "base '" + image + "' was not found in registry '" + image.registry()
                                            + "'; check repository and tag")
                            .resource(image.toString())
                            .build());
        }
        Path archive = inputs.base().archive();
        if (archive == null) {
            return null;
        }
        try (ImageArchive opened = ImageArchive.open(archive)) {
            if (!opened.architectureName().equals(architecture.ociName())) {
                throw ArchivePull.mismatch(
                        inputs.base().text(), architecture, "linux/" + opened.architectureName() + " only");
            }
            return archive;
        } catch (IOException e) {
            throw failure(archive.toString(), e);
        }
    }

    private static String id(Path archive) throws IOException {
        try (ImageArchive image = ImageArchive.open(archive)) {
            return image.imageId();
        }
    }

    private static PortolanException failure(Object subject, IOException cause) {
        return PortolanException.builder(
                        ErrorCode.FAILED,
                        "image build '" + subject + "' failed on this machine: " + cause
                                + "; check free disk space and permissions")
                .resource(subject.toString())
                .cause(cause)
                .build();
    }

    /** Jib reports from its threads; callers need not be thread-safe. */
    private record OneAtATime(Consumer<BuildEvent> progress) implements Consumer<BuildEvent> {
        @Override
        public synchronized void accept(BuildEvent event) {
            progress.accept(event);
        }
    }
}
