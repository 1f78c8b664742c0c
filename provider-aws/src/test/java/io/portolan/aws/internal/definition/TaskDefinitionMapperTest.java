package io.portolan.aws.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.aws.AwsOptions;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.json.NativeJson;
import io.portolan.image.Architecture;
import io.portolan.spec.Cpu;
import io.portolan.spec.Gpu;
import io.portolan.spec.GpuModel;
import io.portolan.spec.JobSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import io.portolan.spec.Resources;
import io.portolan.spec.SecretRef;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.Volume;
import io.portolan.spec.VolumeMount;
import io.portolan.spi.ProviderConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.ResourceType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

class TaskDefinitionMapperTest {
    private static final ProviderConfig CONFIG = Configs.with(
            "volumes.results", "fs-0abc:/shop",
            "volumes.models.v2", "fs-0def@fsap-01",
            "task-role", "arn:aws:iam::123456789012:role/task");

    private static JobSpec.Builder job() {
        return JobSpec.builder("etl").image("repo/etl:1").args("--day", "today").env("MODE", "fast");
    }

    private static RegisterTaskDefinitionRequest map(JobSpec job, ProviderConfig config) {
        return TaskDefinitionMapper.job(job, AwsSettings.of(config, job), "eu-central-1");
    }

    private static Map<String, String> labels(RegisterTaskDefinitionRequest request) {
        return Labels.of(request.tags());
    }

    @Test
    void job_rich_isTheExpectedRequest() {
        JobSpec job = job().command("/bin/etl", "run")
                .secretEnv("DB", SecretRef.named("db"))
                .volume("/results", Volume.named("results"))
                .volume(new VolumeMount("/models", Volume.named("models.v2"), true))
                .volume("/scratch", Volume.inMemory(MemorySize.mebibytes(256)))
                .resources(Resources.of(Cpu.millis(1500), MemorySize.gibibytes(3))
                        .ephemeralStorage(MemorySize.gibibytes(30))
                        .architecture(Architecture.ARM64))
                .user("1000:1000")
                .workingDirectory("/work")
                .readOnlyRootFilesystem(true)
                .initProcess(true)
                .stopGracePeriod(Duration.ofMinutes(5))
                .timeout(Duration.ofMinutes(30))
                .label("team", "data")
                .options(AwsOptions.NONE.serverTimeout(true).registerTaskDefinition(b -> b.pidMode("task")))
                .build();

        assertThat(NativeJson.pretty(NativeJson.render(map(job, CONFIG)))).isEqualTo(Golden.text("rich-job.json"));
    }

    @Test
    void service_rich_isTheExpectedRequest() {
        ServiceSpec service = ServiceSpec.builder("web")
                .image("repo/web:1")
                .args("serve")
                .env("MODE", "fast")
                .port(Port.http(9090))
                .readiness(Probe.exec("/bin/check", "ready").interval(Duration.ofSeconds(10)))
                .label("team", "front")
                .build();
        RegisterTaskDefinitionRequest request =
                TaskDefinitionMapper.service(service, AwsSettings.of(CONFIG, service), "eu-central-1");

        assertThat(NativeJson.pretty(NativeJson.render(request))).isEqualTo(Golden.text("rich-service.json"));
    }

    @Test
    void job_overridesThatFit_areNotInTheDefinition_soThatOtherArgumentsAreNoNewContent() {
        RegisterTaskDefinitionRequest one = map(job().build(), CONFIG);
        RegisterTaskDefinitionRequest other =
                map(job().args("--day", "tomorrow").env("B", "2").build(), CONFIG);

        assertThat(one.containerDefinitions().get(0).command()).isEmpty();
        assertThat(one.containerDefinitions().get(0).environment()).isEmpty();
        assertThat(labels(one)).containsEntry(Labels.CONTENT_HASH, labels(other).get(Labels.CONTENT_HASH));
    }

    @Test
    void job_overridesThatDoNotFit_areInTheDefinition() {
        JobSpec job = job().env("LONG", "x".repeat(9000)).build();

        ContainerDefinition main = map(job, CONFIG).containerDefinitions().get(0);

        assertThat(main.command()).containsExactly("--day", "today");
        assertThat(main.environment()).extracting(e -> e.name()).containsExactly("MODE", "LONG");
    }

