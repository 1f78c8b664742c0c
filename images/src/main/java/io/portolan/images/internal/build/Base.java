package io.portolan.images.internal.build;

import io.portolan.image.ImageReference;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an image starts from: an image, an archive, or nothing where both are null.
 *
 * @param text as written
 * @param image a reference, or null
 * @param archive an image archive of this machine, or null
 */
public record Base(
        String text,
        @Nullable ImageReference image,
        @Nullable Path archive) {
    /**
     * Whether the image starts from nothing.
     *
     * @return true for {@code scratch}
     */
    public boolean isScratch() {
        return image == null && archive == null;
    }
}
