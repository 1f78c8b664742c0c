package io.portolan.local.internal.image;

import com.github.dockerjava.api.command.InspectImageResponse;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.error.Violation;
import io.portolan.image.BuildEvent;
import io.portolan.image.DockerfileBuild;
import io.portolan.image.FilesBuild;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import io.portolan.images.ImageCache;
import io.portolan.images.Registry;
import io.portolan.images.RegistryAccess;
import io.portolan.local.internal.container.ContainerKeys;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.spi.ConfigKey;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ImageDriver;
import io.portolan.spi.ProviderConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds and moves images with a Docker engine. Thread-safe. */
public final class LocalImageDriver implements ImageDriver, AutoCloseable {
    /** The settings of images, in the section {@code portolan.local}. */
    public static final List<ConfigKey> CONFIG_KEYS = ImageKeys.ALL;

    private final ProviderConfig config;
    private final EngineImages images;
    private final RegistryAccess access;
    private final Registry registry;
    private final DockerfileBuilder dockerfiles;
    private final FilesBuilder files;

    /**
     * A driver that has not called the engine yet.
     *
     * @param engine the engine
     * @param config the settings
     * @param context clock and threads
     */
    public LocalImageDriver(DockerEngine engine, ProviderConfig config, DriverContext context) {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(context, "context");
        this.config = Objects.requireNonNull(config, "config");
        ImageCache cache = config.text(ImageKeys.CACHE_DIR)
                .map(d -> new ImageCache(Path.of(d)))
                .orElseGet(ImageCache::ofUser);
        this.images = new EngineImages(engine);
        this.access =
                RegistryAccess.ofDockerConfig(engine.dockerConfigDirectory().resolve("config.json"));
        this.registry = new Registry(cache, access);
        this.dockerfiles = new DockerfileBuilder(
                engine, access, config.text(ImageKeys.DOCKER_COMMAND).orElse("docker"));
        this.files = new FilesBuilder(images, cache, access);
    }

    @Override
    public Image build(ImageBuild build, Consumer<BuildEvent> progress) {
        Map<String, String> labels = Labels.of(config.application(), Labels.Kind.IMAGE);
        String id;
        if (build instanceof DockerfileBuild dockerfile) {
            id = dockerfiles.build(dockerfile, labels, progress);
            checkArchitecture(dockerfile, id);
        } else {
            id = files.build((FilesBuild) build, labels, progress);
        }
        // By id and not by name: another build may have taken the name meanwhile.
        return built(build.target(), id);
    }

    private Image built(ImageReference target, String id) {
        InspectImageResponse found = images.inspect(id)
                .orElseThrow(
                        () -> EngineImages.failure("build", target, "the engine does not have the image afterwards"));
        Image image = images.image(target, found);
        return new Image(target, image.id(), image.architecture(), null);
    }

    private void checkArchitecture(DockerfileBuild build, String id) {
        build.architecture().ifPresent(wanted -> {
            Image image = built(build.target(), id);
            if (image.architecture() != wanted) {
                throw new InvalidSpecException(
                        "image build '" + build.target() + "'",
                        List.of(new Violation(
                                "architecture",
                                wanted.ociName(),
                                "the engine built for " + image.architecture().ociName(),
                                "use bases that have this architecture, or leave it out")));
            }
        });
    }

    @Override
    public Image publish(Image image, Consumer<BuildEvent> progress) {
        Optional<String> target = config.text(ImageKeys.REGISTRY).filter(text -> !text.isBlank());
        if (target.isEmpty()) {
            String id = images.known(image);
            progress.accept(new BuildEvent("publish", image.reference() + " stays in the engine as " + id));
            return new Image(image.reference(), id, image.architecture(), image.manifestDigest());
        }
        return push(image, PublishTarget.of(target.get(), image), null, progress);
    }

    @Override
    public Image push(
            Image image,
            ImageReference target,
            @Nullable RegistryCredentials credentials,
            Consumer<BuildEvent> progress) {
        checkNoDigest("push", target);
        String id = images.known(image);
        images.tag(id, target);
        String digest = images.push(target, credentials(target, credentials), progress);
        return new Image(target.withDigest(digest), id, image.architecture(), digest);
    }

    @Override
    public Image pull(
            ImageReference reference, @Nullable RegistryCredentials credentials, Consumer<BuildEvent> progress) {
        return images.pull(reference, credentials(reference, credentials), progress);
    }

    private @Nullable RegistryCredentials credentials(
            ImageReference reference, @Nullable RegistryCredentials credentials) {
        return credentials != null
                ? credentials
                : access.credentials(reference.registry()).orElse(null);
    }

    @Override
    public Image tag(Image image, ImageReference target) {
        checkNoDigest("tag", target);
        String id = images.known(image);
        images.tag(id, target);
        return new Image(target, id, image.architecture(), null);
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

    /** {@inheritDoc} A registry is asked unless {@code portolan.local.pull} is {@code never}. */
    @Override
    public Optional<Image> resolve(ImageReference reference) {
        Optional<Image> known = images.find(reference);
        if (known.isPresent()
                || config.text(ContainerKeys.PULL).filter("never"::equals).isPresent()) {
            return known;
        }
        try {
            return registry.find(reference, images.architecture());
        } catch (InvalidSpecException e) {
            return Optional.empty(); // it is there, but for other architectures
        } catch (PortolanException e) {
            throw e.toBuilder().provider("local").operation("resolve").build();
        }
    }

    @Override
    public void close() {
        // The engine is closed by who made it; nothing else is held open.
    }
}
