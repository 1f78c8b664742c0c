package io.portolan.local.internal.image;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.BuildEvent;
import io.portolan.image.DockerfileBuild;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A build by BuildKit through the {@code docker buildx} command, into the engine ({@code --load}).
 *
 * <p>Source: docs.docker.com/reference/cli/docker/buildx/build (2026-11).
 *
 * @param command the docker command
 * @param engineAddress where the engine is, in the form of {@code DOCKER_HOST}
 */
record BuildxBuild(String command, String engineAddress) {
    private static final long PROBE_SECONDS = 20;

    /** Whether the command is there and has buildx. */
    boolean isAvailable() {
        try {
            Process process = new ProcessBuilder(command, "buildx", "version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled(e);
        }
    }

    /** The words of the command; pure. */
    List<String> words(DockerfileBuild build, Map<String, String> labels, Path idFile) {
        List<String> words = new ArrayList<>(List.of(command, "buildx", "build", "--load", "--progress", "plain"));
        words.addAll(
                List.of("--iidfile", idFile.toString(), "--tag", build.target().toString()));
        words.addAll(
                List.of("--file", build.context().resolve(build.dockerfile()).toString()));
        labels.forEach((name, value) -> words.addAll(List.of("--label", name + "=" + value)));
        build.buildArgs().forEach((name, value) -> words.addAll(List.of("--build-arg", name + "=" + value)));
        build.stage().ifPresent(stage -> words.addAll(List.of("--target", stage)));
        build.architecture().ifPresent(a -> words.addAll(List.of("--platform", "linux/" + a.ociName())));
        if (build.noCache()) {
            words.add("--no-cache");
        }
        words.add(build.context().toString());
        return words;
    }

    /** Builds; returns the image id. */
    String run(DockerfileBuild build, Map<String, String> labels, Consumer<BuildEvent> progress) {
        BuildLog log = new BuildLog(progress);
        try {
            Path idFile = Files.createTempFile("portolan", ".iid");
            try {
                ProcessBuilder builder = new ProcessBuilder(words(build, labels, idFile)).redirectErrorStream(true);
                builder.environment().put("DOCKER_HOST", engineAddress);
                builder.environment().remove("DOCKER_CONTEXT");
                int exit = read(builder.start(), log);
                String id = Files.readString(idFile).strip();
                if (exit != 0 || id.isEmpty()) {
                    throw PortolanException.builder(
                                    ErrorCode.FAILED,
                                    "image build '" + build.target() + "' failed: docker buildx ended with exit code "
                                            + exit + log.tail())
                            .provider("local")
                            .operation("build")
                            .resource(build.target().toString())
                            .nativeCode(Integer.toString(exit))
                            .attempts(1)
                            .build();
                }
                return id;
            } finally {
                Files.deleteIfExists(idFile);
            }
        } catch (IOException e) {
            throw PortolanException.builder(
                            ErrorCode.FAILED, "image build '" + build.target() + "' could not run docker buildx: " + e)
                    .provider("local")
                    .operation("build")
                    .cause(e)
                    .build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled(e);
        }
    }

    private static int read(Process process, BuildLog log) throws IOException, InterruptedException {
        try {
            process.getOutputStream().close();
            // The command is ended when the caller is interrupted: a read of a pipe cannot be.
            Thread caller = Thread.currentThread();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                while (!caller.isInterrupted()) {
                    if (!lines.ready() && process.isAlive()) {
                        process.waitFor(50, TimeUnit.MILLISECONDS);
                        continue;
                    }
                    String line = lines.readLine();
                    if (line == null) {
                        return process.waitFor();
                    }
                    log.add(line, null);
                }
                throw new InterruptedException();
            }
        } finally {
            process.destroy();
        }
    }

    private static PortolanException cancelled(InterruptedException cause) {
        return PortolanException.builder(ErrorCode.CANCELLED, "The thread was interrupted during docker buildx")
                .provider("local")
                .operation("build")
                .cause(cause)
                .build();
    }
}
