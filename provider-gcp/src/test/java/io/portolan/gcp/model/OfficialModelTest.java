package io.portolan.gcp.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.portolan.emulator.gcp.GcpModel;
import io.portolan.gcp.GcpOptions;
import io.portolan.gcp.GcpProvider;
import io.portolan.gcp.option.CpuAllocation;
import io.portolan.gcp.option.ExecutionEnvironment;
import io.portolan.gcp.option.PublicAccess;
import io.portolan.gcp.option.VpcEgress;
import io.portolan.plan.NativeRequest;
import io.portolan.portability.Finding;
import io.portolan.spec.Cpu;
import io.portolan.spec.Exposure;
import io.portolan.spec.Gpu;
import io.portolan.spec.GpuModel;
import io.portolan.spec.JobSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.Probe;
import io.portolan.spec.Resources;
import io.portolan.spec.Scaling;
import io.portolan.spec.SecretRef;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.Volume;
import io.portolan.spec.VolumeMount;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.ProviderConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Members, types, enumerations, formats and what is required, as the discovery document of Cloud Run has them. */
@DisplayName("Every native request fits the official model")
class OfficialModelTest {
    private static final Map<String, String> METHODS = Map.of(
            "run:CreateJob", "run.jobs.create",
            "run:CreateService", "run.services.create",
            "run:SetIamPolicy", "run.services.setIamPolicy");

    private static final GcpProvider PROVIDER = new GcpProvider();

    private static final ProviderConfig CONFIG = new ProviderConfig(
            "shop",
            PROVIDER.configKeys(),
            Map.of(
                    "project", "acme-shop",
                    "region", "europe-west1",
                    "volumes.models", "gs://acme-models/v2",
                    "volumes.share", "nfs://10.0.0.2/share",
                    "network", "shop",
                    "service-account", "etl@acme-shop.iam.gserviceaccount.com"));

    private static JobSpec.Builder job() {
        return JobSpec.builder("etl").image("europe-west1-docker.pkg.dev/acme-shop/shop/etl:1");
    }

    private static ServiceSpec.Builder service() {
        return ServiceSpec.builder("web").image("europe-west1-docker.pkg.dev/acme-shop/shop/web:1");
    }

    static Stream<WorkloadSpec> corpus() {
        return Stream.of(
                job().build(),
                job().command("/bin/etl")
                        .args("--day", "2026-11-25")
                        .env("LEVEL", "info")
                        .env("EMPTY", "")
                        .tasks(50)
                        .parallelism(5)
                        .maxRetries(3)
                        .timeout(Duration.ofHours(2))
                        .build(),
                job().resources(Resources.of(Cpu.cores(1.5), MemorySize.gibibytes(3)))
                        .secretEnv("PASSWORD", SecretRef.named("report-db"))
                        .secretFile("/secrets/tls/key", SecretRef.named("tls").version("4"))
                        .volume("/models", Volume.named("models"))
                        .volume(new VolumeMount("/share", Volume.named("share"), true))
                        .volume("/tmp/fast", Volume.inMemory(MemorySize.mebibytes(64)))
                        .workingDirectory("/work")
                        .label("team", "data")
                        .label("cost.center", "EU")
                        .build(),
                job().resources(Resources.DEFAULT.gpu(Gpu.of(GpuModel.NVIDIA_RTX_PRO_6000, 1)))
                        .build(),
                job().options(GcpOptions.NONE
                                .vpcEgress(VpcEgress.ALL_TRAFFIC)
                                .cloudSqlInstances("acme-shop:europe-west1:db")
                                .job(j -> j.setLaunchStage(com.google.api.LaunchStage.BETA)))
                        .build(),
                service().build(),
                service()
                        .exposure(Exposure.INTERNAL)
                        .scaling(Scaling.between(0, 5))
                        .readiness(Probe.http("/ready"))
                        .liveness(Probe.http("/live"))
                        .build(),
                service()
                        .scaling(Scaling.fixed(3))
                        .resources(Resources.of(Cpu.millis(250), MemorySize.mebibytes(256)))
                        .options(GcpOptions.NONE
                                .cpuAllocation(CpuAllocation.REQUESTS)
                                .executionEnvironment(ExecutionEnvironment.GEN1)
                                .requestTimeout(Duration.ofMinutes(10))
                                .publicAccess(PublicAccess.ALL_USERS)
                                .sessionAffinity(true)
                                .startupCpuBoost(true)
                                .http2(true))
                        .build(),
                service()
                        .resources(Resources.DEFAULT.gpu(Gpu.of(GpuModel.NVIDIA_L4, 1)))
                        .options(GcpOptions.NONE.manualScaling(false).concurrency(4))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void requests_ofASpec_fitTheModel(WorkloadSpec spec) throws JsonProcessingException {
        assertThat(PROVIDER.portability(spec, CONFIG))
                .as("the spec of the corpus is carried")
                .noneMatch(f -> f.kind() == Finding.Kind.REJECTED);

        List<NativeRequest> requests = PROVIDER.requests(spec, CONFIG);

        assertThat(requests).isNotEmpty();
        for (NativeRequest request : requests) {
            String method = Objects.requireNonNull(METHODS.get(request.operation()), request.operation());
            JsonNode body = new ObjectMapper().readTree(request.body());
            assertThat(GcpModel.ofMethod(method).violations(method, body))
                    .as(request.operation())
                    .isEmpty();
        }
    }
}
