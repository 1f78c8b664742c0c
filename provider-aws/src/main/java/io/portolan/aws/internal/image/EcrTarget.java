package io.portolan.aws.internal.image;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import io.portolan.images.PublishedName;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where an image is published to. Pure. Grammar of names: docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
 * (2026-11).
 */
final class EcrTarget {
    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*");

    private EcrTarget() {}

    /**
     * The name of an image in the account's registry.
     *
     * @param registry host and port
     * @param prefix what names of repositories begin with
     * @param image what is published; its own registry is left out of the name
     */
    static ImageReference of(String registry, String prefix, Image image) {
        ImageReference source = image.reference();
        PublishedName name = PublishedName.of(image);
        String repository = source.registry().equals(registry) ? source.repository() : below(prefix, name.path());
        check(repository);
        return ImageReference.parse(registry + "/" + repository + ":" + name.tag());
    }

    private static String below(String prefix, String path) {
        String start = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        return path.startsWith(start + "/") ? path : start + "/" + path;
    }

    private static void check(String repository) {
        if (repository.length() < 2
                || repository.length() > 256
                || !NAME.matcher(repository).matches()) {
            throw new InvalidSpecException(
                    "publish of '" + repository + "'",
                    List.of(new Violation(
                            "repository",
                            repository,
                            "must be 2 to 256 lower-case letters and digits with single . _ - / between them",
                            "name the image, or set portolan.aws.repository.prefix, accordingly")));
        }
    }
}
