package io.portolan.local.internal.container;

import io.portolan.id.ProviderId;
import io.portolan.portability.Finding;
import io.portolan.portability.Finding.Kind;
import io.portolan.spec.ContainerSpec;
import io.portolan.spec.Cpu;
import io.portolan.spec.MemorySize;
import io.portolan.spec.ProviderOptions;
import io.portolan.spec.Resources;
import io.portolan.spec.VolumeMount;
import io.portolan.spec.WorkloadSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of the fields that jobs and services share, where it is not what one would expect. Pure. */
public final class ContainerFindings {
    private static final MemorySize LEAST_MEMORY = MemorySize.mebibytes(6);
    private static final String DOCKER = "docs.docker.com/reference/api/engine, POST /containers/create (2026-11)";

    private final ProviderId provider;
    private final List<Finding> found = new ArrayList<>();

    private ContainerFindings(ProviderId provider) {
        this.provider = provider;
    }

    /**
     * The findings for a spec.
     *
     * @param spec a job or a service
     * @param provider under whose name they are reported
     * @return in the order of fields
     */
    public static List<Finding> of(WorkloadSpec spec, ProviderId provider) {
        ContainerFindings findings = new ContainerFindings(provider);
        findings.resources(spec.container().resources());
        findings.secretFiles(spec.container());
        spec.options().stream()
                .filter(o -> o.provider().equals(ProviderId.LOCAL))
                .forEach(findings::options);
        return List.copyOf(findings.found);
    }

    private void resources(Resources resources) {
        Cpu least = ContainerMapper.LEAST_CPU;
        if (resources.cpu().compareTo(least) < 0) {
            add(
                    "resources.cpu",
                    Kind.ADJUSTED,
                    "cpu " + resources.cpu() + " becomes " + least + ", the least that Docker takes",
                    "ask for " + least + " or more",
                    DOCKER);
        }
        if (resources.memory().compareTo(LEAST_MEMORY) < 0) {
            add(
                    "resources.memory",
                    Kind.REJECTED,
                    "memory " + resources.memory() + " is less than the " + LEAST_MEMORY + " that Docker needs",
                    "ask for " + LEAST_MEMORY + " or more",
                    DOCKER);
        }
        resources
                .gpu()
                .ifPresent(gpu -> add(
                        "resources.gpu",
                        Kind.NATIVE,
                        gpu.count() + " GPUs by a device request; the engine gives any that it has and does not look at"
                                + " the model " + gpu.model(),
                        null,
                        DOCKER));
    }

    private void secretFiles(ContainerSpec container) {
        for (String path : container.secretFiles().keySet()) {
            for (VolumeMount mount : container.volumes()) {
                if (path.startsWith(mount.path() + "/")) {
                    add(
                            "secretFiles." + path,
                            Kind.REJECTED,
                            "the file lies in the volume at " + mount.path() + ", where it would outlive the container",
                            "choose a path outside of volumes; for example /run/secrets"
                                    + path.substring(path.lastIndexOf('/')),
                            null);
                }
            }
            if (container.readOnlyRootFilesystem()
                    && SecretPlacement.parent(path).equals("/")) {
                add(
                        "secretFiles." + path,
                        Kind.REJECTED,
                        "with a read-only root a secret file needs a directory of its own, and this one lies in /",
                        "write for example /run/secrets" + path,
                        null);
            }
        }
    }

    private void options(ProviderOptions options) {
        Map<String, String> settings = options.settings();
        for (String name : settings.keySet()) {
            if (!LocalSettings.NAMES.contains(name)) {
                add(
                        "options.local." + name,
                        Kind.REJECTED,
                        "there is no such option",
                        "use one of " + String.join(", ", LocalSettings.NAMES),
                        null);
            }
        }
        try {
            LocalSettings.of(settings);
        } catch (IllegalArgumentException e) {
            add("options.local." + LocalSettings.SHM_SIZE, Kind.REJECTED, String.valueOf(e.getMessage()), null, null);
        }
    }

    private void add(String field, Kind kind, String message, @Nullable String fix, @Nullable String source) {
        found.add(new Finding(provider, field, kind, message, fix, source));
    }
}
