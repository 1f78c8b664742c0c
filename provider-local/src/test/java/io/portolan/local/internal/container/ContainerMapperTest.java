package io.portolan.local.internal.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import io.portolan.image.Architecture;
import io.portolan.local.LocalOptions;
import io.portolan.local.LocalProvider;
import io.portolan.spec.Cpu;
import io.portolan.spec.Gpu;
import io.portolan.spec.GpuModel;
import io.portolan.spec.JobSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.Resources;
import io.portolan.spec.SecretRef;
import io.portolan.spec.Volume;
import io.portolan.spec.VolumeMount;
import io.portolan.spi.ProviderConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A container made out of a spec")
class ContainerMapperTest {
    private static final String NAME = "portolan-shop_nightly-7_0_0.abcdefghij";

    private final ContainerMapper mapper = mapper(Map.of());

    private static ContainerMapper mapper(Map<String, String> settings) {
        return new ContainerMapper(new ProviderConfig("shop", new LocalProvider().configKeys(), settings));
    }

    private static JobSpec.Builder job() {
        return JobSpec.builder("nightly").image("shop:1");
    }

    private ContainerModel map(JobSpec.Builder spec) {
        return map(spec, null);
    }

    private ContainerModel map(JobSpec.Builder spec, @Nullable String network) {
        return mapper.map(new ContainerRequest(
                spec.build(),
                NAME,
                Map.of(Labels.MANAGED, "true", Labels.EXECUTION, "nightly-7"),
                Map.of("MODE", "fast"),
                Map.of("TOKEN", "s3cret"),
                network));
    }

    @Test
    void process_isThatOfTheSpec() {
        ContainerModel model = map(job().command("sh", "-c")
                .args("exit 3")
                .user("1000:1000")
                .workingDirectory("/work")
                .stopGracePeriod(Duration.ofSeconds(45)));

        assertThat(model.image()).isEqualTo("shop:1");
        assertThat(model.process().entrypoint()).containsExactly("sh", "-c");
        assertThat(model.process().command()).containsExactly("exit 3");
        assertThat(model.process().user()).isEqualTo("1000:1000");
        assertThat(model.process().workingDirectory()).isEqualTo("/work");
        assertThat(model.process().stopSeconds()).isEqualTo(45);
    }

    @Test
    void whatTheSpecLeavesOut_isLeftToTheImage() {
        ContainerModel model = map(job());

        assertThat(model.process().entrypoint()).isEmpty();
        assertThat(model.process().command()).isEmpty();
        assertThat(model.process().user()).isNull();
        assertThat(model.process().workingDirectory()).isNull();
        assertThat(model.platform()).isNull();
        assertThat(model.host().getMounts()).isEmpty();
        assertThat(model.host().getDeviceRequests()).isNull();
    }

    @Test
    void secrets_areInTheEnvironmentAndNowhereElse() {
        ContainerModel model = map(job());

        assertThat(model.process().environment()).containsExactly("MODE=fast", "TOKEN=s3cret");
        assertThat(model + " " + model.process() + " " + model.labels()).doesNotContain("s3cret");
    }

    @Test
    void labels_ofTheUserStandBesideOurs() {
        assertThat(map(job().label("team", "web")).labels())
                .isEqualTo(Map.of("team", "web", Labels.MANAGED, "true", Labels.EXECUTION, "nightly-7"));
    }

    @Test
    void limits_areHardAndWithoutSwap() {
        HostConfig host = map(job().resources(Resources.of(Cpu.millis(250), MemorySize.mebibytes(32)))
                        .readOnlyRootFilesystem(true)
                        .initProcess(true))
                .host();

        assertThat(host.getNanoCPUs()).isEqualTo(250_000_000L);
        assertThat(host.getMemory()).isEqualTo(32L << 20);
        assertThat(host.getMemorySwap()).isEqualTo(host.getMemory());
        assertThat(host.getPidsLimit()).isEqualTo(4096L);
        assertThat(host.getReadonlyRootfs()).isTrue();
        assertThat(host.getInit()).isTrue();
    }

    @Test
    void cpu_belowWhatDockerTakes_isTheLeastThatItTakes() {
        assertThat(map(job().resources(Resources.of(Cpu.millis(1), MemorySize.mebibytes(32))))
                        .host()
                        .getNanoCPUs())
                .isEqualTo(10_000_000L);
    }

    @Test
    void pidsLimit_of0_isNoLimit() {
        ContainerModel model = mapper(Map.of(ContainerKeys.PIDS_LIMIT, "0"))
                .map(new ContainerRequest(job().build(), NAME, Map.of(), Map.of(), Map.of(), null));

        assertThat(model.host().getPidsLimit()).isNull();
    }

    @Test
    void gpus_areAskedForByNumberAndNotByModel() {
        List<DeviceRequest> devices = map(job().resources(Resources.DEFAULT.gpu(Gpu.of(GpuModel.NVIDIA_ANY, 2))))
                .host()
                .getDeviceRequests();

        assertThat(devices).singleElement().satisfies(device -> {
            assertThat(device.getCount()).isEqualTo(2);
            assertThat(device.getCapabilities()).containsExactly(List.of("gpu"));
        });
    }

