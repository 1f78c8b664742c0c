package io.portolan.images;

import io.portolan.image.Image;
import io.portolan.image.ImageReference;

/**
 * What an image is called when it is published: its own name without its registry, and a tag that it has or gets.
 *
 * @param path the repository, without a registry
 * @param tag its own, or {@code id-} and the first digits of its id
 */
public record PublishedName(String path, String tag) {
    private static final int DIGITS = 12;

    /**
     * The name of an image.
     *
     * @param image what is published
     * @return path and tag
     */
    public static PublishedName of(Image image) {
        ImageReference source = image.reference();
        String id = image.id().substring(image.id().indexOf(':') + 1);
        String tag = source.tag().orElse("id-" + id.substring(0, Math.min(DIGITS, id.length())));
        String path = source.registry().equals("docker.io") ? source.name() : source.repository();
        return new PublishedName(path.startsWith("docker.io/") ? source.repository() : path, tag);
    }
}
