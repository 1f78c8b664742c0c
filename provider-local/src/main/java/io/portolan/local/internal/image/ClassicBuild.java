package io.portolan.local.internal.image;

import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.api.model.BuildResponseItem;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.BuildEvent;
import io.portolan.image.DockerfileBuild;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.local.internal.engine.DockerErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A build by the engine's own builder. */
final class ClassicBuild {
    private final DockerEngine engine;
    private final DockerfileBuild build;
    private final Map<String, String> labels;
    private final List<AuthConfig> logins;

    ClassicBuild(DockerEngine engine, DockerfileBuild build, Map<String, String> labels, List<AuthConfig> logins) {
        this.engine = engine;
        this.build = build;
        this.labels = labels;
        this.logins = logins;
    }

    /** Builds from a context that was written to a tar; returns the image id, long or short. */
    String run(Path context, Consumer<BuildEvent> progress) {
        BuildLog log = new BuildLog(progress);
        String target = build.target().toString();
        try {
            Optional<String> error = engine.stream("build", target, client -> {
                try (InputStream in = Files.newInputStream(context)) {
                    EngineStream<BuildResponseItem> stream = command(client.buildImageCmd(in))
                            .exec(new EngineStream<>(line -> log.add(line.getStream(), line.getStatus())));
                    return stream.await("build", target);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            if (error.isPresent()) {
                throw failure(log, error.get());
            }
            return log.imageId().orElseThrow(() -> failure(log, "the engine ended the build without an image"));
        } catch (PortolanException e) {
            Throwable cause = e.getCause();
            if (cause != null && DockerErrors.isAnswer(cause)) {
                throw failure(log, DockerErrors.text(cause));
            }
            throw e;
        }
    }

    private BuildImageCmd command(BuildImageCmd command) {
        command.withDockerfilePath(build.dockerfile())
                .withTags(Set.of(build.target().toString()))
                .withLabels(labels)
                .withNoCache(build.noCache())
                .withRemove(true)
                .withForcerm(true);
        build.buildArgs().forEach(command::withBuildArg);
        build.stage().ifPresent(command::withTarget);
        build.architecture().ifPresent(a -> command.withPlatform("linux/" + a.ociName()));
        if (!logins.isEmpty()) {
            AuthConfigurations all = new AuthConfigurations();
            logins.forEach(all::addConfig);
            command.withBuildAuthConfigs(all);
        }
        return command;
    }

    private PortolanException failure(BuildLog log, String text) {
        // A base that cannot be pulled is a registry's matter; a step that fails is the caller's.
        boolean pulling = log.step().contains(" : FROM ");
        ErrorCode code = pulling ? RegistryMessages.code(text) : ErrorCode.FAILED;
        return PortolanException.builder(
                        code,
                        "image build '" + build.target() + "' failed" + log.where() + ": " + text
                                + (pulling ? RegistryMessages.hint(text) : "") + log.tail())
                .provider("local")
                .operation("build")
                .resource(build.target().toString())
                .attempts(1)
                .build();
    }
}
