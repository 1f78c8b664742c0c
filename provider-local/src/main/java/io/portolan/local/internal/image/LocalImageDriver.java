package io.portolan.local.internal.image;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.BuildEvent;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.spi.ConfigKey;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ImageDriver;
import io.portolan.spi.ProviderConfig;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds and moves images with a Docker engine. */
public final class LocalImageDriver implements ImageDriver, AutoCloseable {
    /** The settings of images, in the section {@code portolan.local}. */
    public static final List<ConfigKey> CONFIG_KEYS = List.of();

    private final DockerEngine engine;

    /**
     * A driver that has not called the engine yet.
     *
     * @param engine the engine
     * @param config the settings
     * @param context clock and threads
     */
    public LocalImageDriver(DockerEngine engine, ProviderConfig config, DriverContext context) {
        this.engine = Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(context, "context");
    }

    @Override
    public Image build(ImageBuild build, Consumer<BuildEvent> progress) {
        throw unsupported();
    }

    @Override
    public Image publish(Image image, Consumer<BuildEvent> progress) {
        throw unsupported();
    }

    @Override
    public Image push(
            Image image,
            ImageReference target,
            @Nullable RegistryCredentials credentials,
            Consumer<BuildEvent> progress) {
        throw unsupported();
    }

    @Override
    public Image pull(
            ImageReference reference, @Nullable RegistryCredentials credentials, Consumer<BuildEvent> progress) {
        throw unsupported();
    }

    @Override
    public Image tag(Image image, ImageReference target) {
        throw unsupported();
    }

    @Override
    public Optional<Image> resolve(ImageReference reference) {
        throw unsupported();
    }

    @Override
    public void close() {}

    private PortolanException unsupported() {
        return new PortolanException(ErrorCode.UNSUPPORTED, "Images are not there yet on " + engine);
    }
}
