package io.portolan.local.internal.image;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.model.LoadResponseItem;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.PushResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.Architecture;
import io.portolan.image.BuildEvent;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import io.portolan.image.RegistryCredentials;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.local.internal.engine.DockerErrors;
import io.portolan.local.internal.engine.RegistryAuth;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The images that an engine has, and their ways in and out. Thread-safe; blocking. */
final class EngineImages {
    private final DockerEngine engine;

    EngineImages(DockerEngine engine) {
        this.engine = engine;
    }

    /** The engine's own architecture. */
    Architecture architecture() {
        String name = engine.version().architecture();
        return architecture(name)
                .orElseThrow(() -> PortolanException.builder(
                                ErrorCode.UNSUPPORTED,
                                "The Docker engine runs on '" + name + "', which the SDK does not know")
                        .provider("local")
                        .build());
    }

    private static Optional<Architecture> architecture(String ociName) {
        return Arrays.stream(Architecture.values())
                .filter(a -> a.ociName().equals(ociName))
                .findFirst();
    }

    /** Looks an image up by id or name. */
    Optional<InspectImageResponse> inspect(String nameOrId) {
        try {
            return Optional.of(engine.read(
                    "inspect",
                    nameOrId,
                    client -> client.inspectImageCmd(nameOrId).exec()));
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The image under a name that the engine has. */
    Optional<Image> find(ImageReference reference) {
        return inspect(name(reference)).map(found -> image(reference, found));
    }

    /** An engine knows images by name and tag, or by name and digest, but not all engines by all three. */
    private static String name(ImageReference reference) {
        return reference.digest().map(d -> reference.name() + "@" + d).orElseGet(reference::toString);
    }

    /** What an image is under a name; pinned if the engine knows the digest that it has in this repository. */
    Image image(ImageReference reference, InspectImageResponse found) {
        String ociName = Objects.requireNonNullElse(found.getArch(), "");
        Architecture architecture = architecture(ociName)
                .orElseThrow(() -> PortolanException.builder(
                                ErrorCode.UNSUPPORTED,
                                "Image '" + reference + "' is for '" + ociName + "', which the SDK does not know")
                        .provider("local")
                        .resource(reference.toString())
                        .build());
        String id = Objects.requireNonNull(found.getId(), "id");
        String digest = reference.digest().orElseGet(() -> digest(reference, found.getRepoDigests()));
        return new Image(digest == null ? reference : reference.withDigest(digest), id, architecture, digest);
    }

    static @Nullable String digest(ImageReference reference, @Nullable List<String> repoDigests) {
        if (repoDigests == null) {
            return null;
        }
        for (String text : repoDigests) {
            ImageReference known = ImageReference.parse(text);
            if (known.registry().equals(reference.registry())
                    && known.repository().equals(reference.repository())) {
                return known.digest().orElse(null);
            }
        }
        return null;
    }

    /** The id under which the engine has an image that this driver gave out before. */
    String known(Image image) {
        return inspect(image.id())
                .or(() -> inspect(name(image.reference())))
                .map(InspectImageResponse::getId)
                .orElseThrow(() -> PortolanException.builder(
                                ErrorCode.NOT_FOUND,
                                "The Docker engine has no image '" + image.reference() + "' (" + image.id()
                                        + "); build or pull it first")
                        .provider("local")
                        .resource(image.reference().toString())
                        .build());
    }

    void tag(String id, ImageReference target) {
        engine.change("tag", target.toString(), client -> {
            client.tagImageCmd(id, target.name(), target.tag().orElse("latest")).exec();
            return true;
        });
    }

    /** Saves an image; the file appears whole or not at all. */
    void save(String id, Path target) {
        engine.stream("save", id, client -> {
            try (InputStream in = client.saveImageCmd(id).exec()) {
                Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent(), "folder");
                Path whole = Files.createTempFile(folder, ".save", ".tar");
                try {
                    Files.copy(in, whole, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    Files.deleteIfExists(whole);
                }
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Loads an archive under the name in it. */
    void load(Path archive, ImageReference name, Consumer<BuildEvent> progress) {
        Optional<String> error = engine.stream("load", name.toString(), client -> {
            try (InputStream in = Files.newInputStream(archive)) {
                EngineStream<LoadResponseItem> stream =
                        client.loadImageAsyncCmd(in).exec(new EngineStream<>(line -> report("load", line, progress)));
                return stream.await("load", name.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        if (error.isPresent()) {
            throw failure("load", name, error.get());
        }
    }

    /** Pulls, and gives the image as the engine has it then. */
    Image pull(ImageReference reference, @Nullable RegistryCredentials credentials, Consumer<BuildEvent> progress) {
        Optional<String> error = stream(
                "pull",
                reference,
                () -> engine.stream("pull", reference.toString(), client -> {
                    PullImageCmd command = client.pullImageCmd(reference.name())
                            .withTag(reference.digest().or(reference::tag).orElse("latest"));
                    if (credentials != null) {
                        command.withAuthConfig(RegistryAuth.of(reference.registry(), credentials));
                    }
                    EngineStream<PullResponseItem> stream =
                            command.exec(new EngineStream<>(line -> report("pull", line, progress)));
                    return stream.await("pull", reference.toString());
                }));
        if (error.isPresent()) {
            throw failure("pull", reference, error.get());
        }
        return find(reference).orElseThrow(() -> failure("pull", reference, "the engine does not have it afterwards"));
    }

    /** Pushes a tag, and gives the digest that it has there. */
    String push(ImageReference target, @Nullable RegistryCredentials credentials, Consumer<BuildEvent> progress) {
        AtomicReference<String> digest = new AtomicReference<>();
        Optional<String> error = stream(
                "push",
                target,
                () -> engine.stream("push", target.toString(), client -> {
                    EngineStream<PushResponseItem> stream = client.pushImageCmd(target.name())
                            .withTag(target.tag().orElse("latest"))
                            .withAuthConfig(RegistryAuth.of(target.registry(), credentials))
                            .exec(new EngineStream<>(line -> {
                                if (line.getAux() != null && line.getAux().getDigest() != null) {
                                    digest.set(line.getAux().getDigest());
                                }
                                report("push", line, progress);
                            }));
                    return stream.await("push", target.toString());
                }));
        if (error.isPresent()) {
            throw failure("push", target, error.get());
        }
        String known = digest.get();
        if (known == null) {
            // The stream can be cut without an error; a push without a digest is none.
            throw failure("push", target, "the engine ended it without naming the digest");
        }
        return known;
    }

    /** Some engines answer a refused pull by a status instead of a line, with the same words. */
    private static Optional<String> stream(
            String operation, ImageReference reference, java.util.function.Supplier<Optional<String>> call) {
        try {
            return call.get();
        } catch (PortolanException e) {
            Throwable cause = e.getCause();
            if (cause != null && DockerErrors.isAnswer(cause)) {
                throw failure(operation, reference, DockerErrors.text(cause));
            }
            throw e;
        }
    }

    static PortolanException failure(String operation, ImageReference reference, String text) {
        return PortolanException.builder(
                        RegistryMessages.code(text),
                        operation + " of '" + reference + "' failed, registry '" + reference.registry() + "': " + text
                                + RegistryMessages.hint(text))
                .provider("local")
                .operation(operation)
                .resource(reference.toString())
                .attempts(1)
                .build();
    }

    static void report(String operation, ResponseItem line, Consumer<BuildEvent> progress) {
        String text = line.getStatus() == null ? line.getStream() : line.getStatus();
        // The bars of single layers come many times a second and say nothing that the status lines do not.
        if (text != null && !text.isBlank() && line.getProgressDetail() == null) {
            progress.accept(new BuildEvent(Objects.requireNonNullElse(line.getId(), operation), text.strip()));
        }
    }
}
