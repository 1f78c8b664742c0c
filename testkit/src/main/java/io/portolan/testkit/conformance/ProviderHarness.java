package io.portolan.testkit.conformance;

import io.portolan.config.CloudConfig;
import io.portolan.image.ImageReference;
import io.portolan.spec.MemorySize;
import io.portolan.spi.CloudProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What the suite needs to know of one provider. The suite makes one for each test and closes it afterwards. */
public interface ProviderHarness extends AutoCloseable {
    /**
     * The provider under test.
     *
     * @return the same at every call
     */
    CloudProvider provider();

    /**
     * A configuration with which the platform answers.
     *
     * @param application what everything is labelled with; new for each test
     * @return a configuration; short poll intervals make the suite fast
     */
    CloudConfig config(String application);

    /**
     * The same, but nothing answers where it points to. A call that makes no remote call does not notice.
     *
     * @param application what everything is labelled with
     * @return a configuration
     */
    CloudConfig unreachable(String application);

    /**
     * How images of this provider do what the suite wants.
     *
     * @return the programs
     */
    TestPrograms programs();

    /**
     * Puts a secret where this provider looks for it. Called before {@link #config}.
     *
     * @param name what {@code SecretRef.named} will say
     * @param value the secret
     */
    void secret(String name, String value);

    /**
     * An image in which {@link #programs()} run, as the base of builds.
     *
     * @return its name
     */
    String baseImage();

    /**
     * Where images can be pushed to, apart from the provider's own registry.
     *
     * @param repository the repository
     * @return empty if there is no such registry
     */
    default Optional<ImageReference> pushTarget(String repository) {
        return Optional.empty();
    }

    /**
     * Whether the configuration names a registry that images are published to. Without one, a platform that runs images from where they were
     * built leaves them there, and they get no digest.
     *
     * @return default true
     */
    default boolean hasRegistry() {
        return true;
    }

    /**
     * Whether the platform runs an image from where it was built. Where it does not, the suite publishes what it runs.
     *
     * @return default true
     */
    default boolean runsUnpublishedImages() {
        return true;
    }

    /**
     * A name under which there is no image, in a registry that answers.
     *
     * @param repository the repository, which nothing was pushed to
     * @return default: the repository by itself, which the provider completes
     */
    default ImageReference missingImage(String repository) {
        return ImageReference.parse(repository + ":none");
    }

    /**
     * Whether the platform's logs keep lines without a character.
     *
     * @return default true
     */
    default boolean keepsEmptyLines() {
        return true;
    }

    /**
     * Whether the platform tries a failed task again whatever it failed of. Platforms whose retries are the SDK's do not: what cannot be
     * mended by a retry is not tried again.
     *
     * @return false by default
     */
    default boolean retriesAnyFailure() {
        return false;
    }

    /**
     * A limit of disk that the platform gives exactly, and that is enforced where the suite runs.
     *
     * @return default 1 GiB; empty if the platform gives no limit as small, or what stands in for it cannot enforce one: then the suite tests
     *     only that such a spec runs
     */
    default Optional<MemorySize> enforcedDisk() {
        return Optional.of(MemorySize.gibibytes(1));
    }

    /**
     * A directory of the engine's machine that may be written, for providers that mount such. New at every call.
     *
     * @return an absolute path
     */
    default String hostDirectory() {
        throw new UnsupportedOperationException("a provider with host directories overrides hostDirectory()");
    }

    /**
     * How long one step may take: a task, a deployment.
     *
     * @return default one minute
     */
    default Duration limit() {
        return Duration.ofMinutes(1);
    }

    /**
     * How long programs run that only have to run for a while: long enough that the provider sees them run, and tells what was at the same
     * time from what was not.
     *
     * @return default one second
     */
    default Duration pace() {
        return Duration.ofSeconds(1);
    }

    /**
     * How many remote calls were made so far, by anyone.
     *
     * @return empty if that is not counted; then {@link #unreachable} alone proves that none are made
     */
    default OptionalLong remoteCalls() {
        return OptionalLong.empty();
    }

    /**
     * Removes what an application has left, and what only the platform's own tools can remove, such as named volumes. Called after each
     * test, when everything that the SDK can remove is gone.
     *
     * @param application which
     */
    void clean(String application);

    @Override
    void close();
}
