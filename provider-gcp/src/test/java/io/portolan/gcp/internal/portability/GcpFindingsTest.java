package io.portolan.gcp.internal.portability;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.gcp.GcpOptions;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.definition.Configs;
import io.portolan.gcp.internal.definition.SizeMapper;
import io.portolan.gcp.option.CpuAllocation;
import io.portolan.gcp.option.ExecutionEnvironment;
import io.portolan.gcp.option.PublicAccess;
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
import io.portolan.spec.VolumeMount;
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

class GcpFindingsTest {
    private static JobSpec.Builder job() {
        return JobSpec.builder("etl").image("repo/etl:1");
    }

    private static ServiceSpec.Builder service() {
        return ServiceSpec.builder("web").image("repo/web:1");
    }

    private static Arguments job(
            String what, UnaryOperator<JobSpec.Builder> spec, ProviderConfig config, String expected) {
        return Arguments.of(what, GcpFindings.of(spec.apply(job()).build(), config), expected);
    }

    private static Arguments job(String what, UnaryOperator<JobSpec.Builder> spec, String expected) {
        return job(what, spec, Configs.with(), expected);
    }

    private static Arguments service(String what, UnaryOperator<ServiceSpec.Builder> spec, String expected) {
        return Arguments.of(what, GcpFindings.of(spec.apply(service()).build(), Configs.with()), expected);
    }

    private static JobSpec.Builder option(JobSpec.Builder job, String name, String value) {
        return job.options(new NamedOptions(ProviderId.GCP, Map.of(name, value)));
    }

    private static Resources gpu(String model, int count) {
        return Resources.DEFAULT.gpu(Gpu.of(new GpuModel(model), count));
    }

