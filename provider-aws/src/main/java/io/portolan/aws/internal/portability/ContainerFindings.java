package io.portolan.aws.internal.portability;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.config.Capacity;
import io.portolan.aws.internal.definition.CapacityMapper;
import io.portolan.aws.internal.definition.DurationText;
import io.portolan.aws.internal.definition.SecretMapper;
import io.portolan.aws.internal.definition.StopTime;
import io.portolan.aws.internal.definition.TaskSize;
import io.portolan.aws.internal.definition.VolumeMapper;
import io.portolan.portability.Finding.Kind;
import io.portolan.spec.ContainerSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.SecretRef;
import io.portolan.spec.Volume;
import io.portolan.spec.VolumeMount;
import io.portolan.spec.WorkloadSpec;
import java.time.Duration;
import java.util.Optional;

/** Secrets, volumes and the time to stop. Pure. */
final class ContainerFindings {
    private final ContainerSpec container;
    private final AwsSettings settings;
    private final Capacity capacity;
    private final FindingList findings;

    ContainerFindings(WorkloadSpec spec, AwsSettings settings, FindingList findings) {
        this.container = spec.container();
        this.settings = settings;
        this.capacity = CapacityMapper.of(spec, settings);
        this.findings = findings;
    }

    void all() {
        container.secretEnv().forEach(this::secret);
        container
                .secretFiles()
                .keySet()
                .forEach(path -> findings.reject(
                        "secretFiles." + path, "ECS has no secrets as files", "use secretEnv", Sources.SECRET));
        for (int i = 0; i < container.volumes().size(); i++) {
            volume("volumes[" + i + "]", container.volumes().get(i));
        }
        inMemory();
        grace();
    }

    private void secret(String variable, SecretRef secret) {
        if (SecretMapper.valueFrom(secret, settings, AwsRequests.region(settings))
                .isPresent()) {
            return;
        }
        String name = secret.name();
        if (secret.version().isPresent() && settings.text(AwsKeys.ACCOUNT).isPresent()) {
            findings.reject(
                    "secretEnv." + variable,
                    "a version of the parameter '" + name + "' cannot be asked for",
                    "leave the version out, or keep the value in Secrets Manager",
                    Sources.SECRET);
        } else {
            findings.reject(
                    "secretEnv." + variable,
                    "ECS needs the ARN of the secret '" + name + "'",
                    "set portolan.aws." + AwsKeys.SECRETS + "." + name + " to its ARN or to ssm:NAME, or portolan.aws."
                            + AwsKeys.ACCOUNT + " to find it by name",
                    Sources.SECRET);
        }
    }

    private void volume(String field, VolumeMount mount) {
        if (mount.volume() instanceof Volume.HostDirectory && capacity.isFargate()) {
            findings.reject(
                    field,
                    "there is no directory of a machine on Fargate",
                    "use a named volume, or put the files into the image",
                    Sources.FARGATE);
        } else if (mount.volume() instanceof Volume.Named named) {
            named(field, named.name());
        }
    }

    private void named(String field, String name) {
        String key = "portolan.aws." + AwsKeys.VOLUMES + "." + name;
        Optional<String> place = VolumeMapper.place(name, settings);
        if (place.isEmpty()) {
            findings.reject(
                    field,
                    "the volume '" + name + "' has no file system",
                    "set " + key + " to an EFS file system: fs-ID, fs-ID:/DIRECTORY or fs-ID@fsap-ACCESSPOINT",
                    Sources.VOLUME);
        } else if (!VolumeMapper.isPlace(place.get())) {
            findings.reject(
                    field,
                    key + " was '" + place.get() + "'",
                    "write fs-ID, fs-ID:/DIRECTORY or fs-ID@fsap-ACCESSPOINT",
                    Sources.VOLUME);
        } else {
            findings.add(field, Kind.NATIVE, "EFS " + place.get() + ", encrypted on its way", null, Sources.VOLUME);
        }
    }

    private void inMemory() {
        long bytes = container.volumes().stream()
                .map(VolumeMount::volume)
                .filter(Volume.InMemory.class::isInstance)
                .mapToLong(volume -> ((Volume.InMemory) volume).size().bytes())
                .sum();
        if (bytes == 0) {
            return;
        }
        MemorySize size = new MemorySize(bytes);
        if (size.compareTo(container.resources().memory()) >= 0) {
            findings.reject(
                    "volumes",
                    "volumes in memory hold " + TaskSize.text(size) + " and the container has "
                            + TaskSize.text(container.resources().memory()),
                    "ask for more memory or smaller volumes",
                    Sources.CONTAINER);
        } else {
            findings.add(
                    "volumes",
                    Kind.NATIVE,
                    "tmpfs; what it holds, up to " + TaskSize.text(size) + ", counts against the memory",
                    null,
                    Sources.CONTAINER);
        }
    }

    private void grace() {
        Duration asked = container.stopGracePeriod();
        int seconds = StopTime.of(asked, capacity);
        if (!asked.equals(Duration.ofSeconds(seconds))) {
            findings.adjust(
                    "stopGracePeriod",
                    DurationText.of(asked) + " becomes " + seconds + "s; "
                            + (capacity.isFargate() ? "Fargate takes 2s to 120s" : "ECS takes 2s or more"),
                    Sources.CONTAINER);
        }
    }
}
