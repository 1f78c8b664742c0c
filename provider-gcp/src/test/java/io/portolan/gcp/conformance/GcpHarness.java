package io.portolan.gcp.conformance;

import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.config.EngineSettings;
import io.portolan.emulator.gcp.GcpEmulator;
import io.portolan.gcp.GcpProvider;
import io.portolan.id.ProviderId;
import io.portolan.image.ImageReference;
import io.portolan.spi.CloudProvider;
import io.portolan.testkit.UnlimitedProvider;
import io.portolan.testkit.conformance.ProviderHarness;
import io.portolan.testkit.conformance.ShellPrograms;
import io.portolan.testkit.conformance.TestPrograms;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The emulator of this machine with containers on Docker, and the vendor's own client over HTTP. */
final class GcpHarness implements ProviderHarness {
    private static final EngineSettings FAST = EngineSettings.DEFAULT
            .pollInterval(Duration.ofMillis(200), Duration.ofSeconds(1))
            .logInterval(Duration.ofMillis(100))
            .callRetries(2, Duration.ofMillis(50));

    /** The quota of writes is 30 a minute; the suite makes more. */
    private final CloudProvider provider = new UnlimitedProvider(new GcpProvider());

    private final EmulatedGcp gcp = EmulatedGcp.shared();

    @Override
    public CloudProvider provider() {
        return provider;
    }

    @Override
    public CloudConfig config(String application) {
        return CloudConfig.builder(ProviderId.GCP)
                .application(application)
                .engine(FAST)
                .set("project", GcpEmulator.PROJECT)
                .set("region", GcpEmulator.REGION)
                .set("credentials.kind", "none")
                .set("endpoint", gcp.endpoint().toString())
                .set("registry", "http://" + gcp.registry())
                .set("volumes.shared", "gs://" + application + "-shared")
                .set("volumes.marks", "gs://" + application + "-marks")
                .set("log-drain", "5s") // entries of the emulator come in a second, later where the machine is busy
                .build();
    }

    @Override
    public CloudConfig unreachable(String application) {
        return config(application).toBuilder()
                .set("endpoint", "http://127.0.0.1:1")
                .build();
    }

    @Override
    public TestPrograms programs() {
        return new ShellPrograms(gcp.image(), "portolan-test/missing:1");
    }

    @Override
    public void secret(String name, String value) {
        gcp.secret(name, value);
    }

    @Override
    public String baseImage() {
        return gcp.image();
    }

    @Override
    public Optional<ImageReference> pushTarget(String repository) {
        return Optional.of(ImageReference.parse(
                gcp.registry() + "/" + GcpEmulator.PROJECT + "/portolan-test/" + repository + ":pushed"));
    }

    @Override
    public boolean runsUnpublishedImages() {
        return false;
    }

    @Override
    public ImageReference missingImage(String repository) {
        return ImageReference.parse(
                gcp.registry() + "/" + GcpEmulator.PROJECT + "/portolan-test/" + repository + ":none");
    }

    /** The platform's own retries know no cause. */
    @Override
    public boolean retriesAnyFailure() {
        return true;
    }

    @Override
    public String hostDirectory() {
        return "/srv";
    }

    @Override
    public OptionalLong remoteCalls() {
        return OptionalLong.of(gcp.calls());
    }

    @Override
    public void clean(String application) {
        try (Cloud cloud = Cloud.connect(config(application), provider)) {
            cloud.prune();
        }
    }

    @Override
    public void close() {
        // The emulator is shared by all tests: each has an application of its own.
    }
}