    static Stream<Arguments> containers() {
        return Stream.of(
                job("nothing special", j -> j, ""),
                job(
                        "registry that is not pulled from",
                        j -> j.image("quay.io/acme/etl:1"),
                        "image REJECTED Cloud Run does not pull from quay.io; publish the image"),
                job("Artifact Registry", j -> j.image("europe-docker.pkg.dev/p/r/etl:1"), ""),
                job("Container Registry", j -> j.image("eu.gcr.io/p/etl:1"), ""),
                job(
                        "the other registry",
                        j -> j.image("127.0.0.1:5000/etl:1"),
                        Configs.with("registry", "http://127.0.0.1:5000"),
                        ""),
                job(
                        "an emulator",
                        j -> j.image("quay.io/acme/etl:1"),
                        Configs.with("endpoint", "http://127.0.0.1:1"),
                        ""),
                job(
                        "reserved variable",
                        j -> j.env("X_GOOGLE_A", "1"),
                        "env.X_GOOGLE_A REJECTED Cloud Run sets variables of this name itself"),
                job(
                        "reserved secret variable",
                        j -> j.secretEnv("X_GOOGLE_B", SecretRef.named("b")),
                        "secretEnv.X_GOOGLE_B REJECTED Cloud Run sets variables"),
                job(
                        "long value",
                        j -> j.env("A", "x".repeat(32_769)),
                        "env.A REJECTED its value has 32769 bytes, and Cloud Run takes at most 32768"),
                job(
                        "many arguments",
                        j -> j.args("x ".repeat(1001).trim().split(" ")),
                        "args REJECTED there are 1001, and Cloud Run takes at most 1000"),
                job(
                        "secret of another alphabet",
                        j -> j.secretEnv("A", SecretRef.named("a/b")),
                        "secretEnv.A REJECTED Secret Manager has no secret or version of the name 'a/b': letters,"
                                + " digits, - and _ only; set portolan.gcp.secrets.a/b"),
                job(
                        "secret file in the root",
                        j -> j.secretFile("/key", SecretRef.named("a")),
                        "secretFiles./key REJECTED a secret is mounted as a directory, which cannot be /"),
                job(
                        "two secrets in a directory",
                        j -> j.secretFile("/s/a", SecretRef.named("a")).secretFile("/s/b", SecretRef.named("b")),
                        "secretFiles./s/a REJECTED files of one directory are of one secret, and /s has files of 2"),
                job(
                        "secret in a volume",
                        j -> j.secretFile("/data/s/a", SecretRef.named("a"))
                                .volume("/data", Volume.inMemory(MemorySize.mebibytes(1))),
                        "secretFiles./data/s/a REJECTED the directory /data/s is mounted, and another mount is in it"),
                job(
                        "secret file",
                        j -> j.secretFile("/s/a", SecretRef.named("a")),
                        "secretFiles./s/a NATIVE the directory /s holds files of this secret only"),
                job(
                        "volume without a place",
                        j -> j.volume("/d", Volume.named("data")),
                        "volumes[0] REJECTED nothing carries the volume 'data'; set portolan.gcp.volumes.data to"),
                job(
                        "volume with a bad place",
                        j -> j.volume("/d", Volume.named("data")),
                        Configs.with("volumes.data", "s3://x"),
                        "volumes[0] REJECTED portolan.gcp.volumes.data was 's3://x'"),
                job(
                        "bucket",
                        j -> j.volume("/d", Volume.named("data")),
                        Configs.with("volumes.data", "gs://acme-data/x"),
                        "volumes[0] NATIVE the bucket gs://acme-data/x by Cloud Storage FUSE"),
                job(
                        "NFS without a VPC",
                        j -> j.volume("/d", Volume.named("data")),
                        Configs.with("volumes.data", "nfs://10.0.0.2/x"),
                        "volumes[0] ADJUSTED nfs://10.0.0.2/x is reached through a VPC only, and none is set"),
                job(
                        "NFS",
                        j -> j.volume("/d", Volume.named("data")),
                        Configs.with("volumes.data", "nfs://10.0.0.2/x", "network", "n"),
                        "volumes[0] NATIVE nfs://10.0.0.2/x, without locks"),
                job(
                        "memory",
                        j -> j.volume("/m", Volume.inMemory(MemorySize.mebibytes(64))),
                        "volumes NATIVE what volumes in memory hold, up to 64 MiB, counts"),
                job(
                        "read-only memory",
                        j -> j.volume(new VolumeMount("/m", Volume.inMemory(MemorySize.mebibytes(64)), true)),
                        "volumes[0] ADJUSTED a volume in memory can be written"),
                job(
                        "too much memory",
                        j -> j.volume("/m", Volume.inMemory(MemorySize.mebibytes(512))),
                        "volumes REJECTED volumes in memory hold 512 MiB and the container has 512 MiB"),
                job(
                        "labels of another alphabet",
                        j -> j.label("a.b", "C"),
                        "labels ADJUSTED labels of Google Cloud are lower-case letters, digits, - and _, at most 64:"
                                + " a.b=C becomes a_b=c; the annotation portolan.io/labels has them"));
    }

