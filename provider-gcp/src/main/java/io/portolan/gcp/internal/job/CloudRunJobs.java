package io.portolan.gcp.internal.job;

import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.Job;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.client.GcpCalls;
import io.portolan.gcp.internal.client.GcpClients;
import io.portolan.gcp.internal.client.Pace;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.definition.JobMapper;
import io.portolan.id.ExecutionId;
import io.portolan.id.ProviderId;
import io.portolan.run.Failure;
import io.portolan.run.Phase;
import io.portolan.spec.JobSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ManagedJobs;
import io.portolan.spi.ManagedStatus;
import io.portolan.spi.ProviderConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Executions on Cloud Run: one job for each spec name, one execution of it for each execution id. Thread-safe. */
public final class CloudRunJobs implements ManagedJobs {
    private static final int BATCH = 100;

    /** An execution that was there and is not there is believed to be gone after this time only. */
    private static final Duration BELIEF = Duration.ofSeconds(30);

    private static final Duration REMOVAL = Duration.ofSeconds(30);
    private static final String GONE =
            "Cloud Run does not know the execution any more: it was deleted, or is older than the"
                    + " thousand that are kept of a job";

    private final RunJobs jobs;
    private final ProviderConfig config;
    private final Clock clock;
    private final Pace.Pause pause;
    private final ExecutionStart starts;
    private final Executions executions;

    /**
     * Executions of an application.
     *
     * @param clients the clients
     * @param calls makes the requests
     * @param config the settings
     * @param clock the time
     */
    public CloudRunJobs(GcpClients clients, GcpCalls calls, ProviderConfig config, Clock clock) {
        this(new RunJobsClient(clients, calls), config, clock, time -> Thread.sleep(time.toMillis()));
    }

    CloudRunJobs(RunJobs jobs, ProviderConfig config, Clock clock, Pace.Pause pause) {
        this.jobs = jobs;
        this.config = config;
        this.clock = clock;
        this.pause = pause;
        this.starts = new ExecutionStart(jobs, config, clock, pause);
        this.executions = new Executions(jobs, GcpSettings.of(config));
    }

    @Override
    public ManagedStatus start(ExecutionRecord wanted, JobSpec spec) {
        return starts.start(wanted, spec, (name, execution) -> {
            ExecutionRecord record =
                    ExecutionAnnotations.decode(execution, config.application()).orElse(wanted);
            return status(executions.known(name, record), execution);
        });
    }

    @Override
    public Optional<ExecutionRecord> find(ExecutionId id) {
        return executions.fresh(id);
    }

    @Override
    public List<ExecutionRecord> executions() {
        Map<ExecutionId, ExecutionRecord> all = new LinkedHashMap<>();
        for (Job job : executions.ownJobs()) {
            for (Execution execution : executions.of(job)) {
                ExecutionAnnotations.decode(execution, config.application()).ifPresent(record -> {
                    all.put(record.id(), record);
                    executions.known(ExecutionName.of(job.getName(), record.id()), record);
                });
            }
            ExecutionAnnotations.decode(job, config.application())
                    .filter(record -> !JobState.hasStarted(job))
                    .ifPresent(record -> all.putIfAbsent(record.id(), record));
        }
        return all.values().stream()
                .sorted(Comparator.comparing(ExecutionRecord::createdAt))
                .toList();
    }

    @Override
    public List<ManagedStatus> describe(Collection<ExecutionId> ids) {
        List<KnownExecution> wanted = new ArrayList<>();
        ids.forEach(id -> executions.find(id).ifPresent(wanted::add));
        Map<String, Execution> there = executions.read(wanted.stream()
                .filter(known -> known.end() == null)
                .map(KnownExecution::name)
                .toList());
        List<ManagedStatus> statuses = new ArrayList<>();
        for (KnownExecution known : wanted) {
            ManagedStatus end = known.end();
            Execution execution = there.get(known.name().full());
            if (end != null) {
                statuses.add(end);
            } else if (execution != null) {
                statuses.add(status(known, execution));
            } else {
                missing(known).ifPresent(statuses::add);
            }
        }
        return statuses;
    }

    private ManagedStatus status(KnownExecution known, Execution execution) {
        return known.status(execution, () -> jobs.tasks(execution.getName()), clock);
    }

    /** Not made yet, never to be made, or gone. */
    private Optional<ManagedStatus> missing(KnownExecution known) {
        ExecutionName name = known.name();
        Optional<Job> job = jobs.job(name.job())
                .filter(candidate -> candidate.getStartExecutionToken().equals(name.token()))
                .filter(candidate -> !JobState.hasStarted(candidate));
        if (job.isPresent()) {
            Optional<Failure> failure = JobState.failure(job.get());
            return Optional.of(
                    failure.isPresent()
                            ? ExecutionMapper.ended(
                                    known.record(),
                                    name.full(),
                                    new ExecutionEnd(
                                            Phase.FAILED,
                                            failure.get(),
                                            Times.of(job.get()
                                                    .getTerminalCondition()
                                                    .getLastTransitionTime())))
                            : ExecutionMapper.queued(known.record(), name.full()));
        }
        Instant now = clock.instant();
        return now.isBefore(known.gone(now).plus(BELIEF))
                ? Optional.empty()
                : Optional.of(ExecutionMapper.ended(known.record(), name.full(), ExecutionEnd.unknown(GONE)));
    }

