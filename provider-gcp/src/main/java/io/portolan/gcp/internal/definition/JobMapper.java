package io.portolan.gcp.internal.definition;

import com.google.cloud.run.v2.ExecutionTemplate;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.NodeSelector;
import com.google.cloud.run.v2.TaskTemplate;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.config.OptionNames;
import io.portolan.gcp.internal.config.RequestPatch;
import io.portolan.spec.JobSpec;
import java.time.Duration;
import java.util.Map;

/**
 * A job as a job of Cloud Run, complete: an update replaces all of it. Number of retries and time limit are always said, since what is left
 * out means three retries and ten minutes. Labels and annotations stand on the template too: executions have theirs from there. Pure.
 */
public final class JobMapper {
    /** Who made it, as the platform shows it. */
    static final String CLIENT = "portolan";

    private JobMapper() {}

    /**
     * The job.
     *
     * @param spec the job
     * @param settings its settings
     * @return without a name, an etag and a token of an execution
     * @throws IllegalArgumentException if the spec does not fit: the findings say it before
     */
    public static Job map(JobSpec spec, GcpSettings settings) {
        Map<String, String> labels = Labels.of(spec, Labels.JOB, settings.application());
        Map<String, String> annotations = Labels.annotations(spec);
        Job job = Job.newBuilder()
                .putAllLabels(labels)
                .putAllAnnotations(annotations)
                .setClient(CLIENT)
                .setTemplate(ExecutionTemplate.newBuilder()
                        .putAllLabels(labels)
                        .putAllAnnotations(annotations)
                        .setTaskCount(spec.tasks())
                        .setParallelism(spec.parallelism())
                        .setTemplate(task(spec, settings)))
                .build();
        Job patched = RequestPatch.apply(settings, "Job", job);
        return hashed(patched);
    }

    /**
     * The job with the execution that it is to start.
     *
     * @param job as {@link #map} makes it
     * @param token what the name of the execution ends in
     * @param record annotations of the execution
     * @return a changed copy
     */
    public static Job starting(Job job, String token, Map<String, String> record) {
        Job.Builder starting = job.toBuilder().setStartExecutionToken(token);
        starting.getTemplateBuilder().putLabels(Labels.EXECUTION_TOKEN, token).putAllAnnotations(record);
        return starting.build();
    }

    private static TaskTemplate task(JobSpec spec, GcpSettings settings) {
        VolumeMapper volumes = VolumeMapper.of(spec, settings);
        TaskTemplate.Builder task = TaskTemplate.newBuilder()
                .addContainers(ContainerMapper.map(spec, settings, volumes))
                .addAllVolumes(volumes.volumes())
                .setMaxRetries(spec.maxRetries())
                .setTimeout(NativeDuration.of(timeout(spec, settings)));
        settings.text(GcpKeys.SERVICE_ACCOUNT).ifPresent(task::setServiceAccount);
        settings.option(OptionNames.ENCRYPTION_KEY).ifPresent(task::setEncryptionKey);
        VpcMapper.of(settings).ifPresent(task::setVpcAccess);
        SizeMapper.gpu(spec, settings)
                .ifPresent(gpu -> task.setNodeSelector(NodeSelector.newBuilder().setAccelerator(gpu.accelerator()))
                        .setGpuZonalRedundancyDisabled(!settings.flag(GcpKeys.GPU_REDUNDANCY)));
        return task.build();
    }

    /**
     * How long an attempt may run.
     *
     * @param spec the job
     * @param settings its settings
     * @return whole seconds, rounded up; the platform's longest if the job names none
     */
    public static Duration timeout(JobSpec spec, GcpSettings settings) {
        Limits limits = Limits.of(settings);
        boolean gpu = spec.container().resources().gpu().isPresent();
        Duration longest = limits.duration(gpu ? Limits.GPU_JOB_TIMEOUT_DEFAULT : Limits.JOB_TIMEOUT);
        return spec.timeout()
                .map(asked -> Duration.ofSeconds(asked.plusNanos(999_999_999).toSeconds()))
                .orElse(longest);
    }

    private static Job hashed(Job job) {
        String hash = ContentHash.of(job);
        Job.Builder hashed = job.toBuilder().putAnnotations(Labels.CONTENT_HASH, hash);
        hashed.getTemplateBuilder().putAnnotations(Labels.CONTENT_HASH, hash);
        return hashed.build();
    }
}
