package io.portolan.images.internal.build;

import java.nio.file.Path;
import java.util.List;

/**
 * One layer of an image to build.
 *
 * @param name what it is, for the image's history
 * @param files by their path in the image, sorted by it
 */
public record Layer(String name, List<Item> files) {
    /** Makes the list immutable. */
    public Layer {
        files = List.copyOf(files);
    }

    /**
     * A file or a directory.
     *
     * @param source on this machine
     * @param destination absolute path in the image
     * @param mode permission bits
     * @param directory whether it is a directory
     */
    public record Item(Path source, String destination, int mode, boolean directory) {}
}
