package io.portolan.images.internal.build;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.Architecture;
import io.portolan.image.BuildEvent;
import io.portolan.image.FilesBuild;
import io.portolan.images.internal.build.Layer.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The call of Jib-core: from an archive or nothing, to an archive. Jib never sees the network, so that there is one registry client with one
 * set of rules about TLS and credentials.
 *
 * @param build what to build
 * @param inputs its checked inputs
 * @param architecture what it runs on
 * @param baseArchive the base, null for none
 */
public record JibBuild(
        FilesBuild build,
        BuildInputs inputs,
        Architecture architecture,
        @Nullable Path baseArchive) {
    /** Fixed, and after the time that some file systems cannot hold. Jib's own choice. */
    private static final Instant TIME = Instant.ofEpochSecond(1);

    /**
     * Builds.
     *
     * @param cache Jib's caches, one directory for bases and one for these inputs
     * @param target the archive to write
     * @param progress told of each step, also on threads of Jib
     * @throws PortolanException FAILED if Jib fails, CANCELLED if interrupted
     */
    public void run(Caches cache, Path target, Consumer<BuildEvent> progress) {
        try {
            Containerizer to = Containerizer.to(
                            TarImage.at(target).named(build.target().toString()))
                    .setBaseImageLayersCache(cache.base())
                    .setApplicationLayersCache(cache.application())
                    .setOfflineMode(true)
                    .setToolName("portolan")
                    .addEventHandler(LogEvent.class, event -> report(event, progress));
            describe().containerize(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(ErrorCode.CANCELLED, "was interrupted", e);
        } catch (ExecutionException e) {
            throw failure(ErrorCode.FAILED, "failed: " + (e.getCause() == null ? e : e.getCause()), e);
        } catch (IOException
                | RegistryException
                | CacheDirectoryCreationException
                | InvalidImageReferenceException
                | IllegalArgumentException e) {
            throw failure(ErrorCode.FAILED, "failed: " + e, e);
        }
    }

    /**
     * Where Jib keeps layers.
     *
     * @param base layers of bases, by digest
     * @param application layers of these inputs
     */
    public record Caches(Path base, Path application) {}

    private JibContainerBuilder describe() {
        JibContainerBuilder image = baseArchive == null ? Jib.fromScratch() : Jib.from(TarImage.at(baseArchive));
        image.setPlatforms(Set.of(new Platform(architecture.ociName(), "linux")))
                .setFormat(ImageFormat.Docker)
                .setCreationTime(Instant.EPOCH);
        for (Layer layer : inputs.layers()) {
            FileEntriesLayer.Builder files = FileEntriesLayer.builder().setName(layer.name());
            for (Item item : layer.files()) {
                files.addEntry(
                        item.source(),
                        AbsoluteUnixPath.get(item.destination()),
                        FilePermissions.fromOctalString(String.format("%03o", item.mode())),
                        TIME);
            }
            image.addFileEntriesLayer(files.build());
        }
        if (!inputs.entrypoint().isEmpty()) {
            image.setEntrypoint(inputs.entrypoint());
        }
        for (Map.Entry<String, String> variable : build.env().entrySet()) {
            image.addEnvironmentVariable(variable.getKey(), variable.getValue());
        }
        build.labels().forEach(image::addLabel);
        build.user().ifPresent(image::setUser);
        build.workingDirectory().ifPresent(path -> image.setWorkingDirectory(AbsoluteUnixPath.get(path)));
        return image;
    }

    private static void report(LogEvent event, Consumer<BuildEvent> progress) {
        switch (event.getLevel()) {
            case ERROR, WARN, LIFECYCLE, PROGRESS -> {
                String text = event.getMessage().strip();
                if (!text.isEmpty()) {
                    progress.accept(new BuildEvent("build", text));
                }
            }
            default -> {}
        }
    }

    private PortolanException failure(ErrorCode code, String what, Exception cause) {
        return PortolanException.builder(code, "image build '" + build.target() + "' " + what)
                .resource(build.target().toString())
                .cause(cause)
                .build();
    }
}
