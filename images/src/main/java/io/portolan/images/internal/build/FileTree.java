package io.portolan.images.internal.build;

import io.portolan.error.Violation;
import io.portolan.images.internal.build.Layer.Item;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists a file, or a directory with all that is in it, in the order of destinations. Symbolic links are replaced by what they point to. */
final class FileTree {
    private static final int DIRECTORY = 0755;

    private FileTree() {}

    /**
     * Lists.
     *
     * @param source an existing file or directory
     * @param destination where it goes
     * @param mode permission bits of files, null to keep the executable bit
     * @param path where the source stands in the spec
     * @param violations told of what cannot be copied
     */
    static List<Item> list(
            Path source, String destination, @Nullable Integer mode, Consumer<Violation> violations, String path) {
        List<Item> items = new ArrayList<>();
        try {
            Files.walkFileTree(
                    source, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<Path>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                            String target = target(source, folder, destination);
                            if (!target.equals("/")) {
                                items.add(new Item(folder, target, DIRECTORY, true));
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            if (attributes.isRegularFile() && Files.isReadable(file)) {
                                items.add(new Item(
                                        file,
                                        target(source, file, destination),
                                        mode == null ? modeOf(file) : mode,
                                        false));
                            } else {
                                violations.accept(
                                        new Violation(path, file.toString(), problem(attributes), "remove it"));
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException error) {
                            String rule = error instanceof FileSystemLoopException
                                    ? "is a symbolic link that leads back to a directory above it"
                                    : "cannot be read (" + error + ")";
                            violations.accept(new Violation(path, file.toString(), rule, "mend or remove it"));
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            violations.accept(
                    new Violation(path, source.toString(), "cannot be read (" + e + ")", "mend or remove it"));
        }
        items.sort(Comparator.comparing(Item::destination));
        return items;
    }

    private static String target(Path source, Path file, String destination) {
        StringBuilder target = new StringBuilder(destination.equals("/") ? "" : destination);
        if (!file.equals(source)) {
            source.relativize(file).forEach(name -> target.append('/').append(name));
        }
        return target.isEmpty() ? "/" : target.toString();
    }

    private static int modeOf(Path file) {
        return isMarkedExecutable(file) ? 0755 : 0644;
    }

    private static boolean isMarkedExecutable(Path file) {
        try {
            // Files.isExecutable asks whether this user may run it, which is not the same for every user.
            return Files.getPosixFilePermissions(file).stream()
                    .anyMatch(p -> p.name().endsWith("_EXECUTE"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static String problem(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return "is a symbolic link that points to nothing";
        }
        return attributes.isOther()
                ? "is no file and no directory"
                : "cannot be read by user " + System.getProperty("user.name");
    }
}