    @Test
    void namedVolume_isTheApplicationsOwnAndLabelled() {
        Mount mount = onlyMount(map(job().volume("/data", Volume.named("results"))));

        assertThat(mount.getType()).isEqualTo(MountType.VOLUME);
        assertThat(mount.getSource()).isEqualTo("shop_results");
        assertThat(mount.getTarget()).isEqualTo("/data");
        assertThat(mount.getReadOnly()).isFalse();
        assertThat(Objects.requireNonNull(mount.getVolumeOptions()).getLabels())
                .isEqualTo(Labels.of("shop", Labels.Kind.VOLUME));
    }

    @Test
    void hostDirectory_isAMountThatIsNeverMade() {
        ContainerModel model = map(job().volume(new VolumeMount("/in", Volume.hostDirectory("/srv/in"), true)));

        assertThat(onlyMount(model).getType()).isEqualTo(MountType.BIND);
        assertThat(onlyMount(model).getSource()).isEqualTo("/srv/in");
        assertThat(onlyMount(model).getReadOnly()).isTrue();
        assertThat(model.host().getBinds())
                .as("a bind makes a directory that does not exist")
                .isNullOrEmpty();
    }

    @Test
    void inMemoryVolume_hasItsSize() {
        Mount mount = onlyMount(map(job().volume("/scratch", Volume.inMemory(MemorySize.mebibytes(8)))));

        assertThat(mount.getType()).isEqualTo(MountType.TMPFS);
        assertThat(mount.getSource()).isNull();
        assertThat(Objects.requireNonNull(mount.getTmpfsOptions()).getSizeBytes())
                .isEqualTo(8L << 20);
    }

    @Test
    void network_isTheOptionElseTheApplicationsElseDockersDefault() {
        assertThat(map(job().options(LocalOptions.NONE.networkMode("host")), "portolan-shop")
                        .host()
                        .getNetworkMode())
                .isEqualTo("host");
        assertThat(map(job(), "portolan-shop").host().getNetworkMode()).isEqualTo("portolan-shop");
        assertThat(map(job(), null).host().getNetworkMode()).isNull();
    }

    @Test
    void platform_isTheOptionElseTheArchitecture() {
        Resources arm = Resources.DEFAULT.architecture(Architecture.ARM64);

        assertThat(map(job().resources(arm)).platform()).isEqualTo("linux/arm64");
        assertThat(map(job().resources(arm).options(LocalOptions.NONE.platform("linux/amd64")))
                        .platform())
                .isEqualTo("linux/amd64");
    }

    @Test
    void options_ofTheSpec_areThoseOfTheHost() {
        HostConfig host = map(job().options(LocalOptions.NONE
                        .extraHost("db", "10.0.0.5")
                        .extraHost("cache", "10.0.0.6")
                        .shmSize(MemorySize.mebibytes(128))))
                .host();

        assertThat(host.getExtraHosts()).containsExactly("db:10.0.0.5", "cache:10.0.0.6");
        assertThat(host.getShmSize()).isEqualTo(128L << 20);
    }

    @Test
    void secretFiles_onAWritableRoot_needNoVolumeAndNoCarrier() {
        JobSpec.Builder spec = job().secretFile("/etc/app/key", SecretRef.named("key"));

        assertThat(map(spec).host().getMounts()).isEmpty();
        assertThat(mapper.carrier(map(spec), spec.build().container())).isNull();
    }

    @Test
    void secretFiles_onAReadOnlyRoot_comeThroughACarrierThatAloneMayWrite() {
        JobSpec.Builder spec = job().readOnlyRootFilesystem(true)
                .secretFile("/etc/app/key", SecretRef.named("key"))
                .secretFile("/etc/app/cert", SecretRef.named("cert"))
                .secretFile("/run/token", SecretRef.named("token"));
        ContainerModel container = map(spec);
        ContainerModel carrier =
                Objects.requireNonNull(mapper.carrier(container, spec.build().container()));

        assertThat(mounts(container))
                .extracting(Mount::getSource, Mount::getTarget, Mount::getReadOnly)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("portolan-shop_nightly-7_0_0_secret0", "/etc/app", true),
                        org.assertj.core.groups.Tuple.tuple("portolan-shop_nightly-7_0_0_secret1", "/run", true));
        assertThat(mounts(carrier)).extracting(Mount::getReadOnly).containsExactly(false, false);
        assertThat(mounts(carrier)).extracting(Mount::getSource).isEqualTo(sources(container));
        assertThat(carrier.host().getNetworkMode()).isEqualTo("none");
        assertThat(carrier.process().environment()).isEmpty();
        assertThat(carrier.labels())
                .as("removed with the execution")
                .containsEntry(Labels.EXECUTION, "nightly-7")
                .containsEntry(Labels.KIND, "carrier");
    }

    @Test
    void secretVolumes_keepTheirNamesWhenTheContainerIsRenamed() {
        JobSpec.Builder spec = job().readOnlyRootFilesystem(true).secretFile("/etc/app/key", SecretRef.named("key"));
        ContainerModel renamed = mapper.map(new ContainerRequest(
                spec.build(), "portolan-shop_nightly-7_0_0.0000000000.timeout", Map.of(), Map.of(), Map.of(), null));

        assertThat(sources(renamed)).isEqualTo(sources(map(spec)));
    }

    private static List<Mount> mounts(ContainerModel model) {
        return Objects.requireNonNull(model.host().getMounts());
    }

    private static List<String> sources(ContainerModel model) {
        return mounts(model).stream().map(Mount::getSource).toList();
    }

    private static Mount onlyMount(ContainerModel model) {
        assertThat(mounts(model)).hasSize(1);
        return mounts(model).get(0);
    }
}
