package io.portolan.testkit.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A file system of files by their paths, which holds no more than it may. Thread-safe. */
final class FakeStore {
    private static final byte[] NOTHING = {};

    private final long limit;
    private final Map<String, byte[]> contents = new TreeMap<>();

    /** A file that was only made large has a size but no content. */
    private final Map<String, Long> sizes = new TreeMap<>();

    FakeStore(long limit) {
        this.limit = limit;
    }

    static FakeStore unlimited() {
        return new FakeStore(Long.MAX_VALUE);
    }

    static FakeStore holding(Map<String, byte[]> content, long limit) {
        FakeStore store = new FakeStore(limit);
        content.forEach(store::write);
        return store;
    }

    synchronized Optional<byte[]> read(String path) {
        return Optional.ofNullable(contents.get(path));
    }

    synchronized void write(String path, byte[] bytes) {
        put(path, bytes.clone(), bytes.length);
    }

    synchronized void append(String path, byte[] bytes) {
        byte[] before = read(path).orElse(NOTHING);
        byte[] all = Arrays.copyOf(before, before.length + bytes.length);
        System.arraycopy(bytes, 0, all, before.length, bytes.length);
        put(path, all, all.length);
    }

    synchronized void allocate(String path, long size) {
        put(path, NOTHING, size);
    }

    private void put(String path, byte[] content, long size) {
        long others = sizes.values().stream().mapToLong(Long::longValue).sum() - sizes.getOrDefault(path, 0L);
        if (size > limit - others) {
            throw new UncheckedIOException(new IOException(path + ": no space left on device"));
        }
        contents.put(path, content);
        sizes.put(path, size);
    }

    synchronized List<String> paths() {
        return List.copyOf(contents.keySet());
    }
}
