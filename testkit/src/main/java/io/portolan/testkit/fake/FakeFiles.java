package io.portolan.testkit.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files that a process sees: those of its image, its secrets and its volumes. Paths are absolute. Thread-safe. */
public final class FakeFiles {
    private final List<Mount> mounts;

    /**
     * What is mounted at a path.
     *
     * @param path the directory, the root is {@code ""}
     * @param store path below the directory to content
     * @param readOnly whether writes are refused
     * @param file the one file that is mounted, null for the whole directory
     */
    record Mount(
            String path,
            FakeStore store,
            boolean readOnly,
            @Nullable String file) {
        static Mount directory(String path, FakeStore store, boolean readOnly) {
            return new Mount(path, store, readOnly, null);
        }

        static Mount file(String path, byte[] content) {
            int slash = path.lastIndexOf('/');
            String name = path.substring(slash);
            FakeStore one = FakeStore.holding(Map.of(name, content), Long.MAX_VALUE);
            return new Mount(path.substring(0, slash), one, true, name);
        }

        boolean holds(String wanted) {
            return file == null ? wanted.startsWith(path + "/") : wanted.equals(path + file);
        }

        int depth() {
            return path.length() + (file == null ? 0 : file.length());
        }

        String inner(String wanted) {
            return wanted.substring(path.length());
        }
    }

    FakeFiles(List<Mount> mounts) {
        this.mounts = List.copyOf(mounts);
    }

    /**
     * The content of a file.
     *
     * @param path absolute
     * @return as UTF-8 text, empty if there is no such file
     */
    public Optional<String> read(String path) {
        Mount mount = mount(path);
        return mount.store().read(mount.inner(path)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /**
     * Writes a file, in place of the one that is there.
     *
     * @param path absolute
     * @param text as UTF-8
     * @throws UncheckedIOException if the file system is read-only or full
     */
    public void write(String path, String text) {
        Mount mount = writable(path);
        mount.store().write(mount.inner(path), text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds to the end of a file. Atomic.
     *
     * @param path absolute; made if it is not there
     * @param text as UTF-8
     * @throws UncheckedIOException if the file system is read-only or full
     */
    public void append(String path, String text) {
        Mount mount = writable(path);
        mount.store().append(mount.inner(path), text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Makes a file that takes room and holds nothing, to fill a file system.
     *
     * @param path absolute
     * @param bytes how much room
     * @throws UncheckedIOException if the file system is read-only or full
     */
    public void allocate(String path, long bytes) {
        Mount mount = writable(path);
        mount.store().allocate(mount.inner(path), bytes);
    }

    /**
     * The files in a directory and below.
     *
     * @param directory absolute
     * @return absolute paths, sorted
     */
    public List<String> list(String directory) {
        String prefix = directory.endsWith("/") ? directory : directory + "/";
        return mounts.stream()
                .flatMap(m -> m.store().paths().stream().map(inner -> m.path() + inner))
                .filter(path -> path.startsWith(prefix))
                .sorted()
                .distinct()
                .toList();
    }

    private Mount writable(String path) {
        Mount mount = mount(path);
        if (mount.readOnly()) {
            throw new UncheckedIOException(new IOException(path + ": read-only file system"));
        }
        return mount;
    }

    private Mount mount(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException(
                    "file path was '" + path + "' but must be absolute; write '/" + path + "'");
        }
        return mounts.stream()
                .filter(m -> m.holds(path))
                .max(Comparator.comparingInt(Mount::depth))
                .orElseThrow();
    }
}
