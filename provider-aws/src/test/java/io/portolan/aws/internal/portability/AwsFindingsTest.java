package io.portolan.aws.internal.portability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.portolan.aws.AwsOptions;
import io.portolan.aws.internal.definition.Configs;
import io.portolan.aws.option.DeploymentStrategy;
import io.portolan.aws.option.ScalingMetric;
import io.portolan.aws.option.ServiceExposure;
import io.portolan.id.ProviderId;
import io.portolan.portability.Finding;
import io.portolan.portability.Finding.Kind;
import io.portolan.spec.Cpu;
import io.portolan.spec.Exposure;
import io.portolan.spec.Gpu;
import io.portolan.spec.GpuModel;
import io.portolan.spec.JobSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.NamedOptions;
import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import io.portolan.spec.Resources;
import io.portolan.spec.SecretRef;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.Volume;
import io.portolan.spi.ProviderConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AwsFindingsTest {
    private static final Resources WHOLE = Resources.of(Cpu.cores(1), MemorySize.gibibytes(2));

    private static JobSpec.Builder job() {
        return JobSpec.builder("etl").image("repo/etl:1").resources(WHOLE);
    }

    private static ServiceSpec.Builder service() {
        return ServiceSpec.builder("web").image("repo/web:1").resources(WHOLE).readiness(Probe.http("/ok"));
    }

    private static Arguments job(
            String what, UnaryOperator<JobSpec.Builder> spec, ProviderConfig config, String expected) {
        return Arguments.of(what, AwsFindings.of(spec.apply(job()).build(), config), expected);
    }

    private static Arguments service(
            String what, UnaryOperator<ServiceSpec.Builder> spec, ProviderConfig config, String expected) {
        return Arguments.of(what, AwsFindings.of(spec.apply(service()).build(), config), expected);
    }

    private static ProviderConfig fargate() {
        return Configs.with();
    }

    private static ProviderConfig express() {
        return Configs.with("infrastructure-role", "arn:aws:iam::1:role/infra");
    }

    private static JobSpec.Builder option(JobSpec.Builder job, String name, String value) {
        return job.options(new NamedOptions(ProviderId.AWS, Map.of(name, value)));
    }

    static Stream<Arguments> jobs() {
        return Stream.of(
                job("exact size", j -> j, fargate(), ""),
                job(
                        "rounded",
                        j -> j.resources(Resources.of(Cpu.millis(1500), MemorySize.gibibytes(3))),
                        fargate(),
                        "resources ADJUSTED cpu 1500m and memory 3 GiB become 2 vCPU and 4 GiB"),
                job(
                        "too large",
                        j -> j.resources(Resources.of(Cpu.cores(40), MemorySize.gibibytes(200))),
                        fargate(),
                        "resources REJECTED no Fargate shape fits cpu 40 and memory 200 GiB; the nearest are"
                                + " 32 vCPU and 244 GiB"),
                job(
                        "gpu on Fargate",
                        j -> j.resources(WHOLE.gpu(Gpu.of(GpuModel.NVIDIA_L4, 4))),
                        fargate(),
                        "resources.gpu REJECTED Fargate has no GPUs; 4 x nvidia-l4 with cpu 1 and memory 2 GiB fit EC2"
                                + " instance types g6.12xlarge, g6.24xlarge, g6.48xlarge; set"
                                + " portolan.aws.gpu-capacity.nvidia-l4"),
                job(
                        "unknown gpu",
                        j -> j.resources(WHOLE.gpu(Gpu.of(new GpuModel("nvidia-k80"), 1))),
                        Configs.with("capacity", "EC2"),
                        "resources.gpu REJECTED no known EC2 instance type has 1 x nvidia-k80"),
                job(
                        "disk rounded",
                        j -> j.resources(WHOLE.ephemeralStorage(MemorySize.mebibytes(30_000))),
                        fargate(),
                        "resources.ephemeralStorage ADJUSTED 30000 MiB become 30 GiB"),
                job(
                        "disk too large",
                        j -> j.resources(WHOLE.ephemeralStorage(MemorySize.gibibytes(201))),
                        fargate(),
                        "resources.ephemeralStorage REJECTED"),
                job(
                        "disk of instances",
                        j -> j.resources(WHOLE.ephemeralStorage(MemorySize.gibibytes(30))),
                        Configs.with("capacity", "EC2"),
                        "resources.ephemeralStorage IGNORED"),
                job(
                        "grace",
                        j -> j.stopGracePeriod(Duration.ofMinutes(5)),
                        fargate(),
                        "stopGracePeriod ADJUSTED 5m becomes 120s"),
                job(
                        "no role",
                        j -> j,
                        Configs.with("execution-role", ""),
                        "options.aws.executionRole REJECTED ECS needs an execution role to write logs; set"),
                job(
                        "no role for secrets on instances",
                        j -> j.secretEnv("A", SecretRef.named("a")),
                        Configs.with("execution-role", "", "capacity", "EC2"),
                        "options.aws.executionRole REJECTED ECS needs an execution role to read secrets"),
                job("no role on instances", j -> j, Configs.with("execution-role", "", "capacity", "EC2"), ""),
                job(
                        "no subnets",
                        j -> j,
                        Configs.with("subnets", ""),
                        "options.aws.subnets REJECTED a task on Fargate needs the subnets that it runs in; set"),
                job(
                        "secret without account",
                        j -> j.secretEnv("A", SecretRef.named("db")),
                        Configs.with("account", ""),
                        "secretEnv.A REJECTED ECS needs the ARN of the secret 'db'; set portolan.aws.secrets.db"),
                job(
                        "secret file",
                        j -> j.secretFile("/run/key", SecretRef.named("db")),
                        fargate(),
                        "secretFiles./run/key REJECTED ECS has no secrets as files; use secretEnv"),
                job(
                        "host directory",
                        j -> j.volume("/data", Volume.hostDirectory("/srv")),
                        fargate(),
                        "volumes[0] REJECTED there is no directory of a machine on Fargate"),
                job(
                        "volume without file system",
                        j -> j.volume("/data", Volume.named("data")),
                        fargate(),
                        "volumes[0] REJECTED the volume 'data' has no file system; set portolan.aws.volumes.data"),
                job(
                        "bad file system",
                        j -> j.volume("/data", Volume.named("data")),
                        Configs.with("volumes.data", "efs-1"),
                        "volumes[0] REJECTED portolan.aws.volumes.data was 'efs-1'"),
                job(
                        "more in memory than memory",
                        j -> j.volume("/tmp", Volume.inMemory(MemorySize.gibibytes(2))),
                        fargate(),
                        "volumes REJECTED volumes in memory hold 2 GiB and the container has 2 GiB"),
                job(
                        "retries",
                        j -> j.maxRetries(2),
                        fargate(),
                        "maxRetries EMULATED ECS does not repeat a task; the SDK starts the next attempt"),
                job(
                        "timeout",
                        j -> j.timeout(Duration.ofMinutes(90)),
                        fargate(),
                        "timeout EMULATED ECS has no time limit of a task; the SDK stops it after 1h30m"),
                job(
                        "unknown option",
                        j -> option(j, "taskrole", "x"),
                        fargate(),
                        "options.aws.taskrole REJECTED there is no such option; did you mean 'taskRole'?"),
                job(
                        "option of services",
                        j -> option(j, "exposure", "NONE"),
                        fargate(),
                        "options.aws.exposure IGNORED this setting is for a service"),
                job(
                        "bad flag",
                        j -> option(j, "serverTimeout", "yes"),
                        fargate(),
                        "options.aws.serverTimeout REJECTED was 'yes'; use true, false"),
                job(
                        "patch is no JSON",
                        j -> option(j, "patch.RunTask", "{"),
                        fargate(),
                        "options.aws.patch.RunTask REJECTED must be a JSON object"),
                job(
                        "patch of an unknown member",
                        j -> option(j, "patch.RunTask", "{\"colour\":1}"),
                        fargate(),
                        "options.aws.patch.RunTask REJECTED member 'colour' is not known"),
                job(
                        "patch of identity",
                        j -> option(j, "patch.RunTask", "{\"clientToken\":\"1\"}"),
                        fargate(),
                        "options.aws.patch.RunTask REJECTED member 'clientToken' is the SDK's"),
                job(
                        "too large for tags",
                        j -> j.env("A", noise(20_000)),
                        fargate(),
                        "spec REJECTED the spec is kept in tags"));
    }

    private static String noise(int length) {
        return new Random(5)
                .ints(length, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static Stream<Arguments> services() {
        return Stream.of(
                service(
                        "express",
                        s -> s,
                        Configs.with("infrastructure-role", "arn", "subnets", ""),
                        "readiness ADJUSTED the load balancer asks GET /ok"),
                service(
                        "no infrastructure role",
                        s -> s,
                        fargate(),
                        "exposure REJECTED ECS needs an infrastructure role"),
                service(
                        "express on instances",
                        s -> s,
                        Configs.with("capacity", "EC2", "infrastructure-role", "arn"),
                        "exposure REJECTED an Express service runs on Fargate only, not on EC2"),
                service(
                        "TCP port",
                        s -> s.port(Port.tcp(5432)).readiness(Probe.tcp()),
                        express(),
                        "port REJECTED an Express service answers HTTP"),
                service(
                        "TCP readiness",
                        s -> s.readiness(Probe.tcp()),
                        express(),
                        "readiness ADJUSTED the load balancer does not connect only, it asks GET /"),
                service(
                        "path of liveness",
                        s -> s.readiness(Probe.tcp()).liveness(Probe.http("/live")),
                        express(),
                        "readiness ADJUSTED the load balancer asks GET /live, the path of the liveness probe"),
                service(
                        "two paths",
                        s -> s.liveness(Probe.http("/live")),
                        express(),
                        "liveness ADJUSTED a load balancer has one health check: GET /ok"),
                service(
                        "internal readiness",
                        s -> s.exposure(Exposure.INTERNAL),
                        Configs.with("namespace", "shop"),
                        "readiness ADJUSTED without a load balancer ECS does not look at the port: a replica is ready"
                                + " when it runs; use Probe.exec"),
                service(
                        "command",
                        s -> s.exposure(Exposure.INTERNAL).readiness(Probe.exec("/ok")),
                        Configs.with("namespace", "shop"),
                        "readiness ADJUSTED interval 1s becomes 5s, timeout 1s becomes 2s"),
                service(
                        "blue-green",
                        s -> s.options(AwsOptions.NONE
                                .targetGroup("arn", "http://a")
                                .deploymentStrategy(DeploymentStrategy.BLUE_GREEN)),
                        fargate(),
                        "options.aws.deploymentStrategy REJECTED BLUE_GREEN needs a second target group"),
                service(
                        "target group without ARN",
                        s -> s.options(AwsOptions.NONE.exposure(ServiceExposure.TARGET_GROUP)),
                        fargate(),
                        "options.aws.targetGroup REJECTED exposure TARGET_GROUP needs the ARN"),
                service(
                        "requests without a load balancer",
                        s -> s.exposure(Exposure.INTERNAL)
                                .options(AwsOptions.NONE.scaling(ScalingMetric.REQUESTS, 100)),
                        Configs.with("namespace", "shop"),
                        "scaling REJECTED requests are counted by a load balancer"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"jobs", "services"})
    void of_spec_saysWhatBecomesOfIt(String what, List<Finding> findings, String expected) {
        if (expected.isEmpty()) {
            assertThat(findings).isEmpty();
        } else {
            assertThat(findings)
                    .extracting(Finding::toString)
                    .anySatisfy(text -> assertThat(text)
                            .startsWith("aws " + expected.replaceFirst("(REJECTED|ADJUSTED|EMULATED|IGNORED)", "$1:")));
        }
    }

    @Test
    void of_timerOnFargate_isNativeAndTakesMemory() {
        JobSpec job = job().timeout(Duration.ofMinutes(30))
                .options(AwsOptions.NONE.serverTimeout(true))
                .build();

        assertThat(AwsFindings.of(job, fargate()))
                .extracting(Finding::field, Finding::kind)
                .containsExactly(tuple("resources.memory", Kind.ADJUSTED), tuple("timeout", Kind.NATIVE));
    }

    @Test
    void of_rejections_alwaysSayWhatToDo() {
        assertThat(Stream.concat(jobs(), services())
                        .flatMap(arguments -> ((List<?>) arguments.get()[1]).stream())
                        .map(Finding.class::cast)
                        .filter(finding -> finding.kind() == Kind.REJECTED))
                .allSatisfy(finding -> assertThat(finding.suggestedFix()).isPresent());
    }
}
