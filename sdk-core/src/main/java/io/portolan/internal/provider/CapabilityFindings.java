package io.portolan.internal.provider;

import io.portolan.id.ProviderId;
import io.portolan.image.Architecture;
import io.portolan.portability.Capability;
import io.portolan.portability.CapabilitySet;
import io.portolan.portability.Finding;
import io.portolan.spec.ContainerSpec;
import io.portolan.spec.JobSpec;
import io.portolan.spec.Probe;
import io.portolan.spec.ProviderOptions;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.Volume;
import io.portolan.spec.VolumeMount;
import io.portolan.spec.WorkloadSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The findings that follow from capabilities alone, the same rules for every provider. Pure. */
final class CapabilityFindings {
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    private final ProviderId provider;
    private final CapabilitySet capabilities;
    private final List<Finding> findings = new ArrayList<>();

    private CapabilityFindings(ProviderId provider, CapabilitySet capabilities) {
        this.provider = provider;
        this.capabilities = capabilities;
    }

    static List<Finding> of(WorkloadSpec spec, ProviderId provider, CapabilitySet capabilities) {
        CapabilityFindings check = new CapabilityFindings(provider, capabilities);
        if (spec instanceof JobSpec job) {
            check.job(job);
        } else if (spec instanceof ServiceSpec service) {
            check.service(service);
        }
        check.container(spec.container());
        check.options(spec.options());
        return check.findings;
    }

    private void job(JobSpec job) {
        need(true, Capability.JOBS, "job", job.name(), "choose a provider that runs jobs");
        need(job.tasks() > 1, Capability.PARALLEL_TASKS, "tasks", job.tasks(), "set tasks to 1");
        need(job.maxRetries() > 0, Capability.TASK_RETRIES, "maxRetries", job.maxRetries(), "set maxRetries to 0");
        need(
                job.timeout().isPresent(),
                Capability.TASK_TIMEOUT,
                "timeout",
                text(job.timeout().orElse(null)),
                "leave the timeout out");
    }

    private void service(ServiceSpec service) {
        need(true, Capability.SERVICES, "service", service.name(), "choose a provider that runs services");
        scaling(service.scaling());
        need(
                service.liveness().isPresent(),
                Capability.LIVENESS_PROBE,
                "liveness",
                text(service.liveness().orElse(null)),
                "leave the liveness probe out");
        boolean exec = service.readiness().check() instanceof Probe.Exec
                || service.liveness().map(p -> p.check() instanceof Probe.Exec).orElse(false);
        need(exec, Capability.EXEC_PROBE, "readiness", "exec", "use Probe.http or Probe.tcp");
    }

    /** Not a reason to refuse: the same spec is to run where there is load and where there is none. The fewest replicas run, at least one. */
    private void scaling(Scaling scaling) {
        boolean follows = scaling.isFixed() || capabilities.has(Capability.AUTOSCALING);
        boolean sleeps = scaling.min() > 0 || capabilities.has(Capability.SCALE_TO_ZERO);
        if (follows && sleeps) {
            return;
        }
        int fewest = sleeps ? scaling.min() : Math.max(1, scaling.min());
        Capability lack = follows ? Capability.SCALE_TO_ZERO : Capability.AUTOSCALING;
        String becomes = follows ? fewest + " to " + scaling.max() : fewest + " at any load";
        findings.add(new Finding(
                provider,
                "scaling",
                Finding.Kind.ADJUSTED,
                "was '" + scaling.min() + " to " + scaling.max() + "' but provider '" + provider + "' has no "
                        + lack.title() + ": becomes " + becomes,
                null,
                null));
    }

    private void container(ContainerSpec container) {
        need(
                container.resources().gpu().isPresent(),
                Capability.GPU,
                "resources.gpu",
                text(container.resources().gpu().orElse(null)),
                "leave the GPU out, or choose another provider");
        need(
                container
                        .resources()
                        .architecture()
                        .filter(a -> a == Architecture.ARM64)
                        .isPresent(),
                Capability.ARM64,
                "resources.architecture",
                "arm64",
                "build the image for AMD64");
        need(
                container.resources().ephemeralStorage().isPresent(),
                Capability.EPHEMERAL_STORAGE,
                "resources.ephemeralStorage",
                text(container.resources().ephemeralStorage().orElse(null)),
                "leave the limit out");
        need(
                !container.secretEnv().isEmpty(),
                Capability.SECRET_ENV,
                "secretEnv",
                container.secretEnv().keySet(),
                "use secretFile");
        need(
                !container.secretFiles().isEmpty(),
                Capability.SECRET_FILES,
                "secretFiles",
                container.secretFiles().keySet(),
                "use secretEnv");
        for (int i = 0; i < container.volumes().size(); i++) {
            volume("volumes[" + i + "]", container.volumes().get(i));
        }
        need(
                container.readOnlyRootFilesystem(),
                Capability.READ_ONLY_ROOT,
                "readOnlyRootFilesystem",
                true,
                "leave it out");
        need(container.initProcess(), Capability.INIT_PROCESS, "initProcess", true, "put an init into the image");
        need(
                container.user().isPresent(),
                Capability.RUN_AS_USER,
                "user",
                text(container.user().orElse(null)),
                "set the user in the image");
        need(
                !container.stopGracePeriod().equals(DEFAULT_GRACE),
                Capability.STOP_GRACE_PERIOD,
                "stopGracePeriod",
                container.stopGracePeriod(),
                "leave it at 10 seconds");
    }

    private void volume(String path, VolumeMount mount) {
        need(
                mount.volume() instanceof Volume.Named,
                Capability.NAMED_VOLUMES,
                path,
                mount.volume(),
                "use an in-memory volume or an object store");
        need(
                mount.volume() instanceof Volume.HostDirectory,
                Capability.HOST_DIRECTORIES,
                path,
                mount.volume(),
                "use a named volume, or put the files into the image");
        need(
                mount.volume() instanceof Volume.InMemory,
                Capability.IN_MEMORY_VOLUMES,
                path,
                mount.volume(),
                "use a named volume");
    }

    private void options(List<ProviderOptions> options) {
        for (ProviderOptions other : options) {
            if (!other.provider().equals(provider)) {
                findings.add(new Finding(
                        provider,
                        "options." + other.provider(),
                        Finding.Kind.IGNORED,
                        "these settings are for provider '" + other.provider() + "' and have no effect on '" + provider
                                + "'",
                        null,
                        null));
            }
        }
    }

    private static Object text(@Nullable Object value) {
        return value == null ? "" : value;
    }

    private void need(boolean used, Capability capability, String field, Object value, String fix) {
        if (used && !capabilities.has(capability)) {
            findings.add(new Finding(
                    provider,
                    field,
                    Finding.Kind.REJECTED,
                    "was '" + value + "' but provider '" + provider + "' has no " + capability.title(),
                    fix,
                    null));
        }
    }
}
