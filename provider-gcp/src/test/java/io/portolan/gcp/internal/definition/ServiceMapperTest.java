package io.portolan.gcp.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.ExecutionEnvironment;
import com.google.cloud.run.v2.IngressTraffic;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServiceScaling;
import io.portolan.gcp.GcpOptions;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.json.NativeJson;
import io.portolan.gcp.option.CpuAllocation;
import io.portolan.gcp.option.Ingress;
import io.portolan.gcp.option.PublicAccess;
import io.portolan.id.ProviderId;
import io.portolan.spec.Cpu;
import io.portolan.spec.Exposure;
import io.portolan.spec.Gpu;
import io.portolan.spec.GpuModel;
import io.portolan.spec.MemorySize;
import io.portolan.spec.NamedOptions;
import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import io.portolan.spec.Resources;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spec.Volume;
import io.portolan.spi.ProviderConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceMapperTest {
    private static ServiceSpec.Builder service() {
        return ServiceSpec.builder("web").image("europe-docker.pkg.dev/acme/shop/web:1");
    }

    private static Service map(ServiceSpec.Builder service, ProviderConfig config) {
        ServiceSpec spec = service.build();
        return ServiceMapper.map(spec, GcpSettings.of(config, spec));
    }

    private static Service map(ServiceSpec.Builder service) {
        return map(service, Configs.with());
    }

    private static Container container(Service service) {
        return service.getTemplate().getContainers(0);
    }

    @Test
    void service_rich_isTheExpectedResource() {
        ServiceSpec.Builder service = service()
                .args("serve")
                .env("MODE", "fast")
                .port(Port.http(9090))
                .scaling(Scaling.between(0, 5))
                .readiness(Probe.http("/ready").interval(Duration.ofSeconds(5)))
                .liveness(Probe.http("/live").failureThreshold(5))
                .resources(Resources.of(Cpu.cores(2), MemorySize.gibibytes(4)))
                .label("team", "front")
                .options(GcpOptions.NONE
                        .serviceAccount("web@acme-shop.iam.gserviceaccount.com")
                        .concurrency(40)
                        .requestTimeout(Duration.ofMinutes(15))
                        .startupCpuBoost(true)
                        .sessionAffinity(true)
                        .http2(true)
                        .service(s -> s.setDescription("shop window")));

        assertThat(NativeJson.pretty(NativeJson.render(map(service)))).isEqualTo(Golden.text("rich-service.json"));
    }

    @Test
    void service_public_doesNotAskWhoCalls_withoutAnIamPolicy() {
        Service service = map(service());

        assertThat(service.getIngress()).isEqualTo(IngressTraffic.INGRESS_TRAFFIC_ALL);
        assertThat(service.getInvokerIamDisabled()).isTrue();
        assertThat(ServiceMapper.needsBinding(service().build(), GcpSettings.of(Configs.with())))
                .isFalse();
    }

    @Test
    void service_publicByABinding_asksAndIsOpenedToAll() {
        ServiceSpec.Builder spec = service().options(GcpOptions.NONE.publicAccess(PublicAccess.ALL_USERS));

        assertThat(map(spec).getInvokerIamDisabled()).isFalse();
        assertThat(ServiceMapper.needsBinding(spec.build(), GcpSettings.of(Configs.with(), spec.build())))
                .isTrue();
    }

    @Test
    void service_internal_isReachedFromTheProjectByCallersWhoMay() {
        Service service = map(service().exposure(Exposure.INTERNAL));

        assertThat(service.getIngress()).isEqualTo(IngressTraffic.INGRESS_TRAFFIC_INTERNAL_ONLY);
        assertThat(service.getInvokerIamDisabled()).isFalse();
        GcpOptions open = GcpOptions.NONE.invokerCheck(false).ingress(Ingress.INTERNAL_AND_LOAD_BALANCER);
        Service opened = map(service().exposure(Exposure.INTERNAL).options(open));
        assertThat(opened.getInvokerIamDisabled()).isTrue();
        assertThat(opened.getIngress()).isEqualTo(IngressTraffic.INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER);
    }

    @Test
    void scaling_fixed_isManual_andTheMostIsSaidOnTheRevisionToo() {
        Service service = map(service().scaling(Scaling.fixed(3)));

        assertThat(service.getScaling().getScalingMode()).isEqualTo(ServiceScaling.ScalingMode.MANUAL);
        assertThat(service.getScaling().getManualInstanceCount()).isEqualTo(3);
        assertThat(service.getTemplate().getScaling().getMaxInstanceCount()).isEqualTo(3);
    }

    @Test
    void scaling_fixedWithoutManual_isFromThatNumberToThatNumber() {
        Service service = map(service().scaling(Scaling.fixed(3)).options(GcpOptions.NONE.manualScaling(false)));

        assertThat(service.getScaling().getScalingMode()).isEqualTo(ServiceScaling.ScalingMode.AUTOMATIC);
        assertThat(service.getScaling().getMinInstanceCount()).isEqualTo(3);
        assertThat(service.getScaling().getMaxInstanceCount()).isEqualTo(3);
        assertThat(service.getScaling().hasManualInstanceCount()).isFalse();
    }

    @Test
    void template_revision_hasNoName_andItsSpec() {
        ServiceSpec spec = service().build();
        Service service = map(service());

        assertThat(service.getTemplate().getRevision()).isEmpty();
        assertThat(service.getTrafficList()).isEmpty();
        assertThat(service.getTemplate().getAnnotationsMap())
                .containsEntry(Labels.SPEC_HASH, SpecYaml.hash(spec))
                .containsEntry(Labels.SPEC, SpecYaml.write(spec));
        assertThat(service.getTemplate().getLabelsMap()).containsEntry(Labels.NAME, "web");
    }

    @Test
    void cpu_isAlwaysThere_unlessTheOptionsSayOtherwise() {
        Service always = map(service());
        Service requests = map(service()
                .resources(Resources.of(Cpu.millis(500), MemorySize.mebibytes(256)))
                .options(GcpOptions.NONE.cpuAllocation(CpuAllocation.REQUESTS).concurrency(20)));

        assertThat(container(always).getResources().getCpuIdle()).isFalse();
        assertThat(always.getTemplate().getMaxInstanceRequestConcurrency()).isZero();
        assertThat(container(requests).getResources().getCpuIdle()).isTrue();
        assertThat(container(requests).getResources().getLimitsMap()).containsEntry("cpu", "500m");
        assertThat(requests.getTemplate().getMaxInstanceRequestConcurrency()).isEqualTo(1);
    }

    @Test
    void gpu_isOnTheRevision_withTheMostReplicasSaid() {
        Service service = map(service().resources(Resources.DEFAULT.gpu(Gpu.of(GpuModel.NVIDIA_L4, 1))));

        assertThat(service.getTemplate().getNodeSelector().getAccelerator()).isEqualTo("nvidia-l4");
        assertThat(service.getTemplate().getGpuZonalRedundancyDisabled()).isTrue();
        assertThat(service.getTemplate().getScaling().getMaxInstanceCount()).isEqualTo(1);
    }

    @Test
    void probes_readinessByHttp_isCheckedAtTheStartAndAfterIt() {
        Container watched = container(map(service().readiness(Probe.http("/ok"))));
        Container started =
                container(map(service().readiness(Probe.http("/ok")).options(GcpOptions.NONE.readinessProbe(false))));
        Container connected = container(map(service()));

        assertThat(watched.getStartupProbe().getHttpGet().getPath()).isEqualTo("/ok");
        assertThat(watched.getReadinessProbe().getFailureThreshold()).isEqualTo(3);
        assertThat(started.hasReadinessProbe()).isFalse();
        assertThat(connected.getStartupProbe().getTcpSocket().getPort()).isEqualTo(8080);
        assertThat(connected.hasReadinessProbe()).isFalse();
    }

    @Test
    void probes_livenessByConnection_isLeftOut() {
        assertThat(container(map(service().liveness(Probe.tcp()))).hasLivenessProbe())
                .isFalse();
    }

    @Test
    void environment_ofAVolume_isTheSecond() {
        Service service =
                map(service().volume("/data", Volume.named("data")), Configs.with("volumes.data", "gs://acme-data"));

        assertThat(service.getTemplate().getExecutionEnvironment())
                .isEqualTo(ExecutionEnvironment.EXECUTION_ENVIRONMENT_GEN2);
        assertThat(service.getTemplate().getVolumes(0).getGcs().getMountOptionsList())
                .isEmpty();
        assertThat(map(service()).getTemplate().getExecutionEnvironment())
                .isEqualTo(ExecutionEnvironment.EXECUTION_ENVIRONMENT_UNSPECIFIED);
    }

    @Test
    void patch_withSidecar_addsAContainer_andFalseIsWrittenInJson() {
        String patch = "{\"invokerIamDisabled\":false,\"template\":{\"containers\":[{\"dependsOn\":[\"proxy\"]},"
                + "{\"name\":\"proxy\",\"image\":\"proxy:1\"}]}}";
        Service service = map(service().options(new NamedOptions(ProviderId.GCP, Map.of("patch.Service", patch))));

        assertThat(service.getTemplate().getContainersList())
                .extracting(Container::getName)
                .containsExactly("main", "proxy");
        assertThat(container(service).getDependsOnList()).containsExactly("proxy");
        assertThat(service.getInvokerIamDisabled()).isFalse();
    }
}