    static Stream<Arguments> sizes() {
        return Stream.of(
                job(
                        "rounded",
                        j -> j.resources(Resources.of(Cpu.millis(1500), MemorySize.gibibytes(3))),
                        "resources ADJUSTED cpu 1500m and memory 3 GiB become 2 vCPU and 3 GiB, the fewest CPUs that"
                                + " hold both"),
                job(
                        "little memory",
                        j -> j.resources(Resources.of(Cpu.cores(4), MemorySize.gibibytes(1))),
                        "resources ADJUSTED cpu 4 and memory 1 GiB become 4 vCPU and 2 GiB, the least memory beside so"
                                + " many CPUs"),
                job(
                        "very little memory",
                        j -> j.resources(Resources.of(Cpu.cores(1), MemorySize.mebibytes(128))),
                        "resources ADJUSTED cpu 1 and memory 128 MiB become 1 vCPU and 512 MiB, the least memory of"
                                + " this sandbox"),
                job(
                        "part of a CPU",
                        j -> j.resources(Resources.of(Cpu.millis(250), MemorySize.mebibytes(512))),
                        "resources ADJUSTED cpu 250m and memory 512 MiB become 1 vCPU and 512 MiB, since less than one"),
                service(
                        "part of a CPU for requests",
                        s -> s.resources(Resources.of(Cpu.millis(250), MemorySize.mebibytes(512)))
                                .options(GcpOptions.NONE.cpuAllocation(CpuAllocation.REQUESTS)),
                        "resources.cpu ADJUSTED with less than one CPU a replica answers one request at a time"),
                job(
                        "too large",
                        j -> j.resources(Resources.of(Cpu.cores(16), MemorySize.gibibytes(20))),
                        "resources REJECTED no Cloud Run shape fits cpu 16 and memory 20 GiB; the nearest are 8 vCPU and"
                                + " 20 GiB, and 6 vCPU and 20 GiB"),
                job(
                        "GPU",
                        j -> j.resources(gpu("nvidia-l4", 1)),
                        "resources.gpu NATIVE 1 x nvidia-l4 as nvidia-l4, without zonal redundancy; its CPU is always"
                                + " allocated; known in us-central1"),
                job(
                        "GPU that needs more",
                        j -> j.resources(gpu("nvidia-l4", 1)),
                        "resources ADJUSTED cpu 1 and memory 512 MiB become 4 vCPU and 16 GiB, since nvidia-l4 needs at"
                                + " least 4 vCPU and 16 GiB"),
                job(
                        "any GPU",
                        j -> j.resources(gpu("nvidia-any", 1)),
                        "resources.gpu ADJUSTED 1 x nvidia-any as nvidia-l4"),
                job(
                        "GPU in preview with redundancy",
                        j -> j.resources(gpu("nvidia-rtx-pro-6000", 1))
                                .options(GcpOptions.NONE.gpuZonalRedundancy(true)),
                        "resources.gpu NATIVE 1 x nvidia-rtx-pro-6000 as nvidia-rtx-pro-6000, with zonal redundancy,"
                                + " which needs a quota of its own; its CPU is always allocated; a preview"),
                job(
                        "GPU that is not there",
                        j -> j.resources(gpu("nvidia-h100", 1)),
                        "resources.gpu REJECTED Cloud Run has no nvidia-h100; it has nvidia-l4 (from 4 vCPU and 16 GiB),"
                                + " nvidia-rtx-pro-6000 (from 20 vCPU and 80 GiB); choose one of these"),
                job(
                        "two GPUs",
                        j -> j.resources(gpu("nvidia-l4", 2)),
                        "resources.gpu REJECTED 2 x nvidia-l4, and a container on Cloud Run has one GPU"),
                job(
                        "redundancy without a GPU",
                        j -> j.options(GcpOptions.NONE.gpuZonalRedundancy(true)),
                        "options.gcp.gpuZonalRedundancy IGNORED the container has no GPU"));
    }

