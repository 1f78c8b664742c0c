package io.portolan.images.internal.host;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.images.internal.archive.RootFilesystem;
import io.portolan.images.internal.host.Commands.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Puts the Java runtime of a JDK of this machine into a file system: linked from its modules where it can, else the whole of it.
 *
 * @param javaHome a JDK or JRE
 * @param modules what to link, with all that they need
 */
public record JavaRuntime(Path javaHome, Set<String> modules) {
    /** Where it lies in the image. */
    public static final String HOME = "/opt/java";

    /** What only compiling, documentation and linking need; left out where the whole JDK is copied. */
    private static final Set<String> LEFT_OUT =
            Set.of("jmods", "include", "man", "demo", "sample", "legal", "docs", "lib/src.zip", "src.zip");

    /**
     * Adds the runtime, the libraries that it needs, and its certificates.
     *
     * @param root where to
     * @param work an empty directory that the caller keeps until the file system is written
     * @throws IOException if a file cannot be read
     */
    public void addTo(RootFilesystem root, Path work) throws IOException {
        Path runtime = canLink() ? link(work.resolve("runtime")) : copy(work.resolve("runtime"));
        HostFiles.addTree(root, runtime, HOME);
        addCertificates(root);
        List<Path> binaries = binaries(runtime);
        SharedLibraries libraries = SharedLibraries.of(binaries);
        List<Path> outside = new ArrayList<>();
        for (Path library : libraries.files()) {
            if (!library.normalize().startsWith(runtime)) {
                outside.add(library);
            }
        }
        HostFiles.addLibraries(root, outside);
        checkLauncher(runtime);
    }

    /**
     * Whether {@code jlink} can be used.
     *
     * @return true with jmods, or with a runtime that links itself (from JDK 24 on)
     */
    public boolean canLink() {
        Path jlink = javaHome.resolve("bin/jlink");
        if (!Files.isExecutable(jlink)) {
            return false;
        }
        return Files.isDirectory(javaHome.resolve("jmods"))
                || Commands.run(List.of(jlink.toString(), "--help"), Duration.ofMinutes(1))
                        .output()
                        .contains("+run-time-image");
    }

    private Path link(Path target) {
        List<String> command = List.of(
                javaHome.resolve("bin/jlink").toString(),
                "--add-modules",
                String.join(",", new TreeSet<>(modules)),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                target.toString());
        Outcome outcome = Commands.run(command, Duration.ofMinutes(10));
        if (outcome.exitCode() != 0) {
            throw PortolanException.builder(
                            ErrorCode.FAILED,
                            "jlink of '" + javaHome + "' failed with exit code " + outcome.exitCode() + ": "
                                    + outcome.output().strip())
                    .resource(javaHome.toString())
                    .build();
        }
        return target;
    }

    private Path copy(Path target) throws IOException {
        Path real = javaHome.toRealPath();
        try (Stream<Path> found = Files.walk(real)) {
            for (Path path : found.sorted(Comparator.naturalOrder()).toList()) {
                Path relative = real.relativize(path);
                if (isLeftOut(relative)) {
                    continue;
                }
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target.resolve(relative));
                } else if (Files.exists(path)) {
                    Files.copy(path, target.resolve(relative));
                }
            }
        }
        return target;
    }

    private static boolean isLeftOut(Path relative) {
        for (Path part = relative; part != null; part = part.getParent()) {
            if (LEFT_OUT.contains(part.toString())) {
                return true;
            }
        }
        return false;
    }

    /** Distributions keep the certificates outside of the modules, and link to them. */
    private void addCertificates(RootFilesystem root) throws IOException {
        Path certificates = javaHome.resolve("lib/security/cacerts");
        if (Files.isReadable(certificates)) {
            root.file(HOME + "/lib/security/cacerts", certificates.toRealPath(), 0644);
        }
    }

    private static List<Path> binaries(Path runtime) throws IOException {
        try (Stream<Path> found = Files.walk(runtime.resolve("lib"))) {
            List<Path> binaries = new ArrayList<>();
            binaries.add(runtime.resolve("bin/java"));
            found.filter(p -> p.toString().endsWith(".so") || p.endsWith("jspawnhelper"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .forEach(binaries::add);
            return binaries;
        }
    }

    /** Of optional libraries, such as those of windows, some may be missing; of these none. */
    private void checkLauncher(Path runtime) {
        SharedLibraries needed =
                SharedLibraries.of(List.of(runtime.resolve("bin/java"), runtime.resolve("lib/server/libjvm.so")));
        if (!needed.missing().isEmpty()) {
            throw PortolanException.builder(
                            ErrorCode.FAILED,
                            "the Java runtime '" + javaHome + "' needs libraries that this machine lacks: "
                                    + String.join(", ", needed.missing()) + "; install them")
                    .resource(javaHome.toString())
                    .build();
        }
    }
}
