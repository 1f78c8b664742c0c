package io.portolan.testkit.fake;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.BuildEvent;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import io.portolan.spi.ImageDriver;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Images of the fake platform. What is published stands in a registry of its own, {@value #REGISTRY}. */
final class FakeImageDriver implements ImageDriver {
    static final String REGISTRY = "registry.fake";

    private final FakeConnection connection;
    private final FakeImages images;

    FakeImageDriver(FakeConnection connection) {
        this.connection = connection;
        this.images = connection.platform().images();
    }

    @Override
    public Image build(ImageBuild build, Consumer<BuildEvent> progress) {
        return connection.call(FakeOperation.BUILD, () -> {
            FakeImage built = new FakeBuilds(images).build(build, progress);
            images.put(built);
            return built.image();
        });
    }

    @Override
    public Image publish(Image image, Consumer<BuildEvent> progress) {
        return connection.call(FakeOperation.PUBLISH, () -> {
            ImageReference own = image.reference();
            ImageReference target = ImageReference.parse(REGISTRY + "/"
                    + connection.application().name() + "/" + own.repository().replaceFirst("^library/", "") + ":"
                    + own.tag().orElse("latest"));
            return uploaded(image, target, progress);
        });
    }

    @Override
    public Image push(
            Image image,
            ImageReference target,
            @Nullable RegistryCredentials credentials,
            Consumer<BuildEvent> progress) {
        return connection.call(FakeOperation.PUSH, () -> {
            connection.platform().requireLogin(target.registry(), credentials);
            return uploaded(image, target, progress);
        });
    }

    private Image uploaded(Image image, ImageReference target, Consumer<BuildEvent> progress) {
        FakeImage known = known(image);
        String digest = FakeImages.sha256("manifest of " + known.image().id());
        progress.accept(new BuildEvent(digest, "pushed to " + target));
        Image there = new Image(
                target.withDigest(digest), known.image().id(), known.image().architecture(), digest);
        images.put(known.as(there));
        return there;
    }

    @Override
    public Image pull(
            ImageReference reference, @Nullable RegistryCredentials credentials, Consumer<BuildEvent> progress) {
        return connection.call(FakeOperation.PULL, () -> {
            connection.platform().requireLogin(reference.registry(), credentials);
            FakeImage found = images.find(reference)
                    .orElseThrow(() -> PortolanException.builder(
                                    ErrorCode.NOT_FOUND,
                                    "registry '" + reference.registry() + "' has no '" + reference + "'")
                            .provider(FakeProvider.ID.value())
                            .resource(reference.toString())
                            .build());
            progress.accept(new BuildEvent(found.image().id(), "pulled " + reference));
            return found.image();
        });
    }

    @Override
    public Image tag(Image image, ImageReference target) {
        return connection.call(FakeOperation.TAG, () -> {
            FakeImage known = known(image);
            Image named = new Image(target, known.image().id(), known.image().architecture(), null);
            images.put(known.as(named));
            return named;
        });
    }

    @Override
    public Optional<Image> resolve(ImageReference reference) {
        return connection.call(
                FakeOperation.RESOLVE, () -> images.find(reference).map(FakeImage::image));
    }

    private FakeImage known(Image image) {
        return images.find(image.reference())
                .orElseThrow(() -> PortolanException.builder(
                                ErrorCode.NOT_FOUND,
                                "the platform has no image '" + image.reference() + "'; build or pull it")
                        .provider(FakeProvider.ID.value())
                        .resource(image.reference().toString())
                        .build());
    }
}
