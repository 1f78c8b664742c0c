package io.portolan.internal.job;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.internal.call.Operation;
import io.portolan.internal.call.Traffic;
import io.portolan.internal.log.LogTarget;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.JobResult;
import io.portolan.run.JobStatus;
import io.portolan.run.LogSource;
import io.portolan.run.Phase;
import io.portolan.run.TaskStatus;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.LogPage;
import io.portolan.spi.ManagedStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows one execution that the platform runs. */
final class ManagedExecution extends Execution {
    private final ManagedEngine engine;
    private volatile JobStatus seen;
    private @Nullable Instant goneSince;

    ManagedExecution(ManagedEngine engine, ExecutionRecord execution) {
        super(engine.support, execution);
        this.engine = engine;
        List<TaskStatus> tasks = new ArrayList<>();
        for (int i = 0; i < execution.tasks(); i++) {
            tasks.add(new TaskStatus(i, Phase.QUEUED, List.of()));
        }
        this.seen = new JobStatus(execution.id(), Phase.QUEUED, tasks);
    }

    /** Takes a view in; returns whether anything changed. What ended stays ended. */
    boolean observe(ManagedStatus status) {
        problem(null);
        JobStatus next = new JobStatus(id(), status.phase(), explained(status.tasks()));
        synchronized (this) {
            goneSince = null;
            if (isOver() || next.equals(seen)) {
                return false;
            }
            seen = next;
        }
        if (status.phase().isTerminal()) {
            finish(new JobResult(id(), status.phase(), next.tasks()));
        }
        return true;
    }

    /** The platform does not know the execution: a verdict only when that lasts and a second source does not know it either. */
    boolean missing() {
        synchronized (this) {
            Instant now = engine.support.clock().instant();
            if (goneSince == null) {
                goneSince = now;
            }
            if (isOver()
                    || now.isBefore(goneSince.plus(engine.support.settings().goneGrace()))) {
                return false;
            }
        }
        boolean known = engine.call(
                        Traffic.STATUS, Operation.idempotent("jobs.find", id().value()), jobs -> jobs.find(id()))
                .isPresent();
        if (known) {
            return false;
        }
        JobStatus last;
        synchronized (this) {
            List<TaskStatus> tasks = seen.tasks().stream().map(this::lost).toList();
            last = new JobStatus(id(), ExecutionState.phase(tasks), tasks);
            seen = last;
        }
        finish(new JobResult(id(), last.phase(), last.tasks()));
        return true;
    }

    private TaskStatus lost(TaskStatus task) {
        if (task.phase().isTerminal()) {
            return task;
        }
        List<AttemptStatus> attempts = new ArrayList<>(task.attempts());
        AttemptStatus last = attempts.isEmpty() ? null : attempts.remove(attempts.size() - 1);
        AttemptKey key = last == null ? new AttemptKey(id(), execution().specHash(), task.index(), 0) : last.key();
        attempts.add(AttemptStatus.builder(key, AttemptState.ENDED)
                .nativeId(last == null ? null : last.nativeId().orElse(null))
                .failure(TaskProgress.gone("execution"))
                .build());
        return new TaskStatus(task.index(), Phase.FAILED, attempts);
    }

    private static List<TaskStatus> explained(List<TaskStatus> tasks) {
        return tasks.stream()
                .map(task -> new TaskStatus(
                        task.index(),
                        task.phase(),
                        task.attempts().stream()
                                .map(a -> a.state() == AttemptState.ENDED ? TaskProgress.explained(a) : a)
                                .toList()))
                .toList();
    }

    @Override
    public JobStatus status() {
        return seen;
    }

    @Override
    public void cancel() {
        if (isOver()) {
            return;
        }
        engine.call(Traffic.SUBMIT, Operation.idempotent("jobs.cancel", id().value()), jobs -> {
            jobs.cancel(id());
            return true;
        });
        engine.look(id());
    }

    @Override
    void remove() {
        engine.call(Traffic.SUBMIT, Operation.idempotent("jobs.delete", id().value()), jobs -> {
            jobs.delete(id());
            return true;
        });
    }

    @Override
    void over() {
        engine.over(this);
    }

    @Override
    LogTarget logTarget() {
        ExecutionId execution = id();
        return new LogTarget() {
            @Override
            public List<LogSource> sources() {
                return seen.tasks().stream()
                        .flatMap(task -> task.attempts().stream())
                        .map(AttemptStatus::key)
                        .map(key -> LogSource.attempt(key.index(), key.attempt()))
                        .toList();
            }

            @Override
            public boolean isOver() {
                return ManagedExecution.this.isOver();
            }

            @Override
            public LogPage read(LogSource source, @Nullable String after, int limit) {
                return support().logs().readTask(execution, source, after, limit);
            }
        };
    }
}
