package io.portolan.local.internal.container;

import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.TmpfsOptions;
import com.github.dockerjava.api.model.VolumeOptions;
import io.portolan.image.Architecture;
import io.portolan.local.internal.container.ContainerModel.Command;
import io.portolan.local.internal.container.ContainerModel.Endpoint;
import io.portolan.local.internal.container.Labels.Kind;
import io.portolan.spec.ContainerSpec;
import io.portolan.spec.Cpu;
import io.portolan.spec.Resources;
import io.portolan.spec.Volume;
import io.portolan.spec.VolumeMount;
import io.portolan.spi.ProviderConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes Docker's container out of a spec. Pure. */
public final class ContainerMapper {
    /** The least processor time that Docker takes. */
    static final Cpu LEAST_CPU = Cpu.millis(10);

    private static final long NANOS_PER_MILLI_CPU = 1_000_000;

    private final String application;
    private final long pidsLimit;

    /**
     * A mapper for one application.
     *
     * @param config its settings
     */
    public ContainerMapper(ProviderConfig config) {
        this.application = config.application();
        this.pidsLimit = config.number(ContainerKeys.PIDS_LIMIT);
    }

    /**
     * Maps a request.
     *
     * @param request what is wanted
     * @return the container
     */
    public ContainerModel map(ContainerRequest request) {
        ContainerSpec spec = request.spec().container();
        LocalSettings settings = LocalSettings.of(request.spec());
        return new ContainerModel(
                request.name(),
                spec.image().toString(),
                process(spec, request),
                labels(request),
                host(spec, request, settings),
                Endpoint.NONE,
                platform(spec, settings));
    }

    /**
     * The carrier that takes secret files for a container whose root is read-only.
     *
     * @param container the container
     * @param spec what it was made from
     * @return null if it needs none
     */
    @Nullable
    ContainerModel carrier(ContainerModel container, ContainerSpec spec) {
        SecretPlacement placement = SecretPlacement.of(spec, container.name());
        if (placement.volumes().isEmpty()) {
            return null;
        }
        HostConfig host = HostConfig.newHostConfig().withNetworkMode("none");
        host.withMounts(secretMounts(placement, container.labels(), false));
        return new ContainerModel(
                container.name() + "_carrier",
                container.image(),
                new Command(List.of(), List.of("never started"), List.of(), null, null, 0),
                owned(Kind.CARRIER, container.labels()),
                host,
                Endpoint.NONE,
                container.platform());
    }

    private static Command process(ContainerSpec spec, ContainerRequest request) {
        List<String> environment = new ArrayList<>();
        request.environment().forEach((name, value) -> environment.add(name + "=" + value));
        request.secretEnvironment().forEach((name, value) -> environment.add(name + "=" + value));
        return new Command(
                spec.command(),
                spec.args(),
                environment,
                spec.user().orElse(null),
                spec.workingDirectory().orElse(null),
                (int) spec.stopGracePeriod().toSeconds());
    }

    private static Map<String, String> labels(ContainerRequest request) {
        Map<String, String> labels = new LinkedHashMap<>(request.spec().labels());
        labels.putAll(request.labels());
        return labels;
    }

    private HostConfig host(ContainerSpec spec, ContainerRequest request, LocalSettings settings) {
        Resources resources = spec.resources();
        long memory = resources.memory().bytes();
        long cpu = Math.max(resources.cpu().millis(), LEAST_CPU.millis());
        HostConfig host = HostConfig.newHostConfig()
                .withNanoCPUs(cpu * NANOS_PER_MILLI_CPU)
                .withMemory(memory)
                // The same number: no swap on top of the memory.
                .withMemorySwap(memory)
                .withReadonlyRootfs(spec.readOnlyRootFilesystem())
                .withInit(spec.initProcess())
                .withMounts(mounts(spec, request));
        if (pidsLimit > 0) {
            host.withPidsLimit(pidsLimit);
        }
        resources
                .gpu()
                .ifPresent(gpu -> host.withDeviceRequests(
                        List.of(new DeviceRequest().withCount(gpu.count()).withCapabilities(List.of(List.of("gpu"))))));
        String network = settings.networkMode() == null ? request.network() : settings.networkMode();
        if (network != null) {
            host.withNetworkMode(network);
        }
        if (!settings.extraHosts().isEmpty()) {
            host.withExtraHosts(settings.extraHosts().toArray(String[]::new));
        }
        if (settings.shmSize() != null) {
            host.withShmSize(settings.shmSize().bytes());
        }
        return host;
    }

    private List<Mount> mounts(ContainerSpec spec, ContainerRequest request) {
        List<Mount> mounts = new ArrayList<>();
        for (VolumeMount mount : spec.volumes()) {
            mounts.add(mount(mount));
        }
        mounts.addAll(secretMounts(SecretPlacement.of(spec, request.name()), request.labels(), true));
        return mounts;
    }

    private Mount mount(VolumeMount mount) {
        Mount docker = new Mount().withTarget(mount.path()).withReadOnly(mount.readOnly());
        Volume volume = mount.volume();
        if (volume instanceof Volume.Named named) {
            return docker.withType(MountType.VOLUME)
                    .withSource(Names.volume(application, named.name()))
                    .withVolumeOptions(new VolumeOptions().withLabels(Labels.of(application, Kind.VOLUME)));
        }
        if (volume instanceof Volume.HostDirectory directory) {
            // As a mount and not as a bind: Docker then refuses a directory that does not exist instead of making it.
            return docker.withType(MountType.BIND).withSource(directory.path());
        }
        Volume.InMemory memory = (Volume.InMemory) volume;
        return docker.withType(MountType.TMPFS)
                .withTmpfsOptions(new TmpfsOptions().withSizeBytes(memory.size().bytes()));
    }

    /** Labels of what exists for one container only: they name what it belongs to, so that it is removed with it. */
    private Map<String, String> owned(Kind kind, Map<String, String> container) {
        Map<String, String> labels = Labels.of(application, kind);
        for (String owner : List.of(Labels.EXECUTION, Labels.SERVICE, Labels.REVISION)) {
            if (container.containsKey(owner)) {
                labels.put(owner, container.get(owner));
            }
        }
        return labels;
    }

    private List<Mount> secretMounts(SecretPlacement placement, Map<String, String> owner, boolean readOnly) {
        return placement.volumes().stream()
                .map(volume -> new Mount()
                        .withType(MountType.VOLUME)
                        .withSource(volume.name())
                        .withTarget(volume.directory())
                        .withReadOnly(readOnly)
                        .withVolumeOptions(new VolumeOptions().withLabels(owned(Kind.SECRET, owner))))
                .toList();
    }

    private static @Nullable String platform(ContainerSpec spec, LocalSettings settings) {
        return settings.platform() != null
                ? settings.platform()
                : spec.resources()
                        .architecture()
                        .map(Architecture::ociName)
                        .map("linux/"::concat)
                        .orElse(null);
    }
}
