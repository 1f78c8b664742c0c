package io.portolan.gcp.internal.portability;

import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.definition.DurationText;
import io.portolan.gcp.internal.definition.JobMapper;
import io.portolan.gcp.internal.definition.Limits;
import io.portolan.portability.Finding.Kind;
import io.portolan.spec.JobSpec;
import java.time.Duration;

/** Tasks, retries and time. Pure. */
final class JobFindings {
    private final JobSpec job;
    private final GcpSettings settings;
    private final Limits limits;
    private final FindingList findings;

    JobFindings(JobSpec job, GcpSettings settings, FindingList findings) {
        this.job = job;
        this.settings = settings;
        this.limits = Limits.of(settings);
        this.findings = findings;
    }

    void all() {
        limit("tasks", job.tasks(), Limits.JOB_TASKS);
        limit("maxRetries", job.maxRetries(), Limits.JOB_RETRIES);
        if (job.maxRetries() > 0) {
            findings.add(
                    "maxRetries",
                    Kind.NATIVE,
                    "Cloud Run repeats a task after any failure, also one that a new try cannot mend",
                    null,
                    Sources.JOB);
        }
        time();
    }

    private void limit(String field, int asked, String limit) {
        long most = limits.value(limit);
        if (asked > most) {
            findings.reject(
                    field,
                    "was '" + asked + "', and Cloud Run takes at most " + most,
                    "ask for " + most + " or fewer, or set portolan.gcp." + GcpKeys.LIMITS + "." + limit
                            + " if Cloud Run takes more now",
                    Limits.source());
        }
    }

    private void time() {
        boolean gpu = job.container().resources().gpu().isPresent();
        Duration becomes = JobMapper.timeout(job, settings);
        String limit = gpu ? Limits.GPU_JOB_TIMEOUT : Limits.JOB_TIMEOUT;
        Duration longest = limits.duration(limit);
        if (becomes.compareTo(longest) > 0) {
            findings.reject(
                    "timeout",
                    "was '" + DurationText.of(becomes) + "', and a task" + (gpu ? " with a GPU" : "")
                            + " on Cloud Run runs at most " + DurationText.of(longest),
                    "split the work into more tasks, or set portolan.gcp." + GcpKeys.LIMITS + "." + limit
                            + " if Cloud Run takes more now",
                    Sources.TIMEOUT);
        } else if (gpu && job.timeout().isEmpty()) {
            findings.adjust(
                    "timeout",
                    "a task with a GPU ends after " + DurationText.of(becomes) + " unless the job has a timeout",
                    Sources.TIMEOUT);
        } else if (gpu && becomes.compareTo(limits.duration(Limits.GPU_JOB_TIMEOUT_DEFAULT)) > 0) {
            findings.add(
                    "timeout",
                    Kind.NATIVE,
                    "more than " + DurationText.of(limits.duration(Limits.GPU_JOB_TIMEOUT_DEFAULT))
                            + " with a GPU is a preview of Cloud Run",
                    null,
                    Sources.TIMEOUT);
        }
        job.timeout()
                .filter(asked -> !asked.equals(becomes))
                .ifPresent(asked -> findings.adjust(
                        "timeout",
                        DurationText.of(asked) + " becomes " + DurationText.of(becomes)
                                + ": Cloud Run counts whole seconds",
                        Sources.JOB));
    }
}
