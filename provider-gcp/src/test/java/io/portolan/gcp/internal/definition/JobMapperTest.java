package io.portolan.gcp.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.TaskTemplate;
import io.portolan.gcp.GcpOptions;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.json.NativeJson;
import io.portolan.gcp.option.VpcEgress;
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
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobMapperTest {
    private static final ProviderConfig CONFIG = Configs.with(
            "volumes.results", "gs://acme-results/shop",
            "volumes.models", "nfs://10.0.0.2/models",
            "secrets.report/db", "projects/vault/secrets/report-db",
            "service-account", "etl@acme-shop.iam.gserviceaccount.com");

    private static JobSpec.Builder job() {
        return JobSpec.builder("etl").image("europe-docker.pkg.dev/acme/shop/etl:1");
    }

    private static Job map(JobSpec job, ProviderConfig config) {
        return JobMapper.map(job, GcpSettings.of(config, job));
    }

    private static TaskTemplate task(JobSpec.Builder job) {
        return map(job.build(), Configs.with()).getTemplate().getTemplate();
    }

    private static String hash(JobSpec.Builder job) {
        return map(job.build(), Configs.with()).getAnnotationsOrThrow(Labels.CONTENT_HASH);
    }

    @Test
    void job_rich_isTheExpectedResource() {
        JobSpec job = job().command("/bin/etl", "run")
                .args("--day", "today")
                .env("MODE", "fast")
                .env("EMPTY", "")
                .secretEnv("DB", SecretRef.named("report/db").version("7"))
                .secretEnv("TOKEN", SecretRef.named("token"))
                .secretFile("/secrets/tls/key.pem", SecretRef.named("tls"))
                .secretFile("/secrets/tls/old.pem", SecretRef.named("tls").version("3"))
                .volume("/results", Volume.named("results"))
                .volume("/again", Volume.named("results"))
                .volume(new VolumeMount("/models", Volume.named("models"), true))
                .volume("/scratch", Volume.inMemory(MemorySize.mebibytes(256)))
                .resources(Resources.of(Cpu.millis(1500), MemorySize.gibibytes(3)))
                .workingDirectory("/work")
                .tasks(50)
                .parallelism(10)
                .maxRetries(2)
                .timeout(Duration.ofMinutes(30))
                .label("team", "data")
                .label("cost.center", "EU")
                .options(GcpOptions.NONE
                        .network("shop")
                        .subnetwork("jobs")
                        .networkTags("batch", "etl")
                        .vpcEgress(VpcEgress.ALL_TRAFFIC)
                        .job(j -> j.setBinaryAuthorization(com.google.cloud.run.v2.BinaryAuthorization.newBuilder()
                                .setUseDefault(true))))
                .build();

        assertThat(NativeJson.pretty(NativeJson.render(map(job, CONFIG)))).isEqualTo(Golden.text("rich-job.json"));
    }

    @Test
    void job_noRetriesAndNoTimeout_areSaid_sinceLeftOutMeansThreeAndTenMinutes() {
        TaskTemplate task = task(job());

        assertThat(task.hasMaxRetries()).isTrue();
        assertThat(task.getMaxRetries()).isZero();
        assertThat(task.getTimeout().getSeconds()).isEqualTo(Duration.ofDays(7).toSeconds());
        assertThat(NativeJson.render(task).toString()).contains("\"maxRetries\":0", "\"timeout\":\"604800s\"");
    }

    @Test
    void job_timeoutInPartsOfASecond_isRoundedUp() {
        assertThat(task(job().timeout(Duration.ofMillis(1500))).getTimeout().getSeconds())
                .isEqualTo(2);
    }

    @Test
    void job_allTasksAtOnce_saysHowMany() {
        Job job = map(job().tasks(7).build(), Configs.with());

        assertThat(job.getTemplate().getTaskCount()).isEqualTo(7);
        assertThat(job.getTemplate().getParallelism()).isEqualTo(7);
    }

    @Test
    void job_gpu_isOneWithoutRedundancy_withAnHour() {
        Resources resources = Resources.DEFAULT.gpu(Gpu.of(GpuModel.NVIDIA_L4, 1));
        TaskTemplate task = task(job().resources(resources));

        assertThat(task.getNodeSelector().getAccelerator()).isEqualTo("nvidia-l4");
        assertThat(task.getGpuZonalRedundancyDisabled()).isTrue();
        assertThat(task.getContainers(0).getResources().getLimitsMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of("cpu", "4", "memory", "16Gi", "nvidia.com/gpu", "1"));
        assertThat(task.getContainers(0).getResources().getCpuIdle()).isFalse();
        assertThat(task.getTimeout().getSeconds()).isEqualTo(3600);
        assertThat(task(job().resources(resources).options(GcpOptions.NONE.gpuZonalRedundancy(true)))
                        .getGpuZonalRedundancyDisabled())
                .isFalse();
    }

    @Test
    void job_container_hasTheNameByWhichOverridesFindIt() {
        assertThat(task(job()).getContainers(0).getName()).isEqualTo("main");
    }

    @Test
    void job_connector_isTheWayInsteadOfAnInterface() {
        JobSpec job = job().build();
        ProviderConfig config = Configs.with("vpc-connector", "projects/p/locations/r/connectors/c");

        TaskTemplate task = map(job, config).getTemplate().getTemplate();

        assertThat(task.getVpcAccess().getConnector()).isEqualTo("projects/p/locations/r/connectors/c");
        assertThat(task.getVpcAccess().getEgress())
                .isEqualTo(com.google.cloud.run.v2.VpcAccess.VpcEgress.PRIVATE_RANGES_ONLY);
        assertThat(task(job()).hasVpcAccess()).isFalse();
    }

    @Test
    void job_cloudSqlAndKey_areMapped() {
        TaskTemplate task = task(job().options(
                        GcpOptions.NONE.cloudSqlInstances("p:r:a", "p:r:b").encryptionKey("key")));

        assertThat(task.getVolumes(0).getCloudSqlInstance().getInstancesList()).containsExactly("p:r:a", "p:r:b");
        assertThat(task.getContainers(0).getVolumeMounts(0).getMountPath()).isEqualTo("/cloudsql");
        assertThat(task.getEncryptionKey()).isEqualTo("key");
    }

    @Test
    void contentHash_sameForTheSameJob_andOtherForAnythingThatRunsOtherwise() {
        assertThat(hash(job().env("A", "1").env("B", "2")))
                .isEqualTo(hash(job().env("A", "1").env("B", "2")))
                .isNotEqualTo(hash(job().env("A", "1").env("B", "3")));
        assertThat(hash(job().label("a", "b"))).isEqualTo(hash(job()));
        assertThat(hash(job().maxRetries(1))).isNotEqualTo(hash(job()));
    }

    @Test
    void starting_execution_hasItsTokenAndRecord_andTheSameContent() {
        Job job = map(job().build(), Configs.with());

        Job starting = JobMapper.starting(job, "abc", Map.of(Labels.EXECUTION, "id-1"));

        assertThat(starting.getStartExecutionToken()).isEqualTo("abc");
        assertThat(starting.getTemplate().getAnnotationsMap()).containsEntry(Labels.EXECUTION, "id-1");
        assertThat(starting.getTemplate().getLabelsMap()).containsEntry(Labels.EXECUTION_TOKEN, "abc");
        assertThat(starting.getAnnotationsMap()).doesNotContainKey(Labels.EXECUTION);
        assertThat(ContentHash.of(starting)).isEqualTo(ContentHash.of(job));
    }

    @Test
    void map_whatTheFindingsReject_isRefused() {
        assertThatThrownBy(() -> task(job().volume("/x", Volume.named("unknown"))))
                .hasMessageContaining("portolan.gcp.volumes.unknown");
        assertThatThrownBy(() -> task(job().secretEnv("A", SecretRef.named("a/b"))))
                .hasMessageContaining("portolan.gcp.secrets.a/b");
        assertThatThrownBy(() -> task(job().resources(Resources.of(Cpu.cores(9), MemorySize.gibibytes(1)))))
                .hasMessageContaining("no Cloud Run shape fits cpu 9");
    }
}
