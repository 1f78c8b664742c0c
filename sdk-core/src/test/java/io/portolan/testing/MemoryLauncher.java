package io.portolan.testing;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.StopReason;
import io.portolan.spi.AttemptLaunch;
import io.portolan.spi.AttemptRef;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.TaskLauncher;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A platform in memory that ends attempts when a test says so. */
public final class MemoryLauncher implements TaskLauncher {
    public final Map<AttemptKey, AttemptStatus> attempts = new ConcurrentHashMap<>();
    public final Map<ExecutionId, ExecutionRecord> records = new ConcurrentHashMap<>();
    public final List<AttemptKey> starts = new CopyOnWriteArrayList<>();
    public final AtomicInteger describes = new AtomicInteger();
    public volatile Function<AttemptKey, Integer> exitAtOnce = key -> -1;
    public volatile Supplier<RuntimeException> launchFault = () -> null;
    private final List<Consumer<AttemptKey>> watchers = new CopyOnWriteArrayList<>();

    @Override
    public ExecutionRecord claim(ExecutionRecord wanted) {
        ExecutionRecord kept = records.putIfAbsent(wanted.id(), wanted);
        return kept == null ? wanted : kept;
    }

    @Override
    public Optional<ExecutionRecord> find(ExecutionId id) {
        return Optional.ofNullable(records.get(id));
    }

    @Override
    public List<ExecutionRecord> executions() {
        return List.copyOf(records.values());
    }

    @Override
    public void markCancelled(ExecutionId id) {
        records.computeIfPresent(
                id,
                (same, r) ->
                        new ExecutionRecord(r.id(), r.job(), r.specHash(), r.tasks(), r.spec(), r.createdAt(), true));
    }

    @Override
    public List<AttemptStatus> list(ExecutionId id) {
        return attempts.values().stream()
                .filter(a -> a.key().execution().equals(id))
                .toList();
    }

    @Override
    public AttemptStatus launch(AttemptLaunch launch) {
        AttemptStatus status = attempts.computeIfAbsent(launch.key(), key -> {
            starts.add(key);
            return AttemptStatus.builder(key, AttemptState.RUNNING)
                    .nativeId("n-" + key)
                    .build();
        });
        RuntimeException fault = launchFault.get();
        if (fault != null) {
            throw fault;
        }
        int code = exitAtOnce.apply(launch.key());
        if (code >= 0) {
            exit(launch.key(), code);
        }
        return status;
    }

    /** Ends an attempt, and hints at it. */
    public void exit(AttemptKey key, int code) {
        attempts.computeIfPresent(
                key,
                (k, a) -> a.state() == AttemptState.ENDED
                        ? a
                        : AttemptStatus.builder(k, AttemptState.ENDED)
                                .nativeId("n-" + k)
                                .exitCode(code)
                                .stopReason(a.stopReason().orElse(null))
                                .build());
        watchers.forEach(w -> w.accept(key));
    }

    @Override
    public List<AttemptStatus> describe(Collection<AttemptRef> refs) {
        describes.incrementAndGet();
        return refs.stream()
                .map(ref -> attempts.getOrDefault(
                        ref.key(),
                        AttemptStatus.builder(ref.key(), AttemptState.GONE).build()))
                .toList();
    }

    @Override
    public int describeBatchSize() {
        return 100;
    }

    @Override
    public void stop(AttemptRef attempt, StopReason reason, Duration grace) {
        attempts.computeIfPresent(
                attempt.key(), (k, a) -> a.toBuilder().stopReason(reason).build());
        exit(attempt.key(), 143);
    }

    @Override
    public void delete(ExecutionId id) {
        records.remove(id);
        attempts.keySet().removeIf(key -> key.execution().equals(id));
    }

    @Override
    public Subscription watch(Consumer<AttemptKey> changed) {
        watchers.add(changed);
        return () -> watchers.remove(changed);
    }
}
