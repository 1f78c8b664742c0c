package io.portolan.aws.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.portolan.aws.AwsOptions;
import io.portolan.aws.AwsProvider;
import io.portolan.emulator.aws.AwsModel;
import io.portolan.image.Architecture;
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
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.ProviderConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Members, types, enumerations, lengths and what is required, as botocore's model of ECS has them. */
@DisplayName("Every native request fits the official model")
class OfficialModelTest {
    private static final AwsProvider PROVIDER = new AwsProvider();
    private static final ProviderConfig CONFIG = new ProviderConfig(
            "shop",
            PROVIDER.configKeys(),
            Map.of(
                    "region", "eu-central-1",
                    "account", "123456789012",
                    "subnets", "subnet-0a1b2c3d,subnet-4e5f6a7b",
                    "security-groups", "sg-0a1b2c3d",
                    "execution-role", "arn:aws:iam::123456789012:role/execution",
                    "infrastructure-role", "arn:aws:iam::123456789012:role/infrastructure",
                    "namespace", "shop",
                    "volumes.models", "fs-0123456789abcdef0@fsap-0123456789abcdef0",
                    "gpu-capacity.nvidia-l4", "l4-instances"));

    private static JobSpec.Builder job() {
        return JobSpec.builder("etl").image("123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/etl:1");
    }

    private static ServiceSpec.Builder service() {
        return ServiceSpec.builder("web").image("123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web:1");
    }

    static Stream<WorkloadSpec> corpus() {
        return Stream.of(
                job().build(),
                job().command("/bin/etl")
                        .args("--day", "2026-11-25")
                        .env("LEVEL", "info")
                        .tasks(50)
                        .build(),
                job().args("x".repeat(9000)).build(),
                job().resources(Resources.of(Cpu.cores(1.5), MemorySize.gibibytes(3))
                                .ephemeralStorage(MemorySize.gibibytes(30))
                                .architecture(Architecture.ARM64))
                        .secretEnv("PASSWORD", SecretRef.named("report-db"))
                        .secretEnv("TOKEN", SecretRef.named("ssm:/shop/token"))
                        .volume("/models", Volume.named("models"))
                        .volume("/tmp/fast", Volume.inMemory(MemorySize.mebibytes(64)))
                        .user("1000:1000")
                        .workingDirectory("/work")
                        .readOnlyRootFilesystem(true)
                        .initProcess(true)
                        .stopGracePeriod(Duration.ofSeconds(90))
                        .label("team", "data")
                        .build(),
                job().resources(Resources.of(Cpu.cores(4), MemorySize.gibibytes(16))
                                .gpu(Gpu.of(GpuModel.NVIDIA_L4, 1)))
                        .build(),
                job().timeout(Duration.ofHours(2))
                        .options(AwsOptions.NONE.serverTimeout(true).capacity("FARGATE_SPOT"))
                        .build(),
                job().options(AwsOptions.NONE.capacity("EC2").executeCommand(true))
                        .build(),
                job().options(AwsOptions.NONE.runTask(r -> r.enableECSManagedTags(true)))
                        .build(),
                service().build(),
                service()
                        .exposure(Exposure.INTERNAL)
                        .scaling(Scaling.between(2, 5))
                        .readiness(Probe.exec("/bin/check"))
                        .build(),
                service()
                        .scaling(Scaling.fixed(3))
                        .readiness(Probe.http("/healthz"))
                        .options(AwsOptions.NONE.targetGroup(
                                "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/0123456789abcdef",
                                "https://web.example"))
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
            int colon = request.operation().indexOf(':');
            String service = request.operation().substring(0, colon);
            String operation = request.operation().substring(colon + 1);
            JsonNode body = new ObjectMapper().readTree(request.body());
            assertThat(AwsModel.of(service).violations(operation, body))
                    .as(request.operation())
                    .isEmpty();
        }
    }
}
