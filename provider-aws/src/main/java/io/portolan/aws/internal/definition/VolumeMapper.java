package io.portolan.aws.internal.definition;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.spec.ContainerSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.Volume.HostDirectory;
import io.portolan.spec.Volume.InMemory;
import io.portolan.spec.Volume.Named;
import io.portolan.spec.VolumeMount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.EFSAuthorizationConfig;
import software.amazon.awssdk.services.ecs.model.EFSAuthorizationConfigIAM;
import software.amazon.awssdk.services.ecs.model.EFSTransitEncryption;
import software.amazon.awssdk.services.ecs.model.EFSVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.MountPoint;
import software.amazon.awssdk.services.ecs.model.Tmpfs;
import software.amazon.awssdk.services.ecs.model.Volume;

/** The volumes of a task: EFS for what is named, tmpfs for memory, directories of the instance. Pure. */
public final class VolumeMapper {
    private static final Pattern PLACE = Pattern.compile("(fs-[0-9a-f]+)(?::(/.*)|@(fsap-[0-9a-f]+))?");

    private VolumeMapper() {}

    /**
     * The file system of a named volume.
     *
     * @param name the volume
     * @param settings the settings of the workload
     * @return as the key {@code volumes.NAME} has it, empty if it is not set
     */
    public static Optional<String> place(String name, AwsSettings settings) {
        return Optional.ofNullable(settings.config().under(AwsKeys.VOLUMES).get(name));
    }

    /**
     * Whether a setting names a file system.
     *
     * @param place the value of the key {@code volumes.NAME}
     * @return true for {@code fs-ID}, {@code fs-ID:/DIRECTORY} and {@code fs-ID@fsap-ACCESSPOINT}
     */
    public static boolean isPlace(String place) {
        return PLACE.matcher(place).matches();
    }

    static List<Volume> volumes(ContainerSpec container, AwsSettings settings) {
        Map<String, Volume> volumes = new LinkedHashMap<>();
        for (VolumeMount mount : container.volumes()) {
            String name = name(mount);
            if (mount.volume() instanceof Named named) {
                volumes.put(
                        name,
                        Volume.builder()
                                .name(name)
                                .efsVolumeConfiguration(efs(named.name(), settings))
                                .build());
            } else if (mount.volume() instanceof HostDirectory directory) {
                volumes.put(
                        name,
                        Volume.builder()
                                .name(name)
                                .host(h -> h.sourcePath(directory.path()))
                                .build());
            }
        }
        return List.copyOf(volumes.values());
    }

    static List<MountPoint> mountPoints(ContainerSpec container) {
        return container.volumes().stream()
                .filter(mount -> !(mount.volume() instanceof InMemory))
                .map(mount -> MountPoint.builder()
                        .sourceVolume(name(mount))
                        .containerPath(mount.path())
                        .readOnly(mount.readOnly())
                        .build())
                .toList();
    }

    static List<Tmpfs> tmpfs(ContainerSpec container) {
        return container.volumes().stream()
                .filter(mount -> mount.volume() instanceof InMemory)
                .map(mount -> tmpfs(mount, ((InMemory) mount.volume()).size()))
                .toList();
    }

    private static Tmpfs tmpfs(VolumeMount mount, MemorySize size) {
        Tmpfs.Builder tmpfs = Tmpfs.builder().containerPath(mount.path()).size((int)
                Math.min(Integer.MAX_VALUE, size.toMebibytesCeil()));
        if (mount.readOnly()) {
            tmpfs.mountOptions("ro");
        }
        return tmpfs.build();
    }

    private static EFSVolumeConfiguration efs(String name, AwsSettings settings) {
        Matcher place = PLACE.matcher(place(name, settings).orElse(""));
        if (!place.matches()) {
            throw new IllegalArgumentException(
                    "volume '" + name + "' has no file system; set portolan.aws.volumes." + name + " to fs-ID");
        }
        EFSVolumeConfiguration.Builder efs = EFSVolumeConfiguration.builder()
                .fileSystemId(place.group(1))
                .transitEncryption(EFSTransitEncryption.ENABLED);
        if (place.group(2) != null) {
            efs.rootDirectory(place.group(2));
        }
        if (place.group(3) != null) {
            efs.authorizationConfig(EFSAuthorizationConfig.builder()
                    .accessPointId(place.group(3))
                    .iam(EFSAuthorizationConfigIAM.ENABLED)
                    .build());
        }
        return efs.build();
    }

    /** ECS takes letters, digits, hyphens and underscores; a dot is told apart from what it becomes by a hash. */
    private static String name(VolumeMount mount) {
        String name = mount.volume() instanceof Named named
                ? named.name()
                : "host-" + Integer.toHexString(mount.volume().hashCode());
        return name.indexOf('.') < 0 ? name : name.replace('.', '_') + "-" + Integer.toHexString(name.hashCode());
    }
}
