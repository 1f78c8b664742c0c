package io.portolan.local.conformance;

import com.github.dockerjava.api.DockerClient;
import io.portolan.Cloud;
import io.portolan.config.CloudConfig;
import io.portolan.config.EngineSettings;
import io.portolan.id.ProviderId;
import io.portolan.local.LocalProvider;
import io.portolan.run.OwnedResource;
import io.portolan.spi.CloudProvider;
import io.portolan.testkit.conformance.ProviderHarness;
import io.portolan.testkit.conformance.ShellPrograms;
import io.portolan.testkit.conformance.TestPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The engine of this machine, with BusyBox as the image of all programs. */
final class LocalHarness implements ProviderHarness {
    private static final EngineSettings FAST = EngineSettings.DEFAULT
            .pollInterval(Duration.ofMillis(200), Duration.ofSeconds(1))
            .logInterval(Duration.ofMillis(100))
            .callRetries(2, Duration.ofMillis(50));

    private final CloudProvider provider = new LocalProvider();
    private final TestPrograms programs = new ShellPrograms(ConformanceImage.NAME, "portolan-test/missing:1");
    private final Path directory;

    LocalHarness() {
        try {
            directory = Files.createTempDirectory("conformance");
            Files.createDirectory(directory.resolve("secrets"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Cloud cloud = Cloud.connect(config("setup"), provider)) {
            ConformanceImage.ensure(docker(cloud));
        }
    }

    private static DockerClient docker(Cloud cloud) {
        return cloud.unwrap(DockerClient.class).orElseThrow();
    }

    @Override
    public CloudProvider provider() {
        return provider;
    }

    @Override
    public CloudConfig config(String application) {
        return CloudConfig.builder(ProviderId.LOCAL)
                .application(application)
                .engine(FAST)
                .set("pull", "never")
                .set("secrets-dir", directory.resolve("secrets").toString())
                .build();
    }

    @Override
    public CloudConfig unreachable(String application) {
        return config(application).toBuilder()
                .set("docker-host", "unix://" + directory.resolve("nobody.sock"))
                .build();
    }

    @Override
    public TestPrograms programs() {
        return programs;
    }

    @Override
    public void secret(String name, String value) {
        try {
            Files.writeString(directory.resolve("secrets").resolve(name), value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String baseImage() {
        return ConformanceImage.NAME;
    }

    @Override
    public String hostDirectory() {
        try {
            return Files.createTempDirectory(directory, "host").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void clean(String application) {
        try (Cloud cloud = Cloud.connect(config(application), provider)) {
            DockerClient docker = docker(cloud);
            for (String kind : List.of("container", "volume", "network")) {
                cloud.list().stream().filter(o -> o.kind().equals(kind)).forEach(owned -> remove(docker, owned));
            }
        }
    }

    private static void remove(DockerClient docker, OwnedResource owned) {
        switch (owned.kind()) {
            case "container" ->
                docker.removeContainerCmd(owned.nativeId()).withForce(true).exec();
            case "volume" -> docker.removeVolumeCmd(owned.nativeId()).exec();
            default -> docker.removeNetworkCmd(owned.nativeId()).exec();
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
