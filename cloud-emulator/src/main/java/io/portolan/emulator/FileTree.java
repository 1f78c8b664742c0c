package io.portolan.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files for a container, in a directory that is removed with them. */
record FileTree(Path root) implements AutoCloseable {

    /** Writes files by their absolute paths. */
    static FileTree of(Map<String, String> files) {
        try {
            FileTree tree = new FileTree(Files.createTempDirectory("portolan-emulator"));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path =
                        tree.root.resolve(file.getKey().replaceFirst("^/+", "")).normalize();
                if (!path.startsWith(tree.root)) {
                    throw new IllegalArgumentException(file.getKey() + " is no path in a container");
                }
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
