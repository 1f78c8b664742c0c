package io.portolan.local.internal.image;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import java.util.List;

/** Where an image is published to. Pure. */
final class PublishTarget {
    private static final int DIGITS = 12;

    private PublishTarget() {}

    /**
     * The name of an image below a configured registry.
     *
     * @param registry {@code host[:port][/prefix]}
     * @param image what is published; its own registry is left out of the name
     */
    static ImageReference of(String registry, Image image) {
        String prefix = registry.endsWith("/") ? registry.substring(0, registry.length() - 1) : registry;
        ImageReference source = image.reference();
        String repository = source.name();
        if (!source.registry().equals("docker.io")) {
            repository = source.repository();
        }
        String id = image.id().substring(image.id().indexOf(':') + 1);
        String tag = source.tag().orElse("id-" + id.substring(0, Math.min(DIGITS, id.length())));
        String whole = source.name().startsWith(prefix + "/") ? source.name() : prefix + "/" + repository;
        try {
            ImageReference target = ImageReference.parse(whole + ":" + tag);
            if (!target.registry().equals("docker.io") || prefix.startsWith("docker.io")) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            throw invalid(registry, String.valueOf(e.getMessage()));
        }
        throw invalid(registry, "must begin with a host name that holds a dot or a port");
    }

    private static InvalidSpecException invalid(String registry, String rule) {
        return new InvalidSpecException(
                "configuration of provider 'local'",
                List.of(new Violation(
                        "portolan.local." + ImageKeys.REGISTRY,
                        registry,
                        rule,
                        "write it like 'registry.example:5000/team'")));
    }
}
