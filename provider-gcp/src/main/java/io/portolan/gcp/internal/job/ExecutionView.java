package io.portolan.gcp.internal.job;

import io.portolan.run.AttemptStatus;
import io.portolan.run.TaskStatus;
import io.portolan.run.Timings;
import io.portolan.spi.ManagedStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An execution for who reads its logs.
 *
 * @param job the short name of its job
 * @param execution its short name
 * @param createdAt when it was asked for
 * @param end how it ended; null while it runs
 * @param seenAt when its end was seen first; null while it runs
 */
public record ExecutionView(
        String job,
        String execution,
        Instant createdAt,
        @Nullable ManagedStatus end,
        @Nullable Instant seenAt) {

    /**
     * When the last of it ended.
     *
     * @return empty while it runs; when its end was seen, where the platform gives no time
     */
    public Optional<Instant> endedAt() {
        if (end == null) {
            return Optional.empty();
        }
        return end.tasks().stream()
                .flatMap(task -> task.attempts().stream())
                .flatMap(ExecutionView::finishedAt)
                .max(Comparator.naturalOrder())
                .or(() -> Optional.ofNullable(seenAt));
    }

    /**
     * When an attempt ended.
     *
     * @param index the task
     * @param attempt the attempt
     * @return empty where that is not known
     */
    public Optional<Instant> endedAt(int index, int attempt) {
        if (end == null) {
            return Optional.empty();
        }
        return end.tasks().stream()
                .filter(task -> task.index() == index)
                .map(TaskStatus::attempts)
                .flatMap(attempts -> attempts.stream().filter(a -> a.key().attempt() == attempt))
                .flatMap(ExecutionView::finishedAt)
                .findFirst();
    }

    private static Stream<Instant> finishedAt(AttemptStatus attempt) {
        return Stream.of(attempt.timings()).map(Timings::finishedAt).filter(Objects::nonNull);
    }
}
