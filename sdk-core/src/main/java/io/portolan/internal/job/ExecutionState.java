package io.portolan.internal.job;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.JobResult;
import io.portolan.run.JobStatus;
import io.portolan.run.Phase;
import io.portolan.run.StopReason;
import io.portolan.run.TaskStatus;
import io.portolan.spec.JobSpec;
import io.portolan.spi.AttemptRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one execution knows and what it wants done next. Pure: time comes in, decisions come out; every step costs O(log tasks). Not
 * thread-safe: its owner locks.
 *
 * <p>Invariants: at most {@code parallelism} attempts are active; at most one attempt of a task is active; a task's verdict never changes;
 * an attempt is launched again only under its own key.
 */
final class ExecutionState {
    /** An attempt to stop, and why. */
    record StopOrder(AttemptRef attempt, StopReason reason) {}

    /** An attempt that takes a place. */
    private static final class Active {
        private final AttemptKey key;
        private boolean launching = true;
        private boolean hinted;
        private @Nullable String nativeId;
        private @Nullable Instant runningSince;
        private @Nullable Instant goneSince;
        private @Nullable StopReason stopReason;
        private @Nullable Instant stopAskedAt;

        private Active(AttemptKey key) {
            this.key = key;
        }
    }

    private final ExecutionId id;
    private final String specHash;
    private final JobSpec spec;
    private final Duration goneGrace;
    private final TaskProgress[] tasks;
    private final TreeSet<Integer> waiting = new TreeSet<>();
    private final Map<AttemptKey, Active> active = new LinkedHashMap<>();
    private boolean cancelled;
    private int ended;

    ExecutionState(ExecutionId id, String specHash, JobSpec spec, Duration goneGrace) {
        this.id = id;
        this.specHash = specHash;
        this.spec = spec;
        this.goneGrace = goneGrace;
        this.tasks = new TaskProgress[spec.tasks()];
        for (int i = 0; i < tasks.length; i++) {
            tasks[i] = new TaskProgress(i);
            waiting.add(i);
        }
    }

