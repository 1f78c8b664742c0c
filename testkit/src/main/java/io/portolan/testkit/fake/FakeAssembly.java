package io.portolan.testkit.fake;

import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.spec.ContainerSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.SecretRef;
import io.portolan.spec.Volume;
import io.portolan.spec.VolumeMount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the parts of a container from a spec: resolves secrets, mounts volumes. */
final class FakeAssembly {
    private final FakePlatform platform;
    private final FakeApplication application;

    FakeAssembly(FakePlatform platform, FakeApplication application) {
        this.platform = platform;
        this.application = application;
    }

    /** Why a container of this spec cannot start. */
    Optional<Failure> obstacle(ContainerSpec spec) {
        return Stream.concat(spec.secretEnv().values().stream(), spec.secretFiles().values().stream())
                .filter(secret -> platform.secretValue(secret).isEmpty())
                .map(secret -> Failure.of(FailureCause.SECRET, "the platform has no secret '" + secret + "'")
                        .nativeCode("404")
                        .hint("add it with FakePlatform.secret(\"" + secret + "\", ...)"))
                .findFirst();
    }

    /** The plain environment is the user's with that of the contract. */
    FakeContainer.Parts parts(ContainerSpec spec, Map<String, String> plainEnvironment, String id) {
        FakeImage.Content content =
                platform.images().find(spec.image()).map(FakeImage::content).orElse(FakeImage.Content.NONE);
        Map<String, String> environment = new LinkedHashMap<>(content.env());
        environment.put("HOSTNAME", id);
        environment.putAll(plainEnvironment);
        spec.secretEnv().forEach((variable, secret) -> environment.put(variable, value(secret)));
        List<String> command = spec.command().isEmpty() ? content.entrypoint() : spec.command();
        return new FakeContainer.Parts(
                id, spec, Map.copyOf(environment), files(spec, content), command, application.network());
    }

    private FakeFiles files(ContainerSpec spec, FakeImage.Content content) {
        List<FakeFiles.Mount> mounts = new ArrayList<>();
        long disk = spec.resources().ephemeralStorage().map(MemorySize::bytes).orElse(Long.MAX_VALUE);
        mounts.add(
                FakeFiles.Mount.directory("", FakeStore.holding(content.files(), disk), spec.readOnlyRootFilesystem()));
        for (VolumeMount mount : spec.volumes()) {
            mounts.add(FakeFiles.Mount.directory(mount.path(), store(mount.volume()), mount.readOnly()));
        }
        spec.secretFiles()
                .forEach((path, secret) ->
                        mounts.add(FakeFiles.Mount.file(path, value(secret).getBytes(StandardCharsets.UTF_8))));
        return new FakeFiles(mounts);
    }

    private FakeStore store(Volume volume) {
        if (volume instanceof Volume.Named named) {
            return application.volume(named.name());
        }
        if (volume instanceof Volume.HostDirectory directory) {
            return platform.hostDirectory(directory.path());
        }
        return new FakeStore(((Volume.InMemory) volume).size().bytes());
    }

    private String value(SecretRef secret) {
        return platform.secretValue(secret).orElse("");
    }
}
