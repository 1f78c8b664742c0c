package io.portolan.images;

import io.portolan.error.ErrorCode;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.error.Violation;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import io.portolan.images.internal.archive.Architectures;
import io.portolan.images.internal.archive.RootFilesystem;
import io.portolan.images.internal.archive.ScratchImage;
import io.portolan.images.internal.host.HostFiles;
import io.portolan.images.internal.host.SharedLibraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An image from a program of this Linux machine: the program, the shared libraries that it needs, {@code /etc/passwd}, name lookup,
 * certificates, a {@code /tmp}, and nothing else. For where no registry can be reached, and for tests. Immutable: methods named after a
 * setting give a changed copy.
 *
 * <p>The same program and libraries give the same image id. Such an image is as old as the machine it was made on: for production use a
 * maintained base.
 */
public final class HostProgram {
    private final Path program;
    private final Map<String, Path> files;
    private final Map<String, String> links;
    private final List<String> entrypoint;
    private final Map<String, String> labels;

    private HostProgram(
            Path program,
            Map<String, Path> files,
            Map<String, String> links,
            List<String> entrypoint,
            Map<String, String> labels) {
        this.program = program;
        this.files = files;
        this.links = links;
        this.entrypoint = entrypoint;
        this.labels = labels;
    }

    /**
     * A program.
     *
     * @param program for example {@code /usr/sbin/haproxy}; it lies at the same path in the image
     * @return an image of it, without an entrypoint
     */
    public static HostProgram of(Path program) {
        return new HostProgram(
                Objects.requireNonNull(program, "program").toAbsolutePath().normalize(),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of());
    }

    /**
     * Adds a file, or a directory with all that is in it. Libraries that added programs need are added too.
     *
     * @param source on this machine
     * @param destination absolute path in the image
     * @return a changed copy
     */
    public HostProgram with(Path source, String destination) {
        Map<String, Path> more = new LinkedHashMap<>(files);
        more.put(Objects.requireNonNull(destination, "destination"), Objects.requireNonNull(source, "source"));
        return new HostProgram(program, more, links, entrypoint, labels);
    }

    /**
     * Adds a symbolic link.
     *
     * @param path absolute path in the image, for example {@code /bin/sh}
     * @param target where it points to, for example {@code busybox}
     * @return a changed copy
     */
    public HostProgram link(String path, String target) {
        Map<String, String> more = new LinkedHashMap<>(links);
        more.put(Objects.requireNonNull(path, "path"), Objects.requireNonNull(target, "target"));
        return new HostProgram(program, files, more, entrypoint, labels);
    }

    /**
     * What is started. Default: nothing, so that the caller has to name a command.
     *
     * @param words program and first arguments
     * @return a changed copy
     */
    public HostProgram entrypoint(String... words) {
        return new HostProgram(program, files, links, List.of(words), labels);
    }

    /**
     * Adds a label to the image.
     *
     * @param name its name
     * @param value its value
     * @return a changed copy
     */
    public HostProgram label(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return new HostProgram(program, files, links, entrypoint, more);
    }

    /**
     * Writes the image as an archive in the form of {@code docker save}. Blocking.
     *
     * @param name the name that it is loaded under
     * @param archive the file, which appears whole or not at all
     * @return the image
     * @throws InvalidSpecException if a file is missing or a path is not absolute
     * @throws PortolanException UNSUPPORTED if this machine has no {@code ldd}; FAILED if a file cannot be read or written, or a library is
     *     missing
     */
    public Image toArchive(ImageReference name, Path archive) {
        check();
        try {
            RootFilesystem root = HostFiles.system();
            root.file(program.toString(), program, 0755);
            for (Map.Entry<String, Path> file : files.entrySet()) {
                if (Files.isDirectory(file.getValue())) {
                    HostFiles.addTree(root, file.getValue(), file.getKey());
                } else {
                    root.file(file.getKey(), file.getValue(), HostFiles.mode(file.getValue()));
                }
            }
            links.forEach(root::link);
            HostFiles.addLibraries(root, libraries());
            String id = new ScratchImage(
                            Architectures.ofMachine(),
                            Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
                            entrypoint,
                            labels)
                    .write(root, name, archive);
            return new Image(name, id, Architectures.ofMachine(), null);
        } catch (IOException e) {
            throw PortolanException.builder(ErrorCode.FAILED, "image of '" + program + "' failed: " + e)
                    .resource(program.toString())
                    .cause(e)
                    .build();
        }
    }

    private Iterable<Path> libraries() {
        List<Path> programs = new ArrayList<>(List.of(program));
        files.values().stream()
                .filter(Files::isRegularFile)
                .filter(Files::isExecutable)
                .forEach(programs::add);
        SharedLibraries libraries = SharedLibraries.of(programs);
        if (!libraries.missing().isEmpty()) {
            throw PortolanException.builder(
                            ErrorCode.FAILED,
                            "program '" + program + "' needs libraries that this machine lacks: "
                                    + String.join(", ", libraries.missing()) + "; install them")
                    .resource(program.toString())
                    .build();
        }
        return libraries.files();
    }

    private void check() {
        List<Violation> violations = new ArrayList<>();
        if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
            violations.add(
                    new Violation("program", program.toString(), "is no program", "install it, or check its path"));
        }
        files.forEach((path, source) -> {
            if (!Files.isReadable(source)) {
                violations.add(new Violation("files." + path, source.toString(), "cannot be read", "check the path"));
            }
            absolute("files", path, violations);
        });
        links.keySet().forEach(path -> absolute("links", path, violations));
        if (!violations.isEmpty()) {
            throw new InvalidSpecException("image of program '" + program + "'", violations);
        }
    }

    private static void absolute(String field, String path, List<Violation> violations) {
        boolean plain = path.startsWith("/")
                && path.length() > 1
                && Path.of(path).normalize().toString().equals(path);
        if (!plain) {
            violations.add(new Violation(
                    field, path, "must be an absolute path without '.' and '..'", "write it like '/etc/haproxy.cfg'"));
        }
    }
}
