package io.portolan.gcp.internal.portability;

import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.definition.Labels;
import io.portolan.gcp.internal.definition.Limits;
import io.portolan.portability.Finding;
import io.portolan.spec.JobSpec;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.ProviderConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What becomes of a spec on Google Cloud, offline. What follows from capabilities alone is added by core. Pure. */
public final class GcpFindings {
    /** What the SDK's other annotations take at most, in bytes. */
    private static final int OWN_ANNOTATIONS = 4096;

    private GcpFindings() {}

    /**
     * What becomes of a spec.
     *
     * @param spec a job or a service
     * @param config the section {@code portolan.gcp}
     * @return in the order of fields
     */
    public static List<Finding> of(WorkloadSpec spec, ProviderConfig config) {
        GcpSettings settings = GcpSettings.of(config, spec);
        FindingList findings = new FindingList();
        new ContainerFindings(spec, settings, findings).all();
        new ResourceFindings(spec, settings, findings).all();
        if (spec instanceof JobSpec job) {
            new JobFindings(job, settings, findings).all();
        } else if (spec instanceof ServiceSpec service) {
            new ServiceFindings(service, settings, findings).all();
        }
        labels(spec, settings, findings);
        new OptionFindings(spec, settings, findings).all();
        new PlaceFindings(settings, findings).all();
        return findings.all();
    }

    private static void labels(WorkloadSpec spec, GcpSettings settings, FindingList findings) {
        List<String> changes = Labels.changes(spec);
        if (!changes.isEmpty()) {
            findings.adjust(
                    "labels",
                    "labels of Google Cloud are lower-case letters, digits, - and _, at most " + Labels.MOST + ": "
                            + String.join(", ", changes) + "; the annotation " + Labels.USER_LABELS
                            + " has them as they are",
                    Sources.LABELS);
        }
        long most = Limits.of(settings).value(Limits.ANNOTATIONS);
        int size = SpecYaml.write(spec).getBytes(StandardCharsets.UTF_8).length + OWN_ANNOTATIONS;
        if (size > most) {
            findings.reject(
                    "spec",
                    "the spec is kept in an annotation, and all annotations have at most " + most + " bytes",
                    "move long arguments and variables into a file, a secret or the image",
                    Sources.ANNOTATIONS);
        }
    }
}
