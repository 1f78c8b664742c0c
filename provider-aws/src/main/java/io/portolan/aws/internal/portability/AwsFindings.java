package io.portolan.aws.internal.portability;

import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.definition.DocumentTags;
import io.portolan.aws.internal.definition.DurationText;
import io.portolan.aws.internal.definition.Labels;
import io.portolan.aws.internal.definition.TaskDefinitionMapper;
import io.portolan.portability.Finding;
import io.portolan.portability.Finding.Kind;
import io.portolan.spec.JobSpec;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.ProviderConfig;
import java.util.List;

/** What becomes of a spec on AWS, offline. What follows from capabilities alone is added by core. Pure. */
public final class AwsFindings {
    /** Tags that the SDK needs for itself beside those of the document and the user. */
    private static final int OWN_TAGS = 12;

    private AwsFindings() {}

    /**
     * What becomes of a spec.
     *
     * @param spec a job or a service
     * @param config the section {@code portolan.aws}
     * @return in the order of fields
     */
    public static List<Finding> of(WorkloadSpec spec, ProviderConfig config) {
        AwsSettings settings = AwsSettings.of(config, spec);
        FindingList findings = new FindingList();
        new ContainerFindings(spec, settings, findings).all();
        new ResourceFindings(spec, settings, findings).all();
        if (spec instanceof JobSpec job) {
            job(job, settings, findings);
        } else if (spec instanceof ServiceSpec service) {
            new ServiceFindings(service, settings, findings).all();
        }
        labels(spec, findings);
        new OptionFindings(spec, settings, findings).all();
        new PlaceFindings(spec, settings, findings).all();
        return findings.all();
    }

    private static void job(JobSpec job, AwsSettings settings, FindingList findings) {
        if (job.maxRetries() > 0) {
            findings.add(
                    "maxRetries",
                    Kind.EMULATED,
                    "ECS does not repeat a task; the SDK starts the next attempt",
                    null,
                    Sources.RUN_TASK);
        }
        job.timeout().ifPresent(timeout -> {
            String text = DurationText.of(timeout);
            if (TaskDefinitionMapper.isTimed(job, settings)) {
                findings.add(
                        "timeout",
                        Kind.NATIVE,
                        "the container '" + TaskDefinitionMapper.TIMER + "' ends the task after " + text + " and has "
                                + TaskDefinitionMapper.TIMER_MEMORY + " MiB of memory",
                        null,
                        Sources.CONTAINER);
            } else {
                findings.add(
                        "timeout",
                        Kind.EMULATED,
                        "ECS has no time limit of a task; the SDK stops it after " + text
                                + ", as long as a connection watches",
                        "set option serverTimeout so that it ends without the SDK",
                        Sources.RUN_TASK);
            }
        });
    }

    private static void labels(WorkloadSpec spec, FindingList findings) {
        int others = spec.labels().size() + OWN_TAGS;
        if (!DocumentTags.fits(SpecYaml.write(spec), others)) {
            findings.reject(
                    spec.labels().size() > Labels.MOST / 2 ? "labels" : "spec",
                    "the spec is kept in tags, at most " + Labels.MOST
                            + " of 256 characters, and is too large for them",
                    "use fewer labels, or move long arguments and variables into a file, a parameter or the image",
                    Sources.TAGS);
        }
    }
}
