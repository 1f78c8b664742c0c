package io.portolan.testkit.fake;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.Architecture;
import io.portolan.image.BuildEvent;
import io.portolan.image.DockerfileBuild;
import io.portolan.image.FilesBuild;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.image.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds without running anything: the files of a build are read and kept. Of a Dockerfile, {@code FROM}, {@code COPY} of plain files,
 * {@code ENV} and {@code ENTRYPOINT} in JSON form count; {@code RUN exit N} and {@code RUN false} fail, so that a failing build can be
 * tried.
 */
final class FakeBuilds {
    private final FakeImages images;

    FakeBuilds(FakeImages images) {
        this.images = images;
    }

    FakeImage build(ImageBuild build, Consumer<BuildEvent> progress) {
        try {
            return build instanceof FilesBuild files
                    ? ofFiles(files, progress)
                    : ofDockerfile((DockerfileBuild) build, progress);
        } catch (IOException e) {
            throw PortolanException.builder(
                            ErrorCode.FAILED, "build of '" + build.target() + "' could not read " + e.getMessage())
                    .provider(FakeProvider.ID.value())
                    .resource(build.target().toString())
                    .cause(e)
                    .build();
        }
    }

    private FakeImage ofFiles(FilesBuild build, Consumer<BuildEvent> progress) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        List<FilesBuild.Entry> entries = build.entries();
        for (int i = 0; i < entries.size(); i++) {
            FilesBuild.Entry entry = entries.get(i);
            progress.accept(new BuildEvent(
                    "LAYER " + (i + 1) + "/" + entries.size(), entry.source() + " -> " + entry.destination()));
            add(files, entry.source(), entry.destination());
        }
        for (Path path : build.classpath()) {
            add(files, path, "/app/" + path.getFileName());
        }
        FakeImage.Content content = new FakeImage.Content(files, build.entrypoint(), build.env());
        return image(build, base(build.base()), content, build.architecture().orElse(Architecture.AMD64));
    }

    private @Nullable FakeImage base(String base) {
        return base.equals(FilesBuild.SCRATCH)
                ? null
                : images.find(ImageReference.parse(base)).orElse(null);
    }

    private FakeImage ofDockerfile(DockerfileBuild build, Consumer<BuildEvent> progress) throws IOException {
        List<String> lines = Files.readAllLines(build.context().resolve(build.dockerfile())).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        Map<String, byte[]> files = new TreeMap<>();
        Map<String, String> env = new LinkedHashMap<>();
        List<String> entrypoint = List.of();
        FakeImage base = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            progress.accept(new BuildEvent("STEP " + (i + 1) + "/" + lines.size(), line));
            String[] words = line.split("\\s+", -1);
            switch (words[0]) {
                case "FROM" -> base = base(words[1]);
                case "COPY" -> add(files, build.context().resolve(words[1]), words[2]);
                case "ENV" -> env.put(words[1].split("=", 2)[0], words[1].split("=", 2)[1]);
                case "ENTRYPOINT" -> entrypoint = jsonWords(line);
                case "RUN" -> requireGoodStep(build, line);
                default -> {}
            }
        }
        FakeImage.Content content = new FakeImage.Content(files, entrypoint, env);
        return image(build, base, content, build.architecture().orElse(Architecture.AMD64));
    }

    private static List<String> jsonWords(String line) {
        String inner = line.substring(line.indexOf('[') + 1, line.lastIndexOf(']'));
        return Stream.of(inner.split(",")).map(w -> w.strip().replace("\"", "")).toList();
    }

    private static void requireGoodStep(DockerfileBuild build, String line) {
        if (line.matches("RUN\\s+(false|.*\\bexit [1-9]\\d*)")) {
            throw PortolanException.builder(
                            ErrorCode.FAILED, "build of '" + build.target() + "' failed at the step '" + line + "'")
                    .provider(FakeProvider.ID.value())
                    .resource(build.target().toString())
                    .build();
        }
    }

    private FakeImage image(
            ImageBuild build, @Nullable FakeImage base, FakeImage.Content own, Architecture architecture) {
        FakeImage.Content below = base == null ? FakeImage.Content.NONE : base.content();
        Map<String, byte[]> files = new TreeMap<>(below.files());
        files.putAll(own.files());
        Map<String, String> env = new TreeMap<>(below.env());
        env.putAll(own.env());
        FakeImage.Content content =
                new FakeImage.Content(files, own.entrypoint().isEmpty() ? below.entrypoint() : own.entrypoint(), env);
        Image image = new Image(build.target(), id(content, architecture), architecture, null);
        // What was scripted for the name of the result counts, else what the base does.
        FakeProgram program =
                images.find(build.target()).map(FakeImage::program).orElse(base == null ? null : base.program());
        return new FakeImage(image, program, content);
    }

    private static String id(FakeImage.Content content, Architecture architecture) {
        StringBuilder all = new StringBuilder(architecture.ociName());
        new TreeMap<>(content.files())
                .forEach((path, bytes) -> all.append('\n')
                        .append(path)
                        .append('=')
                        .append(HexFormat.of().formatHex(bytes)));
        all.append('\n').append(content.entrypoint()).append('\n').append(new TreeMap<>(content.env()));
        return FakeImages.sha256(all.toString());
    }

    private static void add(Map<String, byte[]> files, Path source, String destination) throws IOException {
        if (!Files.isDirectory(source)) {
            String name = destination.endsWith("/")
                    ? destination + Objects.requireNonNull(source.getFileName())
                    : destination;
            files.put(name, Files.readAllBytes(source));
            return;
        }
        try (Stream<Path> found = Files.walk(source)) {
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                String inner = source.relativize(file).toString().replace('\\', '/');
                files.put(destination.replaceAll("/+$", "") + "/" + inner, Files.readAllBytes(file));
            }
        }
    }
}
