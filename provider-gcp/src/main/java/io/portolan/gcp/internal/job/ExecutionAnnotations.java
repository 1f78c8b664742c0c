package io.portolan.gcp.internal.job;

import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.Job;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.definition.Labels;
import io.portolan.id.ExecutionId;
import io.portolan.id.ProviderId;
import io.portolan.spi.ExecutionRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The record of an execution as annotations of the job's template, from where the platform copies them to the execution. Pure.
 */
final class ExecutionAnnotations {
    /** All annotations of a resource together may have 256 KiB; the rest is for others. */
    private static final int MOST_BYTES = 200 * 1024;

    private ExecutionAnnotations() {}

    /**
     * The annotations.
     *
     * @param record the record
     * @return names to values
     * @throws PortolanException INVALID_ARGUMENT if the spec is too long
     */
    static Map<String, String> encode(ExecutionRecord record) {
        if (record.spec().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw PortolanException.builder(
                            ErrorCode.INVALID_ARGUMENT,
                            "the spec of job '" + record.job()
                                    + "' is too long to be kept with the execution (more than 200 KiB); put long values into a file or a secret")
                    .provider(ProviderId.GCP.value())
                    .resource(record.id().value())
                    .build();
        }
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(Labels.EXECUTION, record.id().value());
        annotations.put(Labels.SPEC_HASH, record.specHash());
        annotations.put(Labels.TASKS, Integer.toString(record.tasks()));
        annotations.put(Labels.CREATED_AT, record.createdAt().toString());
        annotations.put(Labels.SPEC, record.spec());
        return annotations;
    }

    /**
     * The record of an execution.
     *
     * @param execution what the platform shows
     * @param application whose it has to be
     * @return empty for one that this SDK did not start: somebody may run our job by hand, and the execution has our annotations then but
     *     another name
     */
    static Optional<ExecutionRecord> decode(Execution execution, String application) {
        if (!Labels.areOwn(execution.getLabelsMap(), Labels.JOB, application)) {
            return Optional.empty();
        }
        String name = execution.getName();
        return decode(
                        execution.getAnnotationsMap(),
                        execution.getLabelsOrDefault(Labels.NAME, ""),
                        ExecutionMapper.isCancelled(execution))
                .filter(record -> ExecutionName.of(jobOf(name), record.id()).is(name));
    }

    /**
     * The record of the execution that a job was last asked to start.
     *
     * @param job what the platform shows
     * @param application whose it has to be
     * @return empty if the job is not ours, or has no token
     */
    static Optional<ExecutionRecord> decode(Job job, String application) {
        if (!Labels.areOwn(job.getLabelsMap(), Labels.JOB, application)) {
            return Optional.empty();
        }
        return decode(job.getTemplate().getAnnotationsMap(), job.getLabelsOrDefault(Labels.NAME, ""), false)
                .filter(record ->
                        ExecutionName.of(job.getName(), record.id()).token().equals(job.getStartExecutionToken()));
    }

    private static String jobOf(String execution) {
        int end = execution.indexOf("/executions/");
        return end < 0 ? execution : execution.substring(0, end);
    }

    private static Optional<ExecutionRecord> decode(Map<String, String> annotations, String job, boolean cancelled) {
        String id = annotations.get(Labels.EXECUTION);
        String hash = annotations.get(Labels.SPEC_HASH);
        String spec = annotations.get(Labels.SPEC);
        String createdAt = annotations.get(Labels.CREATED_AT);
        if (id == null || hash == null || spec == null || createdAt == null || job.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ExecutionRecord(
                    ExecutionId.of(id),
                    job,
                    hash,
                    Integer.parseInt(annotations.getOrDefault(Labels.TASKS, "1")),
                    spec,
                    Instant.parse(createdAt),
                    cancelled));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
