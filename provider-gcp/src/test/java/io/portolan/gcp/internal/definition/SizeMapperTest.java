package io.portolan.gcp.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.gcp.GcpOptions;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.option.CpuAllocation;
import io.portolan.gcp.option.ExecutionEnvironment;
import io.portolan.spec.Cpu;
import io.portolan.spec.Gpu;
import io.portolan.spec.GpuModel;
import io.portolan.spec.JobSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.Resources;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.ProviderConfig;
import org.junit.jupiter.api.Test;

class SizeMapperTest {
    private static final Resources SMALL = Resources.of(Cpu.millis(250), MemorySize.mebibytes(128));

    private static JobSpec job(Resources resources) {
        return JobSpec.builder("etl").image("etl:1").resources(resources).build();
    }

    private static ServiceSpec service(Resources resources, GcpOptions options) {
        return ServiceSpec.builder("web")
                .image("web:1")
                .resources(resources)
                .options(options)
                .build();
    }

    private static String size(WorkloadSpec spec, ProviderConfig config) {
        return SizeMapper.fit(spec, GcpSettings.of(config, spec)).orElseThrow().toString();
    }

    private static Resources gpu(GpuModel model) {
        return SMALL.gpu(Gpu.of(model, 1));
    }

    @Test
    void fit_job_hasAWholeCpuAndTheMemoryOfItsSandbox() {
        assertThat(size(job(SMALL), Configs.with())).isEqualTo("1 vCPU and 512 MiB");
    }

    @Test
    void fit_service_hasAPartOfACpuOnlyIfItsCpuIsForRequests() {
        assertThat(size(service(SMALL, GcpOptions.NONE), Configs.with())).isEqualTo("1 vCPU and 128 MiB");
        GcpOptions requests = GcpOptions.NONE.cpuAllocation(CpuAllocation.REQUESTS);
        assertThat(size(service(SMALL, requests), Configs.with())).isEqualTo("0.25 vCPU and 128 MiB");
        GcpOptions second = requests.executionEnvironment(ExecutionEnvironment.GEN2);
        assertThat(size(service(SMALL, second), Configs.with())).isEqualTo("0.25 vCPU and 512 MiB");
    }

    @Test
    void fit_gpu_hasAtLeastWhatItNeedsBesideIt() {
        assertThat(size(job(gpu(GpuModel.NVIDIA_L4)), Configs.with())).isEqualTo("4 vCPU and 16 GiB");
        assertThat(size(job(gpu(GpuModel.NVIDIA_ANY)), Configs.with())).isEqualTo("4 vCPU and 16 GiB");
        assertThat(size(job(gpu(GpuModel.NVIDIA_RTX_PRO_6000)), Configs.with())).isEqualTo("20 vCPU and 80 GiB");
        Resources more = Resources.of(Cpu.millis(20_500), MemorySize.gibibytes(100));
        assertThat(size(job(more.gpu(Gpu.of(GpuModel.NVIDIA_RTX_PRO_6000, 1))), Configs.with()))
                .isEqualTo("21 vCPU and 100 GiB");
        assertThat(SizeMapper.fit(job(more.gpu(Gpu.of(GpuModel.NVIDIA_L4, 1))), GcpSettings.of(Configs.with())))
                .isEmpty();
    }

    @Test
    void fit_gpuOfTheConfiguration_isKnown() {
        ProviderConfig config = Configs.with("gpus.nvidia-h100", "nvidia-h100-80gb 20 80Gi");

        assertThat(size(job(gpu(GpuModel.NVIDIA_H100)), config)).isEqualTo("20 vCPU and 80 GiB");
        assertThat(GpuTypes.of(GcpSettings.of(config)).all())
                .extracting(GpuType::accelerator)
                .containsExactly("nvidia-l4", "nvidia-rtx-pro-6000", "nvidia-h100-80gb");
    }

    @Test
    void isIdle_beside_gpuAndInJobs_never() {
        ServiceSpec idle = service(SMALL, GcpOptions.NONE.cpuAllocation(CpuAllocation.REQUESTS));
        ServiceSpec beside = service(gpu(GpuModel.NVIDIA_L4), GcpOptions.NONE.cpuAllocation(CpuAllocation.REQUESTS));

        assertThat(SizeMapper.isIdle(idle, GcpSettings.of(Configs.with(), idle)))
                .isTrue();
        assertThat(SizeMapper.isIdle(beside, GcpSettings.of(Configs.with(), beside)))
                .isFalse();
        assertThat(SizeMapper.isIdle(job(SMALL), GcpSettings.of(Configs.with())))
                .isFalse();
    }

    @Test
    void limits_ofTheConfiguration_coverThoseOfTheData() {
        Limits limits = Limits.of(GcpSettings.of(
                Configs.with("limits.job-timeout", "14d", "limits.job-tasks", "20000", "limits.job-retries", "many")));

        assertThat(limits.duration(Limits.JOB_TIMEOUT)).hasDays(14);
        assertThat(limits.value(Limits.JOB_TASKS)).isEqualTo(20_000);
        assertThat(limits.value(Limits.JOB_RETRIES)).isEqualTo(10);
    }
}
