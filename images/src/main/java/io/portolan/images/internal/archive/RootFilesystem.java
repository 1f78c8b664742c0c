package io.portolan.images.internal.archive;

import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of an image without a base, by their path in it. Not thread-safe. */
public final class RootFilesystem {
    /**
     * One file, directory or link.
     *
     * @param mode permission bits, the sticky bit included
     * @param source a file of the machine, or null
     * @param text the content, or null
     * @param link where a symbolic link points to, or null
     */
    record Item(
            int mode,
            @Nullable Path source,
            @Nullable String text,
            @Nullable String link) {
        boolean isDirectory() {
            return source == null && text == null && link == null;
        }
    }

    private final NavigableMap<String, Item> items = new TreeMap<>();

    /**
     * Adds a directory, with its parents.
     *
     * @param path absolute
     * @param mode permission bits
     * @return this
     */
    public RootFilesystem directory(String path, int mode) {
        parents(path);
        items.put(path, new Item(mode, null, null, null));
        return this;
    }

    /**
     * Adds a copy of a file of the machine; symbolic links are followed.
     *
     * @param path absolute
     * @param source the file
     * @param mode permission bits
     * @return this
     */
    public RootFilesystem file(String path, Path source, int mode) {
        parents(path);
        items.put(path, new Item(mode, source, null, null));
        return this;
    }

    /**
     * Adds a text file.
     *
     * @param path absolute
     * @param text its content
     * @return this
     */
    public RootFilesystem text(String path, String text) {
        parents(path);
        items.put(path, new Item(0644, null, text, null));
        return this;
    }

    /**
     * Adds a symbolic link.
     *
     * @param path absolute
     * @param target where it points to
     * @return this
     */
    public RootFilesystem link(String path, String target) {
        parents(path);
        items.put(path, new Item(0777, null, null, target));
        return this;
    }

    /**
     * Whether something is at a path.
     *
     * @param path absolute
     * @return true if it was added
     */
    public boolean contains(String path) {
        return items.containsKey(path);
    }

    NavigableMap<String, Item> items() {
        return items;
    }

    private void parents(String path) {
        if (!path.startsWith("/") || path.length() < 2) {
            throw new IllegalArgumentException("path was '" + path + "' but must be absolute and below /");
        }
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            items.putIfAbsent(path.substring(0, slash), new Item(0755, null, null, null));
        }
    }
}
