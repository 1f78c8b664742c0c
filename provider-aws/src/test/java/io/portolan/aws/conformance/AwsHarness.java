package io.portolan.aws.conformance;

import io.portolan.Cloud;
import io.portolan.aws.AwsProvider;
import io.portolan.config.CloudConfig;
import io.portolan.config.EngineSettings;
import io.portolan.id.ProviderId;
import io.portolan.image.ImageReference;
import io.portolan.spec.MemorySize;
import io.portolan.spi.CloudProvider;
import io.portolan.testkit.conformance.ProviderHarness;
import io.portolan.testkit.conformance.ShellPrograms;
import io.portolan.testkit.conformance.TestPrograms;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The emulator of this machine with containers on Docker, and the vendor's own client over HTTP. */
final class AwsHarness implements ProviderHarness {
    private static final String VOLUME = "fs-0123456789abcdef0";
    private static final EngineSettings FAST = EngineSettings.DEFAULT
            .pollInterval(Duration.ofMillis(200), Duration.ofSeconds(1))
            .logInterval(Duration.ofMillis(100))
            .callRetries(2, Duration.ofMillis(50));

    private final CloudProvider provider = new AwsProvider();
    private final EmulatedAws aws = EmulatedAws.shared();

    @Override
    public CloudProvider provider() {
        return provider;
    }

    @Override
    public CloudConfig config(String application) {
        return CloudConfig.builder(ProviderId.AWS)
                .application(application)
                .engine(FAST)
                .set("region", "us-east-1")
                .set("account", "123456789012")
                .set("credentials.access-key-id", "test")
                .set("credentials.secret-access-key", "test")
                .set("endpoint", aws.endpoint().toString())
                .set("subnets", "subnet-0123456789abcdef0")
                .set("execution-role", "arn:aws:iam::123456789012:role/execution")
                .set("infrastructure-role", "arn:aws:iam::123456789012:role/infrastructure")
                .set("namespace", "portolan")
                .set("volumes.shared", VOLUME + ":/" + application + "-shared")
                .set("volumes.marks", VOLUME + ":/" + application + "-marks")
                .set("gpu-capacity.nvidia-any", "gpu-instances")
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
        return new ShellPrograms(aws.image(), "portolan-test/missing:1");
    }

    @Override
    public void secret(String name, String value) {
        aws.secret(name, value);
    }

    @Override
    public String baseImage() {
        return aws.image();
    }

    @Override
    public Optional<ImageReference> pushTarget(String repository) {
        return Optional.of(ImageReference.parse(aws.registry() + "/" + repository + ":pushed"));
    }

    @Override
    public boolean runsUnpublishedImages() {
        return false;
    }

    @Override
    public ImageReference missingImage(String repository) {
        return ImageReference.parse(aws.registry() + "/" + repository + ":none");
    }

    /** The log driver of ECS leaves them out. */
    @Override
    public boolean keepsEmptyLines() {
        return false;
    }

    @Override
    public String hostDirectory() {
        return "/srv";
    }

    /** The engine beside the emulator limits no disk. */
    @Override
    public Optional<MemorySize> enforcedDisk() {
        return Optional.empty();
    }

    @Override
    public OptionalLong remoteCalls() {
        return OptionalLong.of(aws.calls());
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
