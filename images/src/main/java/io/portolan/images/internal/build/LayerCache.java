package io.portolan.images.internal.build;

import io.portolan.images.internal.archive.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Jib's caches: one for bases, and one for each content of inputs. The latter are removed when they were not used for a week.
 *
 * @param directory where they are
 */
public record LayerCache(Path directory) {
    private static final Duration KEPT = Duration.ofDays(7);

    /**
     * The cache of base layers.
     *
     * @return its directory
     */
    public Path bases() {
        return directory.resolve("base");
    }

    /**
     * The cache of one content.
     *
     * @param contentKey its digest
     * @return its directory
     * @throws IOException if it cannot be made
     */
    public Path of(String contentKey) throws IOException {
        Path all = Files.createDirectories(directory.resolve("application"));
        Path own = Files.createDirectories(all.resolve(Sha256.hex(contentKey)));
        Instant now = Instant.now();
        Files.setLastModifiedTime(own, FileTime.from(now));
        for (Path folder : list(all)) {
            if (!folder.equals(own) && isOlder(folder, now.minus(KEPT))) {
                delete(folder);
            }
        }
        return own;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.toList();
        }
    }

    private static boolean isOlder(Path folder, Instant limit) {
        try {
            return Files.getLastModifiedTime(folder).toInstant().isBefore(limit);
        } catch (IOException e) {
            // Another process was faster.
            return false;
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // Left for the next build: a cache that cannot be swept is no reason to fail one.
        }
    }
}
