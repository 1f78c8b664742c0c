package io.portolan.images;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.error.Violation;
import io.portolan.image.Architecture;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses an image that cannot run on the processor of a workload: platforms start it and only then fail, with {@code exec format error},
 * or refuse it in words that do not say why. Looks only at images of the platform's own registry, where looking is cheap. Thread-safe.
 */
public final class ImageArchitectures {
    private static final Logger LOG = LoggerFactory.getLogger(ImageArchitectures.class);
    private static final int REMEMBERED = 4096;

    private record Fitting(ImageReference reference, Architecture architecture) {}

    private final PlatformRegistry platform;
    private final BiFunction<ImageReference, Architecture, Optional<Image>> registry;
    private final Set<Fitting> fitting = ConcurrentHashMap.newKeySet();

    ImageArchitectures(PlatformRegistry platform, BiFunction<ImageReference, Architecture, Optional<Image>> registry) {
        this.platform = platform;
        this.registry = registry;
    }

    /**
     * Checks an image. One that cannot be looked at passes: whether it runs is for the platform to say.
     *
     * @param reference the image of the workload
     * @param wanted the processor of the workload
     * @throws InvalidSpecException if the image is there, but not for this processor
     */
    public void check(ImageReference reference, Architecture wanted) {
        Fitting asked = new Fitting(reference, wanted);
        if (fitting.contains(asked)) {
            return;
        }
        try {
            if (platform.holds(reference.registry())
                    && registry.apply(reference, wanted).isPresent()) {
                remember(asked);
            }
        } catch (InvalidSpecException e) {
            throw refused(reference.toString(), wanted, has(e));
        } catch (PortolanException e) {
            LOG.debug("the architecture of image '{}' was not checked", reference, e);
        }
    }

    /** Only what is pinned stays what it was. */
    private void remember(Fitting checked) {
        if (checked.reference().digest().isPresent() && fitting.size() < REMEMBERED) {
            fitting.add(checked);
        }
    }

    /**
     * Checks an image that is known, without any request.
     *
     * @param image what is to be published
     * @throws InvalidSpecException if the platform has no such processor
     */
    void check(Image image) {
        if (!platform.architectures().contains(image.architecture())) {
            throw refused(
                    image.reference().toString(),
                    platform.architectures().iterator().next(),
                    "the image is for " + image.architecture().ociName() + " only");
        }
    }

    private static String has(InvalidSpecException error) {
        return error.violations().stream().map(Violation::rule).findFirst().orElse("");
    }

    private InvalidSpecException refused(String image, Architecture wanted, String has) {
        String build = "build it with architecture(" + wanted.name() + ") and publish it again";
        String others = platform.architectures().stream()
                .filter(other -> other != wanted)
                .map(other -> ", or ask for " + other.ociName())
                .collect(Collectors.joining());
        return new InvalidSpecException(
                "image '" + image + "'",
                List.of(new Violation(
                        "image", image, "has no variant for " + wanted.ociName() + ": " + has, build + others)));
    }
}
