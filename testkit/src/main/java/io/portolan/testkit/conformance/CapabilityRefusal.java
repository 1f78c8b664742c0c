package io.portolan.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.Cloud;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.image.Architecture;
import io.portolan.image.Image;
import io.portolan.image.ImageBuild;
import io.portolan.image.ImageReference;
import io.portolan.portability.Capability;
import io.portolan.run.JobExecution;
import io.portolan.run.LogCursor;
import io.portolan.spec.Cpu;
import io.portolan.spec.Gpu;
import io.portolan.spec.GpuModel;
import io.portolan.spec.JobSpec;
import io.portolan.spec.MemorySize;
import io.portolan.spec.Probe;
import io.portolan.spec.Resources;
import io.portolan.spec.SecretRef;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.Volume;
import io.portolan.spec.WorkloadSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Tests that what a provider lacks is refused: UNSUPPORTED, and no remote call. */
final class CapabilityRefusal {
    private final Conformance suite;

    CapabilityRefusal(Conformance suite) {
        this.suite = suite;
    }

    /**
     * Properties of other capabilities, which nothing asks for by itself; and how replicas follow the load, which is adjusted with a finding
     * where a provider lacks it.
     */
    static boolean isAskedForAlone(Capability capability) {
        return capability != Capability.AUTOSCALING
                && capability != Capability.SCALE_TO_ZERO
                && capability != Capability.ZERO_DOWNTIME_UPDATE
                && capability != Capability.SERVICE_DISCOVERY
                && capability != Capability.TRAFFIC_SPLIT;
    }

    void verify(Capability capability) {
        if (!isAskedForAlone(capability)) {
            return;
        }
        if (capability == Capability.JOB_CANCEL
                || capability == Capability.LOG_FOLLOW
                || capability == Capability.LOG_RESUME) {
            verifyOfAnExecution(capability);
            return;
        }
        Cloud away = suite.unreachableCloud();
        refused(capability, () -> ask(away, capability));
        example(capability)
                .ifPresent(spec -> assertThat(away.portability(spec).isPortable())
                        .as("the portability report rejects a spec that needs " + capability)
                        .isFalse());
    }

    private void verifyOfAnExecution(Capability capability) {
        JobExecution execution =
                suite.cloud().jobs().run(suite.job(new TestProgram.Exit(0)).build(), suite.newId());
        execution.await(suite.limit());
        refused(capability, () -> {
            if (capability == Capability.JOB_CANCEL) {
                execution.cancel();
            } else if (capability == Capability.LOG_FOLLOW) {
                execution.followLogs(line -> {}).close();
            } else {
                execution
                        .followLogs(LogCursor.of(Map.of("0/0", "1")), line -> {})
                        .close();
            }
        });
    }

    private void refused(Capability capability, Runnable call) {
        OptionalLong before = suite.harness().remoteCalls();
        PortolanException refused = catchThrowableOfType(PortolanException.class, call::run);
        assertThat(refused)
                .as("the provider lacks " + capability + " and must refuse what needs it")
                .isNotNull();
        assertThat(refused.code())
                .as("the provider lacks " + capability + ": " + refused.getMessage())
                .isEqualTo(ErrorCode.UNSUPPORTED);
        if (before.isPresent()) {
            assertThat(suite.harness().remoteCalls())
                    .as("remote calls before and after the refusal of " + capability)
                    .isEqualTo(before);
        }
    }

    private void ask(Cloud cloud, Capability capability) {
        Optional<WorkloadSpec> spec = example(capability);
        if (spec.isPresent() && spec.get() instanceof JobSpec job) {
            cloud.jobs().run(job, suite.newId());
        } else if (spec.isPresent()) {
            cloud.services().deploy((ServiceSpec) spec.get());
        } else {
            operation(cloud, capability);
        }
    }

    private void operation(Cloud cloud, Capability capability) {
        Image image = new Image(ImageReference.parse("etl:1"), "sha256:" + "0".repeat(64), Architecture.AMD64, null);
        switch (capability) {
            case SERVICE_SCALE -> cloud.services().scale("svc", 2);
            case SERVICE_ROLLBACK -> cloud.services().rollback("svc", 1);
            case DOCKERFILE_BUILD ->
                cloud.images().build(ImageBuild.dockerfile(Path.of(".")).named("etl", "1"));
            case FILES_BUILD ->
                cloud.images()
                        .build(ImageBuild.files("scratch").named("etl", "1").entrypoint("/etl"));
            case IMAGE_PUBLISH -> cloud.images().publish(image);
            default -> throw new AssertionError("no example of " + capability + "; add one to CapabilityRefusal");
        }
    }

    /** A spec that needs one capability and nothing else that is special. */
    Optional<WorkloadSpec> example(Capability capability) {
        JobSpec.Builder job = suite.job(new TestProgram.Exit(0));
        Resources resources = Resources.of(Cpu.cores(1), MemorySize.mebibytes(512));
        Optional<JobSpec.Builder> spec = Optional.ofNullable(
                switch (capability) {
                    case JOBS -> job;
                    case PARALLEL_TASKS -> job.tasks(2);
                    case TASK_RETRIES -> job.maxRetries(1);
                    case TASK_TIMEOUT -> job.timeout(Duration.ofMinutes(1));
                    case SECRET_ENV -> job.secretEnv("TOKEN", SecretRef.named("token"));
                    case SECRET_FILES -> job.secretFile("/secrets/token", SecretRef.named("token"));
                    case NAMED_VOLUMES -> job.volume("/data", Volume.named("data"));
                    case HOST_DIRECTORIES -> job.volume("/data", Volume.hostDirectory("/srv/data"));
                    case IN_MEMORY_VOLUMES -> job.volume("/data", Volume.inMemory(MemorySize.mebibytes(16)));
                    case GPU -> job.resources(resources.gpu(Gpu.of(GpuModel.NVIDIA_ANY, 1)));
                    case ARM64 -> job.resources(resources.architecture(Architecture.ARM64));
                    case EPHEMERAL_STORAGE -> job.resources(resources.ephemeralStorage(MemorySize.gibibytes(1)));
                    case READ_ONLY_ROOT -> job.readOnlyRootFilesystem(true);
                    case INIT_PROCESS -> job.initProcess(true);
                    case RUN_AS_USER -> job.user("1000:1000");
                    case STOP_GRACE_PERIOD -> job.stopGracePeriod(Duration.ofSeconds(3));
                    default -> null;
                });
        return spec.isPresent() ? Optional.of(spec.get().build()) : serviceExample(capability);
    }

    private Optional<WorkloadSpec> serviceExample(Capability capability) {
        ServiceSpec.Builder service = suite.service(TestProgram.HttpEcho.now());
        return Optional.ofNullable(
                        switch (capability) {
                            case SERVICES -> service;
                            case LIVENESS_PROBE -> service.liveness(Probe.tcp());
                            case EXEC_PROBE -> service.readiness(Probe.exec("/bin/true"));
                            default -> null;
                        })
                .map(ServiceSpec.Builder::build);
    }
}
