package io.portolan.image;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A build by an engine from a directory with a Dockerfile. Immutable: methods named after a setting give a changed copy.
 *
 * <p>How it is carried: the engine's classic builder, or BuildKit through the {@code docker buildx} command where it is there and the
 * Dockerfile asks for it ({@code # syntax=} or {@code RUN --mount}).
 */
public final class DockerfileBuild implements ImageBuild {
    private final Path context;
    private final String dockerfile;
    private final @Nullable ImageReference target;
    private final Map<String, String> buildArgs;
    private final @Nullable String stage;
    private final @Nullable Architecture architecture;
    private final boolean noCache;

    private DockerfileBuild(
            Path context,
            String dockerfile,
            @Nullable ImageReference target,
            Map<String, String> buildArgs,
            @Nullable String stage,
            @Nullable Architecture architecture,
            boolean noCache) {
        this.context = context;
        this.dockerfile = dockerfile;
        this.target = target;
        this.buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
        this.stage = stage;
        this.architecture = architecture;
        this.noCache = noCache;
    }

    static DockerfileBuild of(Path context) {
        return new DockerfileBuild(
                Objects.requireNonNull(context, "context"), "Dockerfile", null, Map.of(), null, null, false);
    }

    /**
     * Names the result. Required.
     *
     * @param repository for example {@code etl} or {@code ghcr.io/acme/etl}
     * @param tag for example {@code 1.4}
     * @return a changed copy
     */
    public DockerfileBuild named(String repository, String tag) {
        return new DockerfileBuild(
                context,
                dockerfile,
                ImageReference.parse(repository + ":" + tag),
                buildArgs,
                stage,
                architecture,
                noCache);
    }

    /**
     * Another file than {@code Dockerfile}.
     *
     * @param path relative to the context, with {@code /}
     * @return a changed copy
     */
    public DockerfileBuild dockerfile(String path) {
        return new DockerfileBuild(
                context, Objects.requireNonNull(path, "path"), target, buildArgs, stage, architecture, noCache);
    }

    /**
     * Adds a value for an {@code ARG} of the Dockerfile. Not for secrets: build arguments stay in the image's history.
     *
     * @param name the argument
     * @param value its value
     * @return a changed copy
     */
    public DockerfileBuild buildArg(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(buildArgs);
        more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return new DockerfileBuild(context, dockerfile, target, more, stage, architecture, noCache);
    }

    /**
     * Stops at one stage of the Dockerfile ({@code --target}).
     *
     * @param name the stage
     * @return a changed copy
     */
    public DockerfileBuild stage(String name) {
        return new DockerfileBuild(
                context, dockerfile, target, buildArgs, Objects.requireNonNull(name, "name"), architecture, noCache);
    }

    /**
     * Builds for one architecture. Default: the engine's own.
     *
     * @param value the architecture
     * @return a changed copy
     */
    public DockerfileBuild architecture(Architecture value) {
        return new DockerfileBuild(
                context, dockerfile, target, buildArgs, stage, Objects.requireNonNull(value, "architecture"), noCache);
    }

    /**
     * Whether every step runs again. Default false.
     *
     * @param value true to use no cached step
     * @return a changed copy
     */
    public DockerfileBuild noCache(boolean value) {
        return new DockerfileBuild(context, dockerfile, target, buildArgs, stage, architecture, value);
    }

    /**
     * The directory.
     *
     * @return the context
     */
    public Path context() {
        return context;
    }

    /**
     * The file.
     *
     * @return relative to the context, default {@code Dockerfile}
     */
    public String dockerfile() {
        return dockerfile;
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidSpecException if {@link #named} was not called
     */
    @Override
    public ImageReference target() {
        if (target == null) {
            List<Violation> missing = new ArrayList<>();
            missing.add(new Violation("target", "", "is required", "call named(\"etl\", \"1.4\")"));
            throw new InvalidSpecException("image build of " + context, missing);
        }
        return target;
    }

    /**
     * Values for {@code ARG}s.
     *
     * @return name to value
     */
    public Map<String, String> buildArgs() {
        return buildArgs;
    }

    /**
     * The stage to stop at.
     *
     * @return empty for the last
     */
    public Optional<String> stage() {
        return Optional.ofNullable(stage);
    }

    /**
     * The architecture.
     *
     * @return empty for the engine's own
     */
    public Optional<Architecture> architecture() {
        return Optional.ofNullable(architecture);
    }

    /**
     * Whether every step runs again.
     *
     * @return default false
     */
    public boolean noCache() {
        return noCache;
    }
}
