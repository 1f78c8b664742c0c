package io.portolan.local.internal.image;

import com.github.dockerjava.api.model.AuthConfig;
import io.portolan.error.ErrorCode;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.error.UnsupportedSpecException;
import io.portolan.error.Violation;
import io.portolan.image.BuildEvent;
import io.portolan.image.DockerfileBuild;
import io.portolan.images.RegistryAccess;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.local.internal.engine.RegistryAuth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Builds from Dockerfiles: checks the build, chooses the builder, sends the context. */
final class DockerfileBuilder {
    private final DockerEngine engine;
    private final RegistryAccess access;
    private final String dockerCommand;

    DockerfileBuilder(DockerEngine engine, RegistryAccess access, String dockerCommand) {
        this.engine = engine;
        this.access = access;
        this.dockerCommand = dockerCommand;
    }

    /** Builds and tags; returns the image id, long or short. */
    String build(DockerfileBuild build, Map<String, String> labels, Consumer<BuildEvent> progress) {
        check(build);
        try {
            Path root = build.context().toRealPath();
            Dockerfile dockerfile = Dockerfile.parse(Files.readString(root.resolve(build.dockerfile())));
            Optional<String> needed = dockerfile.needsBuildKit(build.buildArgs().keySet());
            if (needed.isPresent()) {
                return buildKit(build, needed.get()).run(build, labels, progress);
            }
            return classic(build, root, labels, logins(dockerfile), progress);
        } catch (IOException e) {
            throw PortolanException.builder(
                            ErrorCode.FAILED, "image build '" + build.target() + "' failed on this machine: " + e)
                    .provider("local")
                    .operation("build")
                    .cause(e)
                    .build();
        }
    }

    private String classic(
            DockerfileBuild build,
            Path root,
            Map<String, String> labels,
            List<AuthConfig> logins,
            Consumer<BuildEvent> progress)
            throws IOException {
        Path context = Files.createTempFile("portolan-context", ".tar");
        try {
            int files = new BuildContext(
                            root,
                            Path.of(build.dockerfile()).normalize().toString().replace('\\', '/'))
                    .write(context);
            progress.accept(new BuildEvent("context", files + " files, " + Files.size(context) + " bytes"));
            return new ClassicBuild(engine, build, labels, logins).run(context, progress);
        } finally {
            Files.deleteIfExists(context);
        }
    }

    private BuildxBuild buildKit(DockerfileBuild build, String needed) {
        BuildxBuild buildx = new BuildxBuild(dockerCommand, engine.address());
        if (!buildx.isAvailable()) {
            throw new UnsupportedSpecException(
                    "image build '" + build.target() + "'",
                    "local",
                    List.of("dockerfile '" + build.dockerfile() + "' uses '" + needed + "', which needs BuildKit, and '"
                            + dockerCommand + " buildx' is not on this machine; install the docker-buildx plugin, set"
                            + " portolan.local." + ImageKeys.DOCKER_COMMAND + ", or leave it out"));
        }
        return buildx;
    }

    private List<AuthConfig> logins(Dockerfile dockerfile) {
        List<AuthConfig> logins = new ArrayList<>();
        for (String registry : dockerfile.registries()) {
            access.credentials(registry).ifPresent(pair -> logins.add(RegistryAuth.of(registry, pair)));
        }
        return logins;
    }

    static void check(DockerfileBuild build) {
        List<Violation> violations = new ArrayList<>();
        String name = "image build of '" + build.context() + "'";
        try {
            name = "image build '" + build.target() + "'";
            if (build.target().digest().isPresent()) {
                violations.add(new Violation(
                        "target", build.target().toString(), "must have no digest", "give repository and tag"));
            }
        } catch (InvalidSpecException e) {
            violations.addAll(e.violations());
        }
        if (Files.isDirectory(build.context())) {
            dockerfile(build, violations);
        } else {
            violations.add(new Violation(
                    "context", build.context().toString(), "names no directory", "give the directory to build from"));
        }
        for (String argument : build.buildArgs().keySet()) {
            if (!argument.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                violations.add(new Violation(
                        "buildArgs", argument, "must be a letter or _ and letters, digits, _", "rename the argument"));
            }
        }
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(name, violations);
        }
    }

    private static void dockerfile(DockerfileBuild build, List<Violation> violations) {
        Path relative = Path.of(build.dockerfile()).normalize();
        if (relative.isAbsolute() || relative.startsWith("..")) {
            violations.add(new Violation(
                    "dockerfile",
                    build.dockerfile(),
                    "must be a path within the context",
                    "write it relative to the context, like 'docker/Dockerfile'"));
        } else if (!Files.isRegularFile(build.context().resolve(relative))) {
            violations.add(new Violation(
                    "dockerfile",
                    build.dockerfile(),
                    "is no file in the context '" + build.context() + "'",
                    "write it, or call dockerfile(...) with its name"));
        }
    }
}
