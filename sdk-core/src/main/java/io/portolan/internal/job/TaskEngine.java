package io.portolan.internal.job;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.internal.call.Operation;
import io.portolan.internal.call.Traffic;
import io.portolan.run.AttemptStatus;
import io.portolan.run.JobExecution;
import io.portolan.spec.JobSpec;
import io.portolan.spi.AttemptRef;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.TaskLauncher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Executions on a platform that runs single attempts. */
public final class TaskEngine implements JobEngine {
    final EngineSupport support;
    private final TaskLauncher launcher;
    private final Function<ExecutionRecord, JobSpec> reader;
    private final Map<ExecutionId, TaskExecution> running = new ConcurrentHashMap<>();
    private final Tracker<AttemptKey> tracker;
    private TaskLauncher.@Nullable Subscription hints;

    /**
     * An engine; makes no call and starts no thread yet.
     *
     * @param support what it works with
     * @param launcher the platform
     * @param reader reads the job out of a record, for attaching by id alone
     */
    public TaskEngine(EngineSupport support, TaskLauncher launcher, Function<ExecutionRecord, JobSpec> reader) {
        this.support = support;
        this.launcher = launcher;
        this.reader = reader;
        this.tracker = new Tracker<>(new AttemptRounds(), support.settings(), support.clock());
    }

    @Override
    public JobExecution start(ExecutionRecord wanted, JobSpec spec) {
        ExecutionRecord kept = call(
                Traffic.SUBMIT, Operation.idempotent("jobs.run", wanted.id().value()), l -> l.claim(wanted));
        if (!kept.specHash().equals(wanted.specHash())) {
            throw JobEngine.conflict(kept, wanted);
        }
        // Made by this very call, there is nothing to take over, and one call is saved. Were it wrong, launching finds
        // what is there.
        boolean fresh = kept.equals(wanted);
        return attach(kept, spec, fresh);
    }

    @Override
    public Optional<JobExecution> find(ExecutionId id) {
        TaskExecution known = running.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        return call(Traffic.STATUS, Operation.idempotent("jobs.find", id.value()), l -> l.find(id))
                .map(kept -> attach(kept, reader.apply(kept), false));
    }

    @Override
    public List<ExecutionId> list() {
        return call(Traffic.STATUS, Operation.idempotent("jobs.list", null), TaskLauncher::executionIds);
    }

    private JobExecution attach(ExecutionRecord kept, JobSpec spec, boolean fresh) {
        TaskExecution mine = new TaskExecution(this, kept, spec);
        TaskExecution other = running.putIfAbsent(kept.id(), mine);
        if (other != null) {
            return other;
        }
        try {
            watch();
            List<AttemptStatus> known = fresh
                    ? List.of()
                    : call(
                            Traffic.STATUS,
                            Operation.idempotent("jobs.list", kept.id().value()),
                            l -> l.list(kept.id()));
            mine.begin(known);
        } catch (PortolanException e) {
            running.remove(kept.id(), mine);
            mine.abandon(e);
            throw e;
        }
        tracker.wake();
        return mine;
    }

    private synchronized void watch() {
        if (hints == null) {
            hints = launcher.watch(tracker::hint);
        }
    }

    <T> T call(Traffic traffic, Operation operation, Function<TaskLauncher, T> call) {
        return support.caller().call(traffic, operation, () -> call.apply(launcher));
    }

    Instant now() {
        return support.clock().instant();
    }

    void wake() {
        tracker.wake();
    }

    void hint(AttemptKey key) {
        tracker.hint(key);
    }

    void later(Duration delay, Runnable task) {
        tracker.later(delay, task);
    }

    void over(TaskExecution execution) {
        running.remove(execution.id(), execution);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (hints != null) {
                hints.close();
            }
        }
        tracker.close();
        PortolanException closed = PortolanException.builder(
                        ErrorCode.CANCELLED,
                        "the cloud was closed; the execution goes on as far as the platform carries it: run the same execution id again to attach")
                .operation("jobs.await")
                .build();
        running.values().forEach(execution -> execution.abandon(closed));
        running.clear();
    }

    /** Looks at attempts of all executions together, in batches. */
    private final class AttemptRounds implements Tracker.Rounds<AttemptKey> {
        @Override
        public boolean isIdle() {
            return running.isEmpty();
        }

        @Override
        public boolean pollAll() {
            List<AttemptRef> all = new ArrayList<>();
            running.values().forEach(execution -> all.addAll(execution.describable()));
            boolean changed = describe(all);
            running.values().forEach(TaskExecution::judgeGone);
            return changed;
        }

        @Override
        public void poll(Set<AttemptKey> hinted) {
            Map<ExecutionId, List<AttemptKey>> byExecution = new HashMap<>();
            hinted.forEach(key -> byExecution
                    .computeIfAbsent(key.execution(), id -> new ArrayList<>())
                    .add(key));
            List<AttemptRef> refs = new ArrayList<>();
            byExecution.forEach((id, keys) -> {
                TaskExecution execution = running.get(id);
                if (execution != null) {
                    refs.addAll(execution.hinted(keys));
                }
            });
            describe(refs);
        }

        @Override
        public Optional<Instant> tick() {
            Instant earliest = null;
            for (TaskExecution execution : running.values()) {
                execution.pump();
                Instant deadline = execution.nextDeadline();
                if (deadline != null && (earliest == null || deadline.isBefore(earliest))) {
                    earliest = deadline;
                }
            }
            return Optional.ofNullable(earliest);
        }

        private boolean describe(List<AttemptRef> refs) {
            boolean changed = false;
            int size = launcher.describeBatchSize();
            for (int from = 0; from < refs.size(); from += size) {
                changed |= describeBatch(refs.subList(from, Math.min(refs.size(), from + size)));
            }
            return changed;
        }

        private boolean describeBatch(Collection<AttemptRef> batch) {
            Map<ExecutionId, List<AttemptStatus>> byExecution = new HashMap<>();
            try {
                call(Traffic.STATUS, Operation.idempotent("jobs.describe", null), l -> l.describe(batch))
                        .forEach(status -> byExecution
                                .computeIfAbsent(status.key().execution(), id -> new ArrayList<>())
                                .add(status));
            } catch (PortolanException e) {
                batch.forEach(ref -> {
                    TaskExecution execution = running.get(ref.key().execution());
                    if (execution != null) {
                        execution.problem(e);
                    }
                });
                return false;
            }
            boolean changed = false;
            for (Map.Entry<ExecutionId, List<AttemptStatus>> entry : byExecution.entrySet()) {
                TaskExecution execution = running.get(entry.getKey());
                if (execution != null) {
                    changed |= execution.observe(entry.getValue());
                }
            }
            return changed;
        }
    }
}
