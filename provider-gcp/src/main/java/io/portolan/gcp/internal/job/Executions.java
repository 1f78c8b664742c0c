package io.portolan.gcp.internal.job;

import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.Job;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.definition.Labels;
import io.portolan.id.ExecutionId;
import io.portolan.spi.ExecutionRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds executions by their id. The name of one needs the name of its job; which job that is, is remembered, and otherwise found by asking
 * each job of the application: a region may keep a thousand executions of each of a thousand jobs, which nobody wants to list. Thread-safe.
 */
final class Executions {
    private static final int REMEMBERED = 20_000;

    private final RunJobs jobs;
    private final GcpSettings settings;

    /** By age, so that the oldest are forgotten first. */
    private final Map<ExecutionId, KnownExecution> known = Collections.synchronizedMap(new LinkedHashMap<>());

    Executions(RunJobs jobs, GcpSettings settings) {
        this.jobs = jobs;
        this.settings = settings;
    }

    /** What is remembered of an execution, from now on at least its name. */
    KnownExecution known(ExecutionName name, ExecutionRecord record) {
        synchronized (known) {
            KnownExecution seen = known.get(record.id());
            // An id that was deleted may have come back as another execution.
            boolean isSame = seen != null
                    && seen.name().equals(name)
                    && seen.record().specHash().equals(record.specHash())
                    && seen.record().createdAt().equals(record.createdAt());
            if (seen != null && isSame) {
                return seen;
            }
            KnownExecution made = new KnownExecution(name, record);
            known.put(record.id(), made);
            if (known.size() > REMEMBERED) {
                known.remove(known.keySet().iterator().next());
            }
            return made;
        }
    }

    void forget(ExecutionId id) {
        known.remove(id);
    }

    /**
     * What is remembered, or what the platform knows.
     *
     * @return empty if the platform does not know it
     */
    Optional<KnownExecution> find(ExecutionId id) {
        KnownExecution seen = known.get(id);
        return seen == null ? search(id) : Optional.of(seen);
    }

    /**
     * Asks the platform, whatever is remembered.
     *
     * @return empty if it knows no execution of this id, made or accepted
     */
    Optional<ExecutionRecord> fresh(ExecutionId id) {
        KnownExecution seen = known.get(id);
        if (seen != null) {
            Optional<ExecutionRecord> record = record(seen.name());
            if (record.isPresent()) {
                return record;
            }
            Optional<ExecutionRecord> accepted = jobs.job(seen.name().job()).flatMap(job -> accepted(job, id));
            if (accepted.isPresent()) {
                return accepted;
            }
        }
        return search(id).map(KnownExecution::record);
    }

    private Optional<KnownExecution> search(ExecutionId id) {
        for (Job job : ownJobs()) {
            ExecutionName name = ExecutionName.of(job.getName(), id);
            Optional<ExecutionRecord> record = record(name).or(() -> accepted(job, id));
            if (record.isPresent()) {
                return record.map(found -> known(name, found));
            }
        }
        return Optional.empty();
    }

    private Optional<ExecutionRecord> record(ExecutionName name) {
        return jobs.execution(name.full())
                .flatMap(execution -> ExecutionAnnotations.decode(execution, settings.application()));
    }

    /** The record of an execution that is not there (yet), but that its job was asked for. */
    private Optional<ExecutionRecord> accepted(Job job, ExecutionId id) {
        return ExecutionAnnotations.decode(job, settings.application())
                .filter(record -> record.id().equals(id) && !JobState.hasStarted(job));
    }

    /** The jobs of the application, without those that are being deleted. */
    List<Job> ownJobs() {
        return jobs.jobs(settings.location()).stream()
                .filter(job -> Labels.areOwn(job.getLabelsMap(), Labels.JOB, settings.application()))
                .filter(job -> !job.hasDeleteTime())
                .toList();
    }

    /** All executions of a job, also those that others started by hand. */
    List<Execution> of(Job job) {
        List<Execution> all = new ArrayList<>();
        jobs.executions(job.getName(), page -> {
            all.addAll(page);
            return false;
        });
        return all;
    }

    /**
     * Whether the execution that a job started last is over. Lists may lag behind a start, the job itself does not.
     *
     * @param job a job
     * @return true also if it started none
     */
    boolean isLastOver(Job job) {
        String last = job.getLatestCreatedExecution().getName();
        if (last.isEmpty() || job.getLatestCreatedExecution().hasDeleteTime()) {
            return true;
        }
        String full = last.contains("/") ? last : job.getName() + "/executions/" + last;
        return jobs.execution(full).map(ExecutionMapper::isOver).orElse(true);
    }

    /** Those of the names that are there, by their full names; read from lists where they are many. */
    Map<String, Execution> read(Collection<ExecutionName> names) {
        Map<String, List<ExecutionName>> byJob = new LinkedHashMap<>();
        names.forEach(name ->
                byJob.computeIfAbsent(name.job(), job -> new ArrayList<>()).add(name));
        Map<String, Execution> found = new LinkedHashMap<>();
        byJob.forEach((job, wanted) -> {
            if (wanted.size() > Few.MOST) {
                readByList(job, wanted, found);
            }
            wanted.stream()
                    .filter(name -> !found.containsKey(name.full()))
                    .forEach(name ->
                            jobs.execution(name.full()).ifPresent(execution -> found.put(name.full(), execution)));
        });
        return found;
    }

    /** What runs is mostly young, and lists begin with the youngest: the first pages have nearly all. */
    private void readByList(String job, List<ExecutionName> wanted, Map<String, Execution> found) {
        int[] pages = {0};
        jobs.executions(job, page -> {
            for (Execution execution : page) {
                wanted.stream()
                        .filter(name -> name.is(execution.getName()))
                        .findFirst()
                        .ifPresent(name -> found.put(name.full(), execution));
            }
            pages[0]++;
            return pages[0] * Few.MOST >= wanted.size()
                    || wanted.stream().allMatch(name -> found.containsKey(name.full()));
        });
    }

    /** How many executions of one job are asked for one by one. */
    private static final class Few {
        static final int MOST = 4;
    }
}
