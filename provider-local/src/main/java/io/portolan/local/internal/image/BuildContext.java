package io.portolan.local.internal.image;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A directory that is sent to the engine to build from, without what its {@code .dockerignore} names. Symbolic links are sent as links.
 *
 * @param root the directory
 * @param dockerfile the Dockerfile, relative to it; sent even if it is ignored, as is {@code .dockerignore}: the engine leaves them out then
 */
record BuildContext(Path root, String dockerfile) {
    private static final String IGNORE_FILE = ".dockerignore";

    /** Writes the tar; returns how many files and links it holds. */
    int write(Path target) {
        Path current = root;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            int files = 0;
            for (Path path : new TreeSet<>(selected())) {
                current = path;
                files += add(tar, path) ? 1 : 0;
            }
            return files;
        } catch (AccessDeniedException e) {
            throw failure(
                    "file '" + e.getFile() + "' of the build context cannot be read; leave it out by " + IGNORE_FILE,
                    e);
        } catch (IOException e) {
            throw failure("build context '" + root + "' cannot be read at '" + current + "': " + e, e);
        }
    }

    private PortolanException failure(String message, IOException cause) {
        return PortolanException.builder(ErrorCode.FAILED, message)
                .provider("local")
                .operation("build")
                .resource(root.toString())
                .cause(cause)
                .build();
    }

    private DockerIgnore rules() throws IOException {
        Path file = root.resolve(IGNORE_FILE);
        return Files.isRegularFile(file) ? DockerIgnore.parse(Files.readString(file)) : DockerIgnore.NONE;
    }

    Set<Path> selected() throws IOException {
        DockerIgnore rules = rules();
        Set<Path> selected = new TreeSet<>();
        Files.walkFileTree(root, new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (folder.equals(root)) {
                    return FileVisitResult.CONTINUE;
                }
                String name = name(folder);
                if (!rules.excludes(name)) {
                    selected.add(folder);
                    return FileVisitResult.CONTINUE;
                }
                boolean needed = rules.mayKeepBelow(name) || dockerfile.startsWith(name + "/");
                return needed ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = name(file);
                boolean sent = name.equals(dockerfile) || name.equals(IGNORE_FILE) || !rules.excludes(name);
                if (sent && !attributes.isOther()) {
                    selected.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
                if (rules.excludes(name(file))) {
                    return FileVisitResult.CONTINUE;
                }
                throw error;
            }
        });
        return selected;
    }

    private String name(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    private boolean add(TarArchiveOutputStream tar, Path path) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        String name = name(path);
        TarArchiveEntry entry;
        if (attributes.isSymbolicLink()) {
            entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(Files.readSymbolicLink(path).toString().replace('\\', '/'));
        } else if (attributes.isDirectory()) {
            entry = new TarArchiveEntry(name + "/");
        } else {
            entry = new TarArchiveEntry(name);
            entry.setSize(attributes.size());
        }
        entry.setMode(mode(path, attributes));
        entry.setModTime(attributes.lastModifiedTime().toMillis());
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
        if (attributes.isRegularFile()) {
            Files.copy(path, tar);
        }
        tar.closeArchiveEntry();
        return !attributes.isDirectory();
    }

    private static int mode(Path path, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            return 0777;
        }
        try {
            return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return 0755; // as Docker does on Windows
        }
    }
}
