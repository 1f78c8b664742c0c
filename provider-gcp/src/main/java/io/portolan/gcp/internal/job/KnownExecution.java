package io.portolan.gcp.internal.job;

import com.google.cloud.run.v2.Execution;
import com.google.cloud.run.v2.Task;
import com.google.cloud.run.v2.TaskAttemptResult;
import com.google.rpc.Code;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ManagedStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was seen of one execution: its tasks are asked for only when its counts say that something changed. Thread-safe. */
final class KnownExecution {
    private static final int ONE_PAGE = 100;

    /** Tasks that are read again within a second while they run; more of them are read less often. */
    private static final int TASKS_A_SECOND = 100;

    private static final Duration ASK = Duration.ofSeconds(2);

    private final ExecutionName name;
    private final ExecutionRecord record;
    private final Map<Integer, Map<Integer, TaskAttemptResult>> results = new HashMap<>();
    private List<Task> tasks = List.of();
    private @Nullable Counts counts;
    private @Nullable Instant readAt;
    private @Nullable Instant goneSince;
    private @Nullable ManagedStatus end;
    private @Nullable Instant endSeenAt;
    private @Nullable Instant askedAt;

    private record Counts(int running, int succeeded, int failed, int cancelled, int retried, boolean over) {
        static Counts of(Execution execution) {
            return new Counts(
                    execution.getRunningCount(),
                    execution.getSucceededCount(),
                    execution.getFailedCount(),
                    execution.getCancelledCount(),
                    execution.getRetriedCount(),
                    ExecutionMapper.isOver(execution));
        }
    }

    KnownExecution(ExecutionName name, ExecutionRecord record) {
        this.name = name;
        this.record = record;
    }

    ExecutionName name() {
        return name;
    }

    ExecutionRecord record() {
        return record;
    }

    /** How it ended; null if it was not seen to. */
    synchronized @Nullable ManagedStatus end() {
        return end;
    }

    /** What log readers want to know of it. */
    synchronized ExecutionView view() {
        return new ExecutionView(name.shortJob(), name.shortName(), record.createdAt(), end, endSeenAt);
    }

    /** Whether log readers may ask the platform for its end: now and then, since they ask for every page. */
    synchronized boolean isTimeToAsk(Instant now) {
        boolean isTime = end == null && (askedAt == null || !now.isBefore(askedAt.plus(ASK)));
        if (isTime) {
            askedAt = now;
        }
        return isTime;
    }

    /** The status, with fresh tasks if need be. */
    synchronized ManagedStatus status(Execution execution, Supplier<List<Task>> read, Clock clock) {
        goneSince = null;
        if (end != null) {
            return end;
        }
        Instant now = clock.instant();
        Counts current = Counts.of(execution);
        askedAt = now;
        if (isToRead(execution, current, now)) {
            tasks = List.copyOf(read.get());
            tasks.forEach(this::remember);
            counts = current;
            readAt = now;
        }
        ManagedStatus status = ExecutionMapper.of(record, execution, tasks, results);
        if (status.phase().isTerminal()) {
            end = status;
            endSeenAt = now;
            tasks = List.of();
            results.clear();
        }
        return status;
    }

    private boolean isToRead(Execution execution, Counts current, Instant now) {
        if (current.over()) {
            return true;
        }
        int number = record.tasks();
        boolean isDue = readAt == null || !now.isBefore(readAt.plus(Duration.ofSeconds(number / TASKS_A_SECOND)));
        boolean mayRetry = execution.getTemplate().getMaxRetries() > 0 && number <= ONE_PAGE;
        return isDue && (mayRetry || !current.equals(counts) || current.running() != running());
    }

    /** Tasks are counted as running before they say since when. */
    private long running() {
        return tasks.stream()
                .filter(task -> task.hasStartTime() && !TaskMapper.isOver(task))
                .count();
    }

    /** A result that is there while the task goes on is that of the attempt before. */
    private void remember(Task task) {
        TaskAttemptResult result = task.getLastAttemptResult();
        boolean says = result.getStatus().getCode() != Code.OK_VALUE
                || result.getExitCode() != 0
                || result.getTermSignal() != 0;
        if (says && !TaskMapper.isOver(task)) {
            results.computeIfAbsent(task.getIndex(), index -> new HashMap<>())
                    .putIfAbsent(Math.max(0, task.getRetried() - 1), result);
        }
    }

    /** Notes that it was not there; returns since when. */
    synchronized Instant gone(Instant now) {
        if (goneSince == null) {
            goneSince = now;
        }
        return goneSince;
    }
}