    /** The next attempts to launch, lowest index first. Each is counted as active from now on. */
    List<AttemptKey> takeLaunches() {
        List<AttemptKey> launches = new ArrayList<>();
        while (!cancelled && active.size() < spec.parallelism() && !waiting.isEmpty()) {
            TaskProgress task = tasks[waiting.pollFirst()];
            AttemptKey key = new AttemptKey(id, specHash, task.index, task.nextAttempt());
            active.put(key, new Active(key));
            task.running(AttemptState.STARTING);
            launches.add(key);
        }
        return launches;
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** An attempt whose identity was taken but that nobody started, to be launched under its own key; empty if one is under way. */
    Optional<AttemptKey> takeRelaunch(AttemptKey key) {
        Active known = active.get(key);
        if (known == null || known.launching) {
            return Optional.empty();
        }
        known.launching = true;
        return Optional.of(key);
    }

    /** The launch was decided but not carried out, because the user cancelled in between. */
    void withdraw(AttemptKey key) {
        if (active.remove(key) != null) {
            tasks[key.index()].queue();
            waiting.add(key.index());
        }
    }

    /** The launch call answered. Returns whether the platform hinted at the attempt meanwhile, so that the answer may be old. */
    boolean launched(AttemptStatus status, Instant now) {
        Active known = active.get(status.key());
        boolean hinted = known != null && known.hinted;
        if (known != null) {
            known.launching = false;
            known.hinted = false;
        }
        observe(status, now);
        return hinted;
    }

    /** What to describe of what the platform hints at. A hint during a launch is kept until the launch answers. */
    List<AttemptRef> hinted(Collection<AttemptKey> keys) {
        List<AttemptRef> refs = new ArrayList<>();
        for (AttemptKey key : keys) {
            Active known = active.get(key);
            if (known == null) {
                continue;
            }
            if (known.launching) {
                known.hinted = true;
            } else if (known.nativeId != null) {
                refs.add(new AttemptRef(key, known.nativeId));
            }
        }
        return refs;
    }

    /** Takes a view of one attempt in. Returns whether anything changed. */
    boolean observe(AttemptStatus status, Instant now) {
        TaskProgress task = tasks[status.key().index()];
        if (task.phase().isTerminal()) {
            return false;
        }
        Active known = active.get(status.key());
        if (known == null) {
            if (!task.isLatest(status)) {
                task.put(status);
                return false;
            }
            known = adopt(task, status);
        }
        // Whatever the view is worth: without the id, nobody would ever look at the attempt again.
        known.nativeId = status.nativeId().orElse(known.nativeId);
        return switch (status.state()) {
            case GONE -> gone(known, now);
            case UNKNOWN -> false;
            case ENDED -> ended(task, status);
            case PENDING, STARTING, RUNNING, STOPPING -> progressed(task, known, status, now);
        };
    }

    private Active adopt(TaskProgress task, AttemptStatus status) {
        waiting.remove(task.index);
        active.values().removeIf(a -> a.key.index() == task.index);
        Active adopted = new Active(status.key());
        adopted.launching = false;
        active.put(status.key(), adopted);
        return adopted;
    }

    private boolean progressed(TaskProgress task, Active known, AttemptStatus status, Instant now) {
        known.goneSince = null;
        if (status.state() == AttemptState.RUNNING && known.runningSince == null) {
            Instant started = status.timings().startedAt();
            known.runningSince = started == null ? now : started;
        }
        StopReason reason = status.stopReason().orElse(null);
        if (reason != null && known.stopReason == null) {
            known.stopReason = reason;
            cancelled |= reason == StopReason.CANCELLED;
        }
        Phase before = task.phase();
        task.put(status);
        task.running(status.state());
        return task.phase() != before;
    }

    /** Not known to the platform: a verdict only when that lasts, since a fresh attempt may not be visible yet. */
    private static boolean gone(Active known, Instant now) {
        if (known.launching) {
            return false;
        }
        if (known.goneSince == null) {
            known.goneSince = now;
        }
        return false;
    }

    /** Attempts that are gone for longer than the grace window: to be looked for in a second source, then given up. */
    boolean hasGoneTooLong(Instant now) {
        return active.values().stream().anyMatch(a -> isGoneTooLong(a, now));
    }

    private boolean isGoneTooLong(Active attempt, Instant now) {
        return attempt.goneSince != null && !now.isBefore(attempt.goneSince.plus(goneGrace));
    }

    /** The second source does not know these either. */
    void giveUpGone(List<AttemptStatus> secondSource, Instant now) {
        secondSource.stream().filter(s -> s.state() != AttemptState.GONE).forEach(s -> observe(s, now));
        for (Active lost : List.copyOf(active.values())) {
            if (isGoneTooLong(lost, now)) {
                ended(
                        tasks[lost.key.index()],
                        AttemptStatus.builder(lost.key, AttemptState.ENDED)
                                .nativeId(lost.nativeId)
                                .failure(TaskProgress.gone("attempt"))
                                .build());
            }
        }
    }

    private boolean ended(TaskProgress task, AttemptStatus status) {
        AttemptStatus verdict = task.put(TaskProgress.explained(status));
        active.remove(status.key());
        if (verdict.isSuccess()) {
            finish(task, Phase.SUCCEEDED);
            return true;
        }
        StopReason reason = verdict.stopReason().orElse(null);
        if (reason == StopReason.CANCELLED) {
            cancelled = true;
            finish(task, Phase.CANCELLED);
            return true;
        }
        boolean retry = verdict.failure().map(Failure::isRetryable).orElse(false)
                && verdict.key().attempt() < spec.maxRetries();
        if (retry && !cancelled) {
            task.queue();
            waiting.add(task.index);
        } else if (retry) {
            finish(task, Phase.CANCELLED);
        } else {
            finish(task, reason == StopReason.TIMEOUT ? Phase.TIMED_OUT : Phase.FAILED);
        }
        return true;
    }

    private void finish(TaskProgress task, Phase phase) {
        task.end(phase);
        ended++;
    }

    /** The user cancelled: nothing is launched any more. Attempts whose launch is under way are stopped once they are known. */
    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Attempts to stop now. Each is named again after {@code repeatAfter} while it has not ended, so that a lost stop is repaired. */
    List<StopOrder> takeStops(Instant now, Duration repeatAfter) {
        List<StopOrder> stops = new ArrayList<>();
        for (Active attempt : active.values()) {
            String nativeId = attempt.nativeId;
            if (attempt.launching || nativeId == null) {
                continue;
            }
            StopReason reason = attempt.stopReason != null ? attempt.stopReason : dueReason(attempt, now);
            boolean due = attempt.stopAskedAt == null || !now.isBefore(attempt.stopAskedAt.plus(repeatAfter));
            if (reason != null && due) {
                attempt.stopReason = reason;
                attempt.stopAskedAt = now;
                stops.add(new StopOrder(new AttemptRef(attempt.key, nativeId), reason));
            }
        }
        return stops;
    }

    private @Nullable StopReason dueReason(Active attempt, Instant now) {
        if (cancelled) {
            return StopReason.CANCELLED;
        }
        Instant deadline = deadline(attempt);
        return deadline != null && !now.isBefore(deadline) ? StopReason.TIMEOUT : null;
    }

    private @Nullable Instant deadline(Active attempt) {
        Duration timeout = spec.timeout().orElse(null);
        return timeout == null || attempt.runningSince == null ? null : attempt.runningSince.plus(timeout);
    }

    /** When something is due without any news: a timeout. */
    Optional<Instant> nextDeadline() {
        if (spec.timeout().isEmpty()) {
            return Optional.empty();
        }
        return active.values().stream()
                .filter(a -> a.stopReason == null)
                .map(this::deadline)
                .filter(java.util.Objects::nonNull)
                .min(Instant::compareTo);
    }

    /** What a describe should look at. */
    List<AttemptRef> describable() {
        List<AttemptRef> refs = new ArrayList<>(active.size());
        for (Active attempt : active.values()) {
            if (!attempt.launching && attempt.nativeId != null) {
                refs.add(new AttemptRef(attempt.key, attempt.nativeId));
            }
        }
        return refs;
    }

    /** The end, once there is nothing left to run. */
    Optional<JobResult> result() {
        if (cancelled && active.isEmpty()) {
            waiting.forEach(index -> finish(tasks[index], Phase.CANCELLED));
            waiting.clear();
        }
        if (ended < tasks.length) {
            return Optional.empty();
        }
        List<TaskStatus> statuses = statuses();
        return Optional.of(new JobResult(id, phase(statuses), statuses));
    }

    /** How an execution ended whose tasks are all over. */
    static Phase phase(List<TaskStatus> statuses) {
        boolean allSucceeded = true;
        boolean anyCancelled = false;
        boolean anyFailed = false;
        for (TaskStatus task : statuses) {
            allSucceeded &= task.phase() == Phase.SUCCEEDED;
            anyCancelled |= task.phase() == Phase.CANCELLED;
            anyFailed |= task.phase() == Phase.FAILED;
        }
        if (allSucceeded) {
            return Phase.SUCCEEDED;
        }
        return anyCancelled ? Phase.CANCELLED : anyFailed ? Phase.FAILED : Phase.TIMED_OUT;
    }

    JobStatus status() {
        List<TaskStatus> statuses = statuses();
        Phase phase;
        if (ended == tasks.length) {
            phase = phase(statuses);
        } else if (cancelled) {
            phase = Phase.STOPPING;
        } else if (statuses.stream().anyMatch(ExecutionState::hasBegun)) {
            phase = Phase.RUNNING;
        } else {
            phase = active.isEmpty() ? Phase.QUEUED : Phase.STARTING;
        }
        return new JobStatus(id, phase, statuses);
    }

    /** A task whose process ends by itself is stopping for a while on some platforms; the execution goes on. */
    private static boolean hasBegun(TaskStatus task) {
        return task.phase() == Phase.RUNNING
                || task.phase() == Phase.STOPPING
                || task.phase().isTerminal();
    }

    private List<TaskStatus> statuses() {
        List<TaskStatus> statuses = new ArrayList<>(tasks.length);
        for (TaskProgress task : tasks) {
            statuses.add(task.status());
        }
        return statuses;
    }

    /** Every attempt that may have written logs. */
    List<AttemptStatus> attempts() {
        List<AttemptStatus> attempts = new ArrayList<>();
        for (TaskProgress task : tasks) {
            attempts.addAll(task.attempts());
        }
        return attempts;
    }
}