    @Override
    public int describeBatchSize() {
        return BATCH;
    }

    @Override
    public void cancel(ExecutionId id) {
        Optional<KnownExecution> known = executions.find(id);
        if (known.isEmpty()) {
            return;
        }
        ExecutionName name = known.get().name();
        Optional<Execution> there = jobs.execution(name.full());
        if (there.isEmpty()) {
            requireNotComing(id, name);
        } else if (!ExecutionMapper.isOver(there.get()) && !ExecutionMapper.isCancelling(there.get())) {
            cancel(name);
        }
    }

    private void cancel(ExecutionName name) {
        try {
            jobs.cancel(name.full());
        } catch (PortolanException e) {
            boolean isOver = jobs.execution(name.full())
                    .map(execution -> ExecutionMapper.isOver(execution) || ExecutionMapper.isCancelling(execution))
                    .orElse(true);
            if (!isOver) {
                throw e;
            }
        }
    }

    /** An execution that is asked for cannot be called back: it is cancelled once it is there. */
    private void requireNotComing(ExecutionId id, ExecutionName name) {
        boolean isComing = jobs.job(name.job())
                .filter(job -> job.getStartExecutionToken().equals(name.token()))
                .filter(job -> !JobState.isDecided(job))
                .isPresent();
        if (isComing) {
            throw PortolanException.builder(
                            ErrorCode.UNAVAILABLE, "execution '" + id + "' is being made and cannot be cancelled yet")
                    .provider(ProviderId.GCP.value())
                    .resource(id.value())
                    .build();
        }
    }

    @Override
    public void delete(ExecutionId id) {
        Optional<KnownExecution> known = executions.find(id);
        if (known.isEmpty()) {
            return;
        }
        ExecutionName name = known.get().name();
        Optional<Execution> there = jobs.execution(name.full());
        if (there.filter(execution -> !ExecutionMapper.isOver(execution)).isPresent()) {
            throw PortolanException.builder(
                            ErrorCode.CONFLICT,
                            "execution '" + id + "' runs and cannot be deleted; cancel it and await its end first")
                    .provider(ProviderId.GCP.value())
                    .resource(id.value())
                    .build();
        }
        if (there.isPresent()) {
            jobs.deleteExecution(name.full());
            awaitRemoval(() -> jobs.execution(name.full()).isPresent());
        }
        release(known.get());
        executions.forget(id);
    }

    private void awaitRemoval(BooleanSupplier isThere) {
        Pace pace = Pace.ofJobs(clock, pause, REMOVAL);
        while (!pace.isOver() && isThere.getAsBoolean()) {
            pace.next();
        }
    }

    /** The job goes with its last execution; otherwise it forgets the token, so that the id is free again. */
    private void release(KnownExecution known) {
        Optional<Job> there = jobs.job(known.name().job()).filter(JobState::isIdle);
        if (there.isEmpty()) {
            return;
        }
        Job job = there.get();
        boolean isOurs = job.getStartExecutionToken().equals(known.name().token());
        try {
            if (isEmpty(job) && (isOurs || job.getStartExecutionToken().isEmpty() || JobState.hasStarted(job))) {
                jobs.delete(job.getName(), job.getEtag());
                awaitRemoval(() -> jobs.job(job.getName()).isPresent());
            } else if (isOurs) {
                withoutToken(known.record(), job).ifPresent(jobs::update);
            }
        } catch (PortolanException e) {
            // Somebody starts another execution: the job is theirs now.
            if (e.code() != ErrorCode.CONFLICT && e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }

    private boolean isEmpty(Job job) {
        boolean[] empty = {true};
        jobs.executions(job.getName(), page -> {
            empty[0] = page.isEmpty();
            return !empty[0];
        });
        return empty[0] && executions.isLastOver(job);
    }

    /**
     * An execution for who reads its logs. Asks the platform where tracking has not told the end lately.
     *
     * @param id the execution
     * @return empty if the platform does not know it
     */
    public Optional<ExecutionView> view(ExecutionId id) {
        Optional<KnownExecution> known = executions.find(id);
        if (known.filter(execution -> execution.isTimeToAsk(clock.instant())).isPresent()) {
            describe(List.of(id));
        }
        return known.map(KnownExecution::view);
    }

    /**
     * What jobs have at Google Cloud.
     *
     * @return what lists and removes it
     */
    public JobObjects objects() {
        return new JobObjects(jobs, executions, config);
    }

    /** Made anew out of the spec: what is read and written back loses what this version of the client does not know. */
    private Optional<Job> withoutToken(ExecutionRecord record, Job job) {
        return SpecYaml.read(record.spec()) instanceof JobSpec spec
                ? Optional.of(JobMapper.map(spec, GcpSettings.of(config, spec)).toBuilder()
                        .setName(job.getName())
                        .setEtag(job.getEtag())
                        .build())
                : Optional.empty();
    }
}
