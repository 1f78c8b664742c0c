package io.portolan.emulator.internal.aws.ecr;

import java.util.List;

/**
 * An image and its tags.
 *
 * @param manifest of the image
 * @param tags sorted, none if only the digest is known
 */
record TaggedImage(Manifest manifest, List<String> tags) {
    String digest() {
        return manifest.digest();
    }
}
