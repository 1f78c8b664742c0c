package io.portolan.internal.job;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.Retryability;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.internal.call.Operation;
import io.portolan.internal.call.Traffic;
import io.portolan.internal.job.ExecutionState.StopOrder;
import io.portolan.internal.log.LogTarget;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.JobResult;
import io.portolan.run.JobStatus;
import io.portolan.run.LogSource;
import io.portolan.spec.JobSpec;
import io.portolan.spi.AttemptLaunch;
import io.portolan.spi.AttemptRef;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.LogPage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Carries one execution out on a platform that runs single attempts: what {@link ExecutionState} decides becomes calls on the engine's
 * workers. The state is only touched under this object's lock; no call is made under it.
 */
final class TaskExecution extends Execution {
    private static final Duration REPEAT_STOP = Duration.ofSeconds(5);

    private final TaskEngine engine;
    private final JobSpec spec;
    private final ExecutionState state;
    private Instant cancelSeenAt;
    private boolean lookingForGone;

    TaskExecution(TaskEngine engine, ExecutionRecord execution, JobSpec spec) {
        super(engine.support, execution);
        this.engine = engine;
        this.spec = spec;
        this.state = new ExecutionState(
                execution.id(),
                execution.specHash(),
                spec,
                engine.support.settings().goneGrace());
        this.cancelSeenAt = engine.now();
        if (execution.cancelled()) {
            state.cancel();
        }
    }

    /** Takes over what the platform knows already, then goes on. */
    void begin(List<AttemptStatus> known) {
        Instant now = engine.now();
        synchronized (this) {
            known.stream()
                    .sorted((a, b) -> Integer.compare(a.key().attempt(), b.key().attempt()))
                    .forEach(status -> state.observe(status, now));
        }
        known.stream().filter(s -> s.state() == AttemptState.PENDING).forEach(s -> relaunch(s.key()));
        pump();
    }

    /** Carries out what is to be done now: launches, stops, the end. */
    void pump() {
        List<AttemptKey> launches;
        List<StopOrder> stops;
        Optional<JobResult> result;
        synchronized (this) {
            if (isOver()) {
                return;
            }
            launches = state.takeLaunches();
            stops = state.takeStops(engine.now(), REPEAT_STOP);
            result = state.result();
        }
        launches.forEach(key -> submit(() -> launch(key)));
        stops.forEach(stop -> submit(() -> stop(stop)));
        result.ifPresent(this::finish);
    }

    private void submit(Runnable call) {
        try {
            engine.support.threads().workers().execute(call);
        } catch (RejectedExecutionException e) {
            // The connection was closed in between: the execution waits for whoever attaches next.
        }
    }

    private void relaunch(AttemptKey key) {
        Optional<AttemptKey> again;
        synchronized (this) {
            again = state.isCancelled() ? Optional.empty() : state.takeRelaunch(key);
        }
        again.ifPresent(k -> submit(() -> launch(k)));
    }

    private void launch(AttemptKey key) {
        if (isOver()) {
            return;
        }
        try {
            lookForCancel();
            synchronized (this) {
                if (state.isCancelled()) {
                    state.withdraw(key);
                }
            }
            if (!isCancelled()) {
                AttemptStatus status = engine.call(
                        Traffic.SUBMIT,
                        Operation.idempotent("jobs.launch", key.toString()),
                        launcher -> launcher.launch(new AttemptLaunch(key, spec)));
                boolean lookAgain;
                synchronized (this) {
                    lookAgain = state.launched(status, engine.now());
                }
                if (lookAgain) {
                    engine.hint(key);
                }
                if (isUnsettled(status)) {
                    // Somebody else has the identity and has not started it yet, or the platform cannot say what it
                    // is; launching it again finds out, and takes it over if it stays so.
                    engine.later(engine.support.settings().pollInterval(), () -> relaunch(key));
                }
                problem(null);
            }
        } catch (PortolanException e) {
            launchFailed(key, e);
        }
        pump();
        engine.wake();
    }

    private static boolean isUnsettled(AttemptStatus status) {
        return status.state() == AttemptState.PENDING
                || (status.state() != AttemptState.ENDED && status.nativeId().isEmpty());
    }

    private void launchFailed(AttemptKey key, PortolanException error) {
        if (error.code() == ErrorCode.CANCELLED) {
            return;
        }
        problem(error);
        if (error.retryability() == Retryability.NO) {
            Failure failure = Failure.of(launchCause(error.code()), String.valueOf(error.getMessage()))
                    .retryable(false)
                    .nativeCode(error.nativeCode().orElse(error.code().name()));
            synchronized (this) {
                state.launched(
                        AttemptStatus.builder(key, AttemptState.ENDED)
                                .failure(failure)
                                .build(),
                        engine.now());
            }
        } else {
            // The place stays taken and the identity stays the same: whether the lost call had its effect or not, the
            // next one finds out.
            engine.later(engine.support.settings().maxPollInterval(), () -> submit(() -> launch(key)));
        }
    }

