package io.portolan.local.internal.image;

import com.github.dockerjava.api.command.InspectImageResponse;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.Architecture;
import io.portolan.image.BuildEvent;
import io.portolan.image.FilesBuild;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import io.portolan.images.FilesImageBuilder;
import io.portolan.images.ImageCache;
import io.portolan.images.RegistryAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Builds from files, without the engine's builder: on a base that the engine has, else on one from its registry; and loads the result.
 */
final class FilesBuilder {
    private final EngineImages images;
    private final ImageCache cache;
    private final FilesImageBuilder builder;

    FilesBuilder(EngineImages images, ImageCache cache, RegistryAccess access) {
        this.images = images;
        this.cache = cache;
        this.builder = new FilesImageBuilder(cache, access);
    }

    /** Builds and loads; returns the image id. */
    String build(FilesBuild build, Map<String, String> labels, Consumer<BuildEvent> progress) {
        FilesImageBuilder.check(build);
        Architecture architecture = build.architecture().orElseGet(images::architecture);
        FilesBuild complete = build.architecture(architecture);
        for (Map.Entry<String, String> label : labels.entrySet()) {
            complete = complete.label(label.getKey(), label.getValue());
        }
        complete = onBaseOfEngine(complete, architecture, progress);
        try {
            Path archive = Files.createTempFile(cache.folder("work"), "image", ".tar");
            try {
                Image image = builder.toArchive(complete, archive, progress);
                if (images.inspect(image.id()).isPresent()) {
                    images.tag(image.id(), build.target());
                } else {
                    images.load(archive, build.target(), progress);
                }
                return loaded(image);
            } finally {
                Files.deleteIfExists(archive);
            }
        } catch (IOException e) {
            throw PortolanException.builder(
                            ErrorCode.FAILED, "image build '" + build.target() + "' failed on this machine: " + e)
                    .provider("local")
                    .operation("build")
                    .cause(e)
                    .build();
        }
    }

    /** Engines with the containerd image store name images by manifest and not by configuration. */
    private String loaded(Image image) {
        return images.inspect(image.id())
                .or(() -> images.inspect(image.reference().toString()))
                .map(InspectImageResponse::getId)
                .orElseThrow(() -> EngineImages.failure(
                        "load", image.reference(), "the engine does not have the image afterwards"));
    }

    private FilesBuild onBaseOfEngine(FilesBuild build, Architecture architecture, Consumer<BuildEvent> progress) {
        String base = build.base();
        if (base.equals(FilesBuild.SCRATCH) || base.startsWith("tar:")) {
            return build;
        }
        Optional<Image> known = images.find(ImageReference.parse(base));
        // One for another architecture is left alone: the registry may have the right one.
        if (known.isEmpty() || known.get().architecture() != architecture) {
            return build;
        }
        String id = known.get().id();
        Path saved = cache.folder("engine").resolve(id.substring(id.indexOf(':') + 1) + ".tar");
        if (!Files.exists(saved)) {
            progress.accept(new BuildEvent("base", "taking " + base + " from the engine"));
            images.save(id, saved);
        }
        return build.base("tar:" + saved);
    }
}
