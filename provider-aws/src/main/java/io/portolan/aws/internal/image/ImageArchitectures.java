package io.portolan.aws.internal.image;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.error.Violation;
import io.portolan.image.Architecture;
import io.portolan.image.Image;
import io.portolan.image.ImageReference;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses an image that cannot run on the processor of the task: ECS would start the task and only then fail, with {@code exec format
 * error}. Looks only at images of ECR, where looking is cheap. Thread-safe.
 */
public final class ImageArchitectures {
    private static final Logger LOG = LoggerFactory.getLogger(ImageArchitectures.class);
    private static final int REMEMBERED = 4096;

    private record Fitting(ImageReference reference, Architecture architecture) {}

    private final Predicate<String> isEcr;
    private final BiFunction<ImageReference, Architecture, Optional<Image>> registry;
    private final Set<Fitting> fitting = ConcurrentHashMap.newKeySet();

    ImageArchitectures(Predicate<String> isEcr, BiFunction<ImageReference, Architecture, Optional<Image>> registry) {
        this.isEcr = isEcr;
        this.registry = registry;
    }

    /**
     * Checks an image. One that cannot be looked at passes: whether it runs is for ECS to say.
     *
     * @param reference the image of the task
     * @param wanted the processor of the task
     * @throws InvalidSpecException if the image is there, but not for this processor
     */
    public void check(ImageReference reference, Architecture wanted) {
        Fitting asked = new Fitting(reference, wanted);
        if (fitting.contains(asked)) {
            return;
        }
        try {
            if (isEcr.test(reference.registry())
                    && registry.apply(reference, wanted).isPresent()) {
                remember(asked);
            }
        } catch (InvalidSpecException e) {
            throw refused(reference, wanted);
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

    private static InvalidSpecException refused(ImageReference reference, Architecture wanted) {
        Architecture other = wanted == Architecture.AMD64 ? Architecture.ARM64 : Architecture.AMD64;
        return new InvalidSpecException(
                "image '" + reference + "'",
                List.of(new Violation(
                        "image",
                        reference.toString(),
                        "has no variant for " + wanted.ociName() + ", which the task asks for",
                        "build it with architecture(" + wanted.name() + ") and publish it again, or ask for "
                                + other.name().toLowerCase(Locale.ROOT))));
    }
}
