package io.portolan.aws.internal.image;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where an image is published to. Pure. Grammar of names: docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
 * (2026-11).
 */
final class EcrTarget {
    private static final int DIGITS = 12;
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
        String id = image.id().substring(image.id().indexOf(':') + 1);
        String tag = source.tag().orElse("id-" + id.substring(0, Math.min(DIGITS, id.length())));
        String repository = source.registry().equals(registry) ? source.repository() : below(prefix, source);
        check(repository);
        return ImageReference.parse(registry + "/" + repository + ":" + tag);
    }

    private static String below(String prefix, ImageReference source) {
        String start = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        String path = source.registry().equals("docker.io") ? source.name() : source.repository();
        path = path.startsWith("docker.io/") ? source.repository() : path;
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