    static Stream<Arguments> jobs() {
        return Stream.of(
                job("retries", j -> j.maxRetries(2), "maxRetries NATIVE Cloud Run repeats a task after any failure"),
                job(
                        "limit of the configuration",
                        j -> j.tasks(10),
                        Configs.with("limits.job-tasks", "9"),
                        "tasks REJECTED was '10', and Cloud Run takes at most 9"),
                job(
                        "retries over the limit",
                        j -> j.maxRetries(3),
                        Configs.with("limits.job-retries", "2"),
                        "maxRetries REJECTED was '3', and Cloud Run takes at most 2"),
                job(
                        "time over the limit",
                        j -> j.timeout(Duration.ofHours(30)),
                        Configs.with("limits.job-timeout", "24h"),
                        "timeout REJECTED was '30h', and a task on Cloud Run runs at most 24h"),
                job(
                        "part of a second",
                        j -> j.timeout(Duration.ofMillis(1500)),
                        "timeout ADJUSTED 1.5s becomes 2s: Cloud Run counts whole seconds"),
                job(
                        "GPU without a timeout",
                        j -> j.resources(gpu("nvidia-l4", 1)),
                        "timeout ADJUSTED a task with a GPU ends after 1h unless the job has a timeout"),
                job(
                        "GPU for hours",
                        j -> j.resources(gpu("nvidia-l4", 1)).timeout(Duration.ofHours(2)),
                        "timeout NATIVE more than 1h with a GPU is a preview of Cloud Run"),
                job(
                        "GPU for days",
                        j -> j.resources(gpu("nvidia-l4", 1)).timeout(Duration.ofHours(13)),
                        "timeout REJECTED was '13h', and a task with a GPU on Cloud Run runs at most 12h"),
                job(
                        "misspelled option",
                        j -> option(j, "netwrok", "n"),
                        "options.gcp.netwrok REJECTED there is no such option; did you mean 'network'?"),
                job(
                        "option of services",
                        j -> option(j, "http2", "true"),
                        "options.gcp.http2 IGNORED this setting is for a service"),
                job(
                        "bad flag",
                        j -> option(j, "startupCpuBoost", "yes"),
                        "options.gcp.startupCpuBoost REJECTED was 'yes'; use true, false"),
                job(
                        "bad patch",
                        j -> option(j, "patch.Job", "{\"templat\":{}}"),
                        "options.gcp.patch.Job REJECTED does not fit Job"),
                job(
                        "patch of the identity",
                        j -> option(j, "patch.Job", "{\"template\":{\"taskCount\":3}}"),
                        "options.gcp.patch.Job REJECTED member 'template.taskCount' is the SDK's"),
                job(
                        "patch of our labels",
                        j -> option(j, "patch.Job", "{\"labels\":{\"portolan-name\":\"x\"}}"),
                        "options.gcp.patch.Job REJECTED the label or annotation 'portolan-name' is the SDK's"),
                job(
                        "patch of the name of the container",
                        j -> option(
                                j, "patch.Job", "{\"template\":{\"template\":{\"containers\":[{\"name\":\"x\"}]}}}"),
                        "options.gcp.patch.Job REJECTED the first container is 'main'"),
                job(
                        "no project",
                        j -> j,
                        Configs.with("project", ""),
                        "portolan.gcp.project REJECTED was '' but is required"),
                job(
                        "no region",
                        j -> j,
                        Configs.with("region", ""),
                        "portolan.gcp.region REJECTED was '' but is required"),
                job(
                        "unknown limit",
                        j -> j,
                        Configs.with("limits.job-task", "1"),
                        "portolan.gcp.limits.job-task REJECTED there is no such limit; did you mean 'job-tasks'?"),
                job(
                        "bad limit",
                        j -> j,
                        Configs.with("limits.job-tasks", "x"),
                        "portolan.gcp.limits.job-tasks REJECTED was 'x'"),
                job("bad shape", j -> j, Configs.with("shapes.16", "64"), "portolan.gcp.shapes.16 REJECTED was '64'"),
                job(
                        "bad GPU",
                        j -> j,
                        Configs.with("gpus.nvidia-h100", "yes"),
                        "portolan.gcp.gpus.nvidia-h100 REJECTED was 'yes'"));
    }

