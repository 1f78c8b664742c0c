package io.portolan.images.internal.host;

import io.portolan.images.internal.archive.RootFilesystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What an image needs beside its program: users, name lookup, certificates, a place for temporary files; and copies of trees. */
public final class HostFiles {
    private static final List<Path> CERTIFICATES = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/cert.pem"));

    /** Part of the C library from glibc 2.35 on, but Debian's still wants it as files. */
    private static final Path UTF8_LOCALE = Path.of("/usr/lib/locale/C.utf8");

    private HostFiles() {}

    /**
     * The files that programs expect of any system.
     *
     * @return a file system with them
     * @throws IOException if one that this machine has cannot be read
     */
    public static RootFilesystem system() throws IOException {
        RootFilesystem root = new RootFilesystem()
                .directory("/tmp", 01777)
                .directory("/var/tmp", 01777)
                .directory("/root", 0700)
                .text(
                        "/etc/passwd",
                        "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n")
                .text("/etc/group", "root:x:0:\nnogroup:x:65534:\n");
        CERTIFICATES.stream()
                .filter(Files::isReadable)
                .findFirst()
                .ifPresent(bundle -> root.file("/etc/ssl/certs/ca-certificates.crt", bundle, 0644));
        if (Files.isDirectory(UTF8_LOCALE)) {
            addTree(root, UTF8_LOCALE, UTF8_LOCALE.toString());
        }
        return root;
    }

    /**
     * Adds libraries at the places where the dynamic linker looks for them, and how names are looked up. A program without libraries gets
     * no such file: a static C library that obeys it loads parts that are not there, and crashes.
     *
     * @param root where to
     * @param libraries what {@link SharedLibraries} found
     */
    public static void addLibraries(RootFilesystem root, Iterable<Path> libraries) {
        for (Path library : libraries) {
            root.file(library.normalize().toString(), library, 0755);
            root.text("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
        }
    }

    /**
     * Adds a directory with all that is in it. Links that stay within it are kept, others are replaced by what they point to; links that
     * point to nothing are left out.
     *
     * @param root where to
     * @param source the directory
     * @param destination absolute path in the image
     * @throws IOException if it cannot be read
     */
    public static void addTree(RootFilesystem root, Path source, String destination) throws IOException {
        Path real = source.toRealPath();
        try (Stream<Path> found = Files.walk(real)) {
            for (Path path : found.sorted(Comparator.naturalOrder()).toList()) {
                String target = path.equals(real) ? destination : destination + "/" + real.relativize(path);
                if (Files.isSymbolicLink(path)) {
                    addLink(root, real, path, target);
                } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    root.directory(target, 0755);
                } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    root.file(target, path, mode(path));
                }
            }
        }
    }

    private static void addLink(RootFilesystem root, Path real, Path path, String target) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Path pointed = path.toRealPath();
        Path link = Files.readSymbolicLink(path);
        if (pointed.startsWith(real) && !link.isAbsolute()) {
            root.link(target, link.toString());
        } else if (Files.isDirectory(pointed)) {
            addTree(root, pointed, target);
        } else {
            root.file(target, pointed, mode(pointed));
        }
    }

    /**
     * The permission bits that a copy gets.
     *
     * @param file a file
     * @return 0755 for programs, else 0644
     * @throws IOException if it cannot be read
     */
    public static int mode(Path file) throws IOException {
        boolean executable = Files.getPosixFilePermissions(file).stream()
                .anyMatch(p -> p.name().endsWith("_EXECUTE"));
        return executable ? 0755 : 0644;
    }
}