    @Test
    void job_otherImage_isOtherContent_andOtherLabelsAreNot() {
        String hash = labels(map(job().build(), CONFIG)).get(Labels.CONTENT_HASH);

        assertThat(labels(map(job().image("repo/etl:2").build(), CONFIG)).get(Labels.CONTENT_HASH))
                .isNotEqualTo(hash);
        assertThat(labels(map(job().label("a", "b").build(), CONFIG)))
                .containsEntry(Labels.CONTENT_HASH, hash)
                .containsEntry("a", "b");
    }

    @Test
    void job_onInstancesWithoutSubnets_isOnTheirNetwork_inTheSizeAsked() {
        JobSpec job = job().resources(Resources.of(Cpu.millis(100), MemorySize.mebibytes(300)))
                .build();

        RegisterTaskDefinitionRequest request = map(job, Configs.with("capacity", "EC2", "subnets", ""));

        assertThat(request.networkMode()).isEqualTo(NetworkMode.BRIDGE);
        assertThat(request.requiresCompatibilities()).containsExactly(Compatibility.EC2);
        assertThat(request.cpu()).isEqualTo("128");
        assertThat(request.memory()).isEqualTo("300");
        assertThat(request.containerDefinitions().get(0).memory()).isEqualTo(300);
    }

    @Test
    void job_timedOnInstances_givesTheTimerMemoryOfItsOwn() {
        JobSpec job = job().timeout(Duration.ofMillis(1500))
                .options(AwsOptions.NONE.serverTimeout(true))
                .build();

        RegisterTaskDefinitionRequest request = map(job, Configs.with("capacity", "EC2"));

        assertThat(request.memory()).isEqualTo("576");
        assertThat(request.containerDefinitions()).extracting(c -> c.memory()).containsExactly(512, 64);
        assertThat(request.containerDefinitions().get(1).command()).containsExactly("sleep", "2");
    }

    @Test
    void job_gpu_goesToTheProviderOfItsModel_orToInstancesThatHaveIt() {
        JobSpec job = job().resources(Resources.DEFAULT.gpu(Gpu.of(GpuModel.NVIDIA_H100, 8)))
                .build();
        ProviderConfig provider = Configs.with("gpu-capacity.nvidia-h100", "h100s");
        ProviderConfig instances = Configs.with("capacity", "EC2");

        RegisterTaskDefinitionRequest request = map(job, provider);
        assertThat(request.requiresCompatibilities())
                .containsExactly(Compatibility.EC2, Compatibility.MANAGED_INSTANCES);
        assertThat(request.containerDefinitions().get(0).resourceRequirements())
                .singleElement()
                .satisfies(r -> {
                    assertThat(r.type()).isEqualTo(ResourceType.GPU);
                    assertThat(r.value()).isEqualTo("8");
                });
        RunTaskRequest managed = run(job, provider);
        assertThat(managed.launchType()).isNull();
        assertThat(managed.capacityProviderStrategy())
                .singleElement()
                .satisfies(s -> assertThat(s.capacityProvider()).isEqualTo("h100s"));
        assertThat(run(job, instances).placementConstraints())
                .singleElement()
                .satisfies(c -> assertThat(c.expression()).isEqualTo("attribute:ecs.instance-type in [p5.48xlarge]"));
    }

    @Test
    void network_perCapacity_saysWhetherThereIsAPublicAddress() {
        JobSpec job = job().build();
        ProviderConfig fargate = Configs.with("assign-public-ip", "true", "security-groups", "sg-1");

        assertThat(rendered(NetworkMapper.of(job, AwsSettings.of(fargate, job))))
                .hasToString("{\"awsvpcConfiguration\":{\"subnets\":[\"subnet-1\",\"subnet-2\"],"
                        + "\"securityGroups\":[\"sg-1\"],\"assignPublicIp\":\"ENABLED\"}}");
        ProviderConfig instances = Configs.with("assign-public-ip", "true", "capacity", "EC2");
        assertThat(rendered(NetworkMapper.of(AwsSettings.of(instances))))
                .hasToString("{\"awsvpcConfiguration\":{\"subnets\":[\"subnet-1\",\"subnet-2\"]}}");
        assertThat(NetworkMapper.of(AwsSettings.of(Configs.with("subnets", ""))))
                .isNull();
    }

    private static ObjectNode rendered(@Nullable NetworkConfiguration network) {
        return NativeJson.render(Objects.requireNonNull(network));
    }

    private static RunTaskRequest run(JobSpec job, ProviderConfig config) {
        RunTaskRequest.Builder request = RunTaskRequest.builder();
        CapacityMapper.apply(job, AwsSettings.of(config, job), request);
        return request.build();
    }
}