    private static FailureCause launchCause(ErrorCode code) {
        return switch (code) {
            case QUOTA_EXCEEDED -> FailureCause.QUOTA;
            case UNSUPPORTED, INVALID_ARGUMENT -> FailureCause.PLACEMENT;
            case NOT_FOUND -> FailureCause.IMAGE_NOT_FOUND;
            default -> FailureCause.PLATFORM;
        };
    }

    /** Another JVM may have cancelled while nothing of the execution ran that would show it. */
    private void lookForCancel() {
        Instant now = engine.now();
        synchronized (this) {
            if (now.isBefore(cancelSeenAt.plus(engine.support.settings().maxPollInterval()))) {
                return;
            }
            cancelSeenAt = now;
        }
        Optional<ExecutionRecord> kept = engine.call(
                Traffic.STATUS, Operation.idempotent("jobs.find", id().value()), launcher -> launcher.find(id()));
        if (kept.map(ExecutionRecord::cancelled).orElse(false)) {
            synchronized (this) {
                state.cancel();
            }
        }
    }

    private void stop(StopOrder stop) {
        try {
            engine.call(
                    Traffic.SUBMIT,
                    Operation.idempotent("jobs.stop", stop.attempt().key().toString()),
                    launcher -> {
                        launcher.stop(
                                stop.attempt(), stop.reason(), spec.container().stopGracePeriod());
                        return true;
                    });
        } catch (PortolanException e) {
            problem(e);
        }
        engine.hint(stop.attempt().key());
    }

    /** Takes views in; returns whether anything changed. */
    boolean observe(List<AttemptStatus> statuses) {
        boolean changed = false;
        Instant now = engine.now();
        synchronized (this) {
            for (AttemptStatus status : statuses) {
                changed |= state.observe(status, now);
            }
        }
        statuses.stream().filter(s -> s.state() == AttemptState.PENDING).forEach(s -> relaunch(s.key()));
        problem(null);
        pump();
        return changed;
    }

    /** Judges what has been gone for too long. Asked for at every look, since an attempt whose id is not known is never described. */
    void judgeGone() {
        synchronized (this) {
            if (lookingForGone || isOver() || !state.hasGoneTooLong(engine.now())) {
                return;
            }
            lookingForGone = true;
        }
        submit(this::lookForGone);
    }

    private void lookForGone() {
        try {
            List<AttemptStatus> known = engine.call(
                    Traffic.STATUS, Operation.idempotent("jobs.list", id().value()), launcher -> launcher.list(id()));
            synchronized (this) {
                state.giveUpGone(known, engine.now());
            }
        } catch (PortolanException e) {
            problem(e);
        } finally {
            synchronized (this) {
                lookingForGone = false;
            }
        }
        pump();
    }

    synchronized List<AttemptRef> describable() {
        return isOver() ? List.of() : state.describable();
    }

    synchronized List<AttemptRef> hinted(Collection<AttemptKey> keys) {
        return isOver() ? List.of() : state.hinted(keys);
    }

    synchronized @Nullable Instant nextDeadline() {
        return state.nextDeadline().orElse(null);
    }

    private synchronized boolean isCancelled() {
        return state.isCancelled();
    }

    @Override
    public synchronized JobStatus status() {
        return state.status();
    }

    @Override
    public void cancel() {
        if (isOver()) {
            return;
        }
        engine.call(Traffic.SUBMIT, Operation.idempotent("jobs.cancel", id().value()), launcher -> {
            launcher.markCancelled(id());
            return true;
        });
        synchronized (this) {
            state.cancel();
        }
        pump();
        engine.wake();
    }

    @Override
    void remove() {
        engine.call(Traffic.SUBMIT, Operation.idempotent("jobs.delete", id().value()), launcher -> {
            launcher.delete(id());
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
                synchronized (TaskExecution.this) {
                    return state.attempts().stream()
                            .map(a -> LogSource.attempt(a.key().index(), a.key().attempt()))
                            .toList();
                }
            }

            @Override
            public boolean isOver() {
                return TaskExecution.this.isOver();
            }

            @Override
            public LogPage read(LogSource source, @Nullable String after, int limit) {
                return support().logs().readTask(execution, source, after, limit);
            }
        };
    }
}
