package io.portolan.internal.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portolan.error.UnsupportedSpecException;
import io.portolan.id.ProviderId;
import io.portolan.image.Architecture;
import io.portolan.portability.Capability;
import io.portolan.portability.CapabilitySet;
import io.portolan.portability.Finding;
import io.portolan.spec.Cpu;
import io.portolan.spec.Gpu;
import io.portolan.spec.GpuModel;
import io.portolan.spec.JobSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.NamedOptions;
import io.portolan.spec.Probe;
import io.portolan.spec.Resources;
import io.portolan.spec.Scaling;
import io.portolan.spec.SecretRef;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.Volume;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.ProviderConfig;
import io.portolan.testing.StubProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecCheckTest {
    private static final ProviderConfig CONFIG = new ProviderConfig("default", StubProvider.KEYS, Map.of());

    private static JobSpec richJob() {
        return JobSpec.builder("a")
                .image("b")
                .tasks(3)
                .maxRetries(1)
                .timeout(Duration.ofMinutes(1))
                .resources(Resources.of(Cpu.cores(1), MemorySize.gibibytes(1))
                        .gpu(Gpu.of(GpuModel.NVIDIA_L4, 1))
                        .architecture(Architecture.ARM64)
                        .ephemeralStorage(MemorySize.gibibytes(1)))
                .secretEnv("S", SecretRef.named("s"))
                .secretFile("/s", SecretRef.named("s"))
                .volume("/n", Volume.named("n"))
                .volume("/h", Volume.hostDirectory("/h"))
                .volume("/m", Volume.inMemory(MemorySize.mebibytes(1)))
                .readOnlyRootFilesystem(true)
                .initProcess(true)
                .user("1000")
                .stopGracePeriod(Duration.ofSeconds(30))
                .build();
    }

    private static ServiceSpec richService() {
        return ServiceSpec.builder("a")
                .image("b")
                .scaling(Scaling.between(0, 2))
                .readiness(Probe.exec("/ready"))
                .liveness(Probe.tcp())
                .build();
    }

    private static List<Finding> findings(WorkloadSpec spec, Capability... lacking) {
        return CapabilityFindings.of(spec, ProviderId.LOCAL, CapabilitySet.allExcept(lacking));
    }

    @ParameterizedTest
    @CsvSource({
        "JOBS, job",
        "PARALLEL_TASKS, tasks",
        "TASK_RETRIES, maxRetries",
        "TASK_TIMEOUT, timeout",
        "GPU, resources.gpu",
        "ARM64, resources.architecture",
        "EPHEMERAL_STORAGE, resources.ephemeralStorage",
        "SECRET_ENV, secretEnv",
        "SECRET_FILES, secretFiles",
        "NAMED_VOLUMES, volumes[0]",
        "HOST_DIRECTORIES, volumes[1]",
        "IN_MEMORY_VOLUMES, volumes[2]",
        "READ_ONLY_ROOT, readOnlyRootFilesystem",
        "INIT_PROCESS, initProcess",
        "RUN_AS_USER, user",
        "STOP_GRACE_PERIOD, stopGracePeriod",
    })
    void job_thatNeedsWhatIsLacking_isRejectedAtThatField(Capability lacking, String field) {
        assertThat(findings(richJob(), lacking)).singleElement().satisfies(finding -> {
            assertThat(finding.field()).isEqualTo(field);
            assertThat(finding.kind()).isEqualTo(Finding.Kind.REJECTED);
            assertThat(finding.message()).endsWith("but provider 'local' has no " + lacking.title());
            assertThat(finding.suggestedFix()).isPresent();
        });
        boolean everyJob = lacking == Capability.JOBS;
        assertThat(findings(JobSpec.builder("a").image("b").build(), lacking)).hasSize(everyJob ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "SERVICES, service",
        "LIVENESS_PROBE, liveness",
        "EXEC_PROBE, readiness",
    })
    void service_thatNeedsWhatIsLacking_isRejectedAtThatField(Capability lacking, String field) {
        assertThat(findings(richService(), lacking)).singleElement().satisfies(finding -> {
            assertThat(finding.field()).isEqualTo(field);
            assertThat(finding.kind()).isEqualTo(Finding.Kind.REJECTED);
        });
        boolean everyService = lacking == Capability.SERVICES;
        assertThat(findings(ServiceSpec.builder("a").image("b").build(), lacking))
                .hasSize(everyService ? 1 : 0);
    }

    @Test
    void service_thatScalesWhereNothingFollowsTheLoad_isAdjusted() {
        ServiceSpec scaling =
                richService().toBuilder().scaling(Scaling.between(2, 4)).build();

        assertThat(findings(scaling, Capability.AUTOSCALING))
                .singleElement()
                .hasToString("local scaling ADJUSTED: was '2 to 4' but provider 'local' has no autoscaling:"
                        + " becomes 2 at any load");
        assertThat(findings(scaling.toBuilder().scaling(Scaling.fixed(2)).build(), Capability.AUTOSCALING))
                .isEmpty();
    }

    @Test
    void service_thatMayHaveNoReplicaWhereThatCannotBe_keepsOne() {
        assertThat(findings(richService(), Capability.SCALE_TO_ZERO))
                .singleElement()
                .hasToString("local scaling ADJUSTED: was '0 to 2' but provider 'local' has no scale to zero:"
                        + " becomes 1 to 2");
        assertThat(findings(richService(), Capability.SCALE_TO_ZERO, Capability.AUTOSCALING))
                .singleElement()
                .hasToString("local scaling ADJUSTED: was '0 to 2' but provider 'local' has no autoscaling:"
                        + " becomes 1 at any load");
    }

    @Test
    void specs_onAProviderThatCanDoAll_haveNoFindings() {
        assertThat(findings(richJob())).isEmpty();
        assertThat(findings(richService())).isEmpty();
    }

    @Test
    void options_ofOtherProviders_areIgnored() {
        JobSpec spec = JobSpec.builder("a")
                .image("b")
                .options(new NamedOptions(ProviderId.LOCAL, Map.of("a", "b")))
                .options(new NamedOptions(ProviderId.AWS, Map.of("a", "b")))
                .build();

        assertThat(findings(spec))
                .singleElement()
                .hasToString("local options.aws IGNORED: these settings are for provider 'aws' and have no effect on"
                        + " 'local'");
    }

    @Test
    void require_specThatCannotRun_namesEveryRejection() {
        StubProvider provider = new StubProvider("tiny", StubProvider.KEYS, Capability.GPU, Capability.SECRET_ENV);

        assertThatExceptionOfType(UnsupportedSpecException.class)
                .isThrownBy(() -> SpecCheck.require(richJob(), provider, CONFIG))
                .withMessage("""
                        job 'a' cannot run on provider 'tiny':
                          resources.gpu was 'Gpu[model=nvidia-l4, count=1]' but provider 'tiny' has no GPU; leave the GPU out, or choose another provider
                          secretEnv was '[S]' but provider 'tiny' has no secrets as variables; use secretFile""");
        assertThat(SpecCheck.require(JobSpec.builder("a").image("b").build(), provider, CONFIG))
                .isEmpty();
        assertThat(SpecCheck.subject(richService())).isEqualTo("service 'a'");
    }
}
