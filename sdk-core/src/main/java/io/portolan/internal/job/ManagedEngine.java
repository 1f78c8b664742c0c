package io.portolan.internal.job;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.internal.call.Operation;
import io.portolan.internal.call.Traffic;
import io.portolan.run.JobExecution;
import io.portolan.spec.JobSpec;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ManagedJobs;
import io.portolan.spi.ManagedStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Executions on a platform that runs them whole: started once, then followed. */
public final class ManagedEngine implements JobEngine {
    final EngineSupport support;
    private final ManagedJobs jobs;
    private final Map<ExecutionId, ManagedExecution> running = new ConcurrentHashMap<>();
    private final Tracker<ExecutionId> tracker;

    /**
     * An engine; makes no call and starts no thread yet.
     *
     * @param support what it works with
     * @param jobs the platform
     */
    public ManagedEngine(EngineSupport support, ManagedJobs jobs) {
        this.support = support;
        this.jobs = jobs;
        this.tracker = new Tracker<>(new ExecutionRounds(), support.settings(), support.clock());
    }

    @Override
    public JobExecution start(ExecutionRecord wanted, JobSpec spec) {
        ManagedExecution known = running.get(wanted.id());
        if (known != null) {
            if (!known.execution().specHash().equals(wanted.specHash())) {
                throw JobEngine.conflict(known.execution(), wanted);
            }
            return known;
        }
        ManagedStatus status = call(
                Traffic.SUBMIT,
                Operation.idempotent("jobs.run", wanted.id().value()),
                platform -> platform.start(wanted, spec));
        return attach(wanted, status);
    }

    @Override
    public Optional<JobExecution> find(ExecutionId id) {
        ManagedExecution known = running.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<ExecutionRecord> kept =
                call(Traffic.STATUS, Operation.idempotent("jobs.find", id.value()), platform -> platform.find(id));
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        List<ManagedStatus> statuses = describe(List.of(id));
        return statuses.isEmpty() ? Optional.empty() : Optional.of(attach(kept.get(), statuses.get(0)));
    }

    private JobExecution attach(ExecutionRecord execution, ManagedStatus status) {
        ManagedExecution mine = new ManagedExecution(this, execution);
        ManagedExecution other = running.putIfAbsent(execution.id(), mine);
        if (other != null) {
            return other;
        }
        mine.observe(status);
        tracker.wake();
        return mine;
    }

    @Override
    public List<ExecutionId> list() {
        return call(Traffic.STATUS, Operation.idempotent("jobs.list", null), ManagedJobs::executions).stream()
                .map(ExecutionRecord::id)
                .toList();
    }

    private List<ManagedStatus> describe(Collection<ExecutionId> batch) {
        return call(Traffic.STATUS, Operation.idempotent("jobs.describe", null), platform -> platform.describe(batch));
    }

    <T> T call(Traffic traffic, Operation operation, Function<ManagedJobs, T> call) {
        return support.caller().call(traffic, operation, () -> call.apply(jobs));
    }

    void look(ExecutionId id) {
        tracker.hint(id);
    }

    void over(ManagedExecution execution) {
        running.remove(execution.id(), execution);
    }

    @Override
    public void close() {
        tracker.close();
        PortolanException closed = PortolanException.builder(
                        ErrorCode.CANCELLED,
                        "the cloud was closed; the execution goes on: run the same execution id again to attach")
                .operation("jobs.await")
                .build();
        running.values().forEach(execution -> execution.abandon(closed));
        running.clear();
    }

    /** Looks at all executions together, in batches. */
    private final class ExecutionRounds implements Tracker.Rounds<ExecutionId> {
        @Override
        public boolean isIdle() {
            return running.isEmpty();
        }

        @Override
        public boolean pollAll() {
            return look(List.copyOf(running.keySet()));
        }

        @Override
        public void poll(Set<ExecutionId> hinted) {
            look(hinted.stream().filter(running::containsKey).toList());
        }

        @Override
        public Optional<Instant> tick() {
            return Optional.empty();
        }

        private boolean look(List<ExecutionId> ids) {
            boolean changed = false;
            int size = jobs.describeBatchSize();
            for (int from = 0; from < ids.size(); from += size) {
                List<ExecutionId> batch = ids.subList(from, Math.min(ids.size(), from + size));
                try {
                    Set<ExecutionId> missing = new HashSet<>(batch);
                    for (ManagedStatus status : describe(batch)) {
                        missing.remove(status.id());
                        ManagedExecution execution = running.get(status.id());
                        changed |= execution != null && execution.observe(status);
                    }
                    for (ExecutionId id : missing) {
                        ManagedExecution execution = running.get(id);
                        changed |= execution != null && execution.missing();
                    }
                } catch (PortolanException e) {
                    batch.stream().map(running::get).filter(x -> x != null).forEach(x -> x.problem(e));
                }
            }
            return changed;
        }
    }
}
