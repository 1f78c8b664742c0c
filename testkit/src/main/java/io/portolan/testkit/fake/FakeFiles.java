package io.portolan.testkit.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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
            ConcurrentMap<String, byte[]> store,
            boolean readOnly,
            @Nullable String file) {
        static Mount directory(String path, ConcurrentMap<String, byte[]> store, boolean readOnly) {
            return new Mount(path, store, readOnly, null);
        }

        static Mount file(String path, byte[] content) {
            int slash = path.lastIndexOf('/');
            String name = path.substring(slash);
            return new Mount(path.substring(0, slash), new ConcurrentHashMap<>(Map.of(name, content)), true, name);
        }

        boolean holds(String wanted) {
            return file == null ? wanted.startsWith(path + "/") : wanted.equals(path + file);
        }

        int depth() {
            return path.length() + (file == null ? 0 : file.length());
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
        return Optional.ofNullable(mount.store().get(inner(mount, path)))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /**
     * Writes a file, in place of the one that is there.
     *
     * @param path absolute
     * @param text as UTF-8
     * @throws UncheckedIOException if the file system is read-only there
     */
    public void write(String path, String text) {
        writable(path).store().put(inner(mount(path), path), text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds to the end of a file. Atomic.
     *
     * @param path absolute; made if it is not there
     * @param text as UTF-8
     * @throws UncheckedIOException if the file system is read-only there
     */
    public void append(String path, String text) {
        writable(path)
                .store()
                .merge(inner(mount(path), path), text.getBytes(StandardCharsets.UTF_8), FakeFiles::concatenate);
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
                .flatMap(m -> m.store().keySet().stream().map(inner -> m.path() + inner))
                .filter(path -> path.startsWith(prefix))
                .sorted()
                .distinct()
                .toList();
    }

    private static byte[] concatenate(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
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
        Mount best = null;
        for (Mount mount : mounts) {
            if (mount.holds(path) && (best == null || mount.depth() > best.depth())) {
                best = mount;
            }
        }
        return Objects.requireNonNull(best, "the root holds every path");
    }

    private static String inner(Mount mount, String path) {
        return path.substring(mount.path().length());
    }
}