    static Stream<Arguments> services() {
        return Stream.of(
                service("nothing special", s -> s, ""),
                service("HTTP probes", s -> s.readiness(Probe.http("/ok")).liveness(Probe.http("/ok")), ""),
                service(
                        "TCP",
                        s -> s.port(Port.tcp(5432)),
                        "port REJECTED Cloud Run answers HTTP, and the port speaks TCP"),
                service(
                        "internal",
                        s -> s.exposure(Exposure.INTERNAL),
                        "exposure ADJUSTED reached from the project's VPC networks only, with an identity token"),
                service(
                        "internal and open",
                        s -> s.exposure(Exposure.INTERNAL).options(GcpOptions.NONE.invokerCheck(false)),
                        "exposure ADJUSTED reached from the project's VPC networks only, by anyone there"),
                service(
                        "public with a check",
                        s -> s.options(GcpOptions.NONE.invokerCheck(true)),
                        "exposure ADJUSTED PUBLIC, but option invokerCheck asks"),
                service(
                        "public by a binding",
                        s -> s.options(GcpOptions.NONE.publicAccess(PublicAccess.ALL_USERS)),
                        "exposure NATIVE by a binding of allUsers"),
                service(
                        "slow start",
                        s -> s.readiness(Probe.tcp().startupTimeout(Duration.ofMinutes(10))),
                        "readiness ADJUSTED startupTimeout 10m becomes 240s"),
                service(
                        "readiness at the start",
                        s -> s.readiness(Probe.http("/ok")).options(GcpOptions.NONE.readinessProbe(false)),
                        "readiness ADJUSTED checked while a replica starts, and not after it"),
                service(
                        "readiness by connections after the start",
                        s -> s.options(GcpOptions.NONE.readinessProbe(true)),
                        "options.gcp.readinessProbe IGNORED after the start"),
                service(
                        "liveness by connection",
                        s -> s.liveness(Probe.tcp()),
                        "liveness ADJUSTED Cloud Run does not connect to see whether a replica lives"),
                service(
                        "fast liveness",
                        s -> s.liveness(Probe.http("/ok").interval(Duration.ofMillis(200))),
                        "liveness ADJUSTED interval 0.2s becomes 1s"),
                service(
                        "too many requests",
                        s -> s.options(GcpOptions.NONE.concurrency(1001)),
                        "options.gcp.concurrency REJECTED was '1001', and Cloud Run takes at most 1000"),
                service(
                        "too long requests",
                        s -> s.options(GcpOptions.NONE.requestTimeout(Duration.ofHours(2))),
                        "options.gcp.requestTimeout REJECTED was '7200', and Cloud Run takes at most 3600"),
                service(
                        "no requests",
                        s -> s.options(GcpOptions.NONE.concurrency(0)),
                        "options.gcp.concurrency REJECTED was '0'; write a number of 1 or more"),
                service(
                        "requests beside a GPU",
                        s -> s.resources(gpu("nvidia-l4", 1))
                                .options(GcpOptions.NONE.cpuAllocation(CpuAllocation.REQUESTS)),
                        "options.gcp.cpuAllocation IGNORED beside a GPU the CPU is always allocated"),
                service(
                        "requests of a part of a CPU",
                        s -> s.resources(Resources.of(Cpu.millis(250), MemorySize.mebibytes(128)))
                                .options(GcpOptions.NONE
                                        .cpuAllocation(CpuAllocation.REQUESTS)
                                        .concurrency(5)),
                        "options.gcp.concurrency IGNORED with less than one CPU"),
                Arguments.of(
                        "first sandbox with a volume",
                        GcpFindings.of(
                                service()
                                        .volume("/d", Volume.named("data"))
                                        .options(GcpOptions.NONE.executionEnvironment(ExecutionEnvironment.GEN1))
                                        .build(),
                                Configs.with("volumes.data", "gs://acme-data")),
                        "volumes[0] ADJUSTED needs the second generation of the sandbox"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"containers", "sizes", "jobs", "services"})
    void of_spec_saysWhatBecomesOfIt(String what, List<Finding> findings, String expected) {
        if (expected.isEmpty()) {
            assertThat(findings).isEmpty();
        } else {
            assertThat(findings)
                    .extracting(Finding::toString)
                    .anySatisfy(text -> assertThat(text)
                            .startsWith("gcp "
                                    + expected.replaceFirst("(REJECTED|ADJUSTED|EMULATED|IGNORED|NATIVE)", "$1:")));
        }
    }

    @Test
    void of_rejections_alwaysSayWhatToDo() {
        assertThat(Stream.of(containers(), sizes(), jobs(), services())
                        .flatMap(all -> all)
                        .flatMap(arguments -> ((List<?>) arguments.get()[1]).stream())
                        .map(Finding.class::cast)
                        .filter(finding -> finding.kind() == Kind.REJECTED))
                .allSatisfy(finding -> assertThat(finding.suggestedFix()).isPresent());
    }

    @Test
    void of_anySize_isRejectedExactlyIfNothingFits() {
        Random random = new Random(5);
        for (int i = 0; i < 1000; i++) {
            JobSpec job = job().resources(Resources.of(
                            Cpu.millis(1 + random.nextInt(10_000)), MemorySize.mebibytes(1 + random.nextInt(40_000))))
                    .build();
            ProviderConfig config = Configs.with();
            boolean fits = SizeMapper.fit(job, GcpSettings.of(config)).isPresent();

            assertThat(GcpFindings.of(job, config).stream().anyMatch(f -> f.kind() == Kind.REJECTED))
                    .isEqualTo(!fits);
        }
    }

    @Test
    void of_specThatNoAnnotationHolds_isRejected() {
        JobSpec.Builder large = job();
        for (int i = 0; i < 10; i++) {
            large.env("A" + i, "x".repeat(30_000));
        }

        assertThat(GcpFindings.of(large.build(), Configs.with()))
                .extracting(Finding::field)
                .containsExactly("spec");
    }
}
