package io.portolan.gcp.internal.job;

import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.Job;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.definition.Labels;
import io.portolan.run.OwnedResource;
import io.portolan.run.PruneReport;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ProviderConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What jobs of an application have at Google Cloud, and what of it can go. Thread-safe. */
public final class JobObjects {
    /** A kind of object: a job. */
    public static final String JOB = "job";
    /** A kind of object: an execution of a job. */
    public static final String EXECUTION = "execution";

    private final RunJobs jobs;
    private final Executions executions;
    private final String application;

    JobObjects(RunJobs jobs, Executions executions, ProviderConfig config) {
        this.jobs = jobs;
        this.executions = executions;
        this.application = config.application();
    }

    /**
     * Jobs and their executions. Makes a request for each job.
     *
     * @return oldest first
     */
    public List<OwnedResource> list() {
        List<OwnedResource> all = new ArrayList<>();
        for (Job job : executions.ownJobs()) {
            all.add(resource(job));
            for (Execution execution : executions.of(job)) {
                record(execution).ifPresent(record -> all.add(resource(execution, record)));
            }
        }
        return all.stream()
                .sorted(Comparator.comparing(OwnedResource::createdAt))
                .toList();
    }

    /**
     * Removes executions that are over, and jobs of which nothing else is left.
     *
     * @param dryRun true to report only what would be removed
     * @return what was removed
     */
    public PruneReport prune(boolean dryRun) {
        List<OwnedResource> removed = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (Job job : executions.ownJobs()) {
            attempt("job '" + job.getName() + "'", failed, () -> prune(job, dryRun, removed, failed));
        }
        return new PruneReport(removed, failed);
    }

    /** A job that nothing runs of goes as a whole, with one request: a thousand executions would need half an hour. */
    private void prune(Job job, boolean dryRun, List<OwnedResource> removed, List<String> failed) {
        List<Execution> all = executions.of(job);
        List<Execution> over = all.stream()
                .filter(execution ->
                        ExecutionMapper.isOver(execution) && record(execution).isPresent())
                .toList();
        boolean isUnused = over.size() == all.size() && JobState.isIdle(job) && executions.isLastOver(job);
        if (isUnused && (dryRun || delete(job))) {
            over.forEach(execution -> record(execution).ifPresent(record -> removed.add(resource(execution, record))));
            removed.add(resource(job));
            return;
        }
        for (Execution execution : over) {
            attempt("execution '" + execution.getName() + "'", failed, () -> {
                if (!dryRun) {
                    jobs.deleteExecution(execution.getName());
                    record(execution).ifPresent(record -> executions.forget(record.id()));
                }
                record(execution).ifPresent(record -> removed.add(resource(execution, record)));
            });
        }
    }

    /** False if somebody started another execution meanwhile. */
    private boolean delete(Job job) {
        try {
            jobs.delete(job.getName(), job.getEtag());
            return true;
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private static void attempt(String what, List<String> failed, Runnable step) {
        try {
            step.run();
        } catch (PortolanException e) {
            failed.add(what + ": " + e.getMessage());
        }
    }

    private Optional<ExecutionRecord> record(Execution execution) {
        return ExecutionAnnotations.decode(execution, application);
    }

    private static OwnedResource resource(Job job) {
        return new OwnedResource(
                JOB,
                job.getName().substring(job.getName().lastIndexOf('/') + 1),
                job.getName(),
                job.getReconciling()
                        ? "RECONCILING"
                        : job.getTerminalCondition().getState().name(),
                moment(Times.of(job.getCreateTime())),
                job.getLabelsMap());
    }

    private static OwnedResource resource(Execution execution, ExecutionRecord record) {
        Map<String, String> labels = new LinkedHashMap<>(execution.getLabelsMap());
        labels.put(Labels.EXECUTION, record.id().value());
        labels.put(Labels.SPEC_HASH, record.specHash());
        return new OwnedResource(
                EXECUTION,
                record.id().value(),
                execution.getName(),
                ExecutionMapper.isOver(execution) ? "ended" : "active",
                moment(Times.of(execution.getCreateTime())),
                labels);
    }

    private static Instant moment(@Nullable Instant time) {
        return Objects.requireNonNullElse(time, Instant.EPOCH);
    }
}
