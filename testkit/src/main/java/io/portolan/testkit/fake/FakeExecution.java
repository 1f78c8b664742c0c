package io.portolan.testkit.fake;

import io.portolan.id.AttemptKey;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.spec.JobSpec;
import io.portolan.spi.ExecutionRecord;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One execution with its attempts. Guarded by the lock of the platform. */
final class FakeExecution {
    private final Map<AttemptKey, FakeAttempt> attempts = new LinkedHashMap<>();
    private ExecutionRecord record;
    private @Nullable JobSpec spec;
    private int maxRunning;

    FakeExecution(ExecutionRecord record) {
        this.record = record;
    }

    ExecutionRecord record() {
        return record;
    }

    void markCancelled() {
        record = new ExecutionRecord(
                record.id(), record.job(), record.specHash(), record.tasks(), record.spec(), record.createdAt(), true);
    }

    void add(FakeAttempt attempt, JobSpec of) {
        attempts.put(attempt.key(), attempt);
        spec = of;
    }

    Optional<FakeAttempt> attempt(AttemptKey key) {
        return Optional.ofNullable(attempts.get(key));
    }

    Collection<FakeAttempt> attempts() {
        return attempts.values();
    }

    /** Called after each change of an attempt. */
    void measure() {
        maxRunning = Math.max(maxRunning, (int)
                attempts.values().stream().filter(FakeAttempt::isActive).count());
    }

    int maxRunning() {
        return maxRunning;
    }

    boolean isActive() {
        return attempts.values().stream().anyMatch(FakeAttempt::isActive);
    }

    /** Whether nothing runs and nothing is left to run. */
    boolean isOver() {
        return !isActive()
                && (record.cancelled() || IntStream.range(0, record.tasks()).allMatch(this::isTaskOver));
    }

    private boolean isTaskOver(int index) {
        Optional<AttemptStatus> last = attempts.values().stream()
                .filter(a -> a.key().index() == index)
                .max(Comparator.comparingInt(a -> a.key().attempt()))
                .map(FakeAttempt::status);
        int retries = spec == null ? 0 : spec.maxRetries();
        return last.isPresent()
                && last.get().state() == AttemptState.ENDED
                && (last.get().isSuccess()
                        || last.get().key().attempt() >= retries
                        || last.get().failure().filter(f -> !f.isRetryable()).isPresent());
    }
}
