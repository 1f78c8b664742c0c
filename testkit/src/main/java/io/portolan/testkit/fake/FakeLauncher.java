package io.portolan.testkit.fake;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Single attempts on the fake platform. Strict: what core must not do fails. */
final class FakeLauncher implements TaskLauncher {
    private final FakeConnection connection;
    private final FakePlatform platform;

    FakeLauncher(FakeConnection connection) {
        this.connection = connection;
        this.platform = connection.platform();
    }

    private FakeApplication application() {
        return connection.application();
    }

    @Override
    public ExecutionRecord claim(ExecutionRecord wanted) {
        return connection.call(FakeOperation.CLAIM, () -> {
            synchronized (platform.lock()) {
                return application()
                        .executions()
                        .computeIfAbsent(wanted.id(), id -> new FakeExecution(wanted))
                        .record();
            }
        });
    }

    @Override
    public Optional<ExecutionRecord> find(ExecutionId id) {
        return connection.call(FakeOperation.FIND, () -> execution(id).map(FakeExecution::record));
    }

    @Override
    public List<ExecutionRecord> executions() {
        return connection.call(FakeOperation.EXECUTIONS, () -> {
            synchronized (platform.lock()) {
                return application().executions().values().stream()
                        .map(FakeExecution::record)
                        .sorted(Comparator.comparing(ExecutionRecord::createdAt))
                        .toList();
            }
        });
    }

    @Override
    public void markCancelled(ExecutionId id) {
        connection.run(FakeOperation.MARK_CANCELLED, () -> {
            synchronized (platform.lock()) {
                claimed(id).markCancelled();
            }
        });
    }

    @Override
    public List<AttemptStatus> list(ExecutionId id) {
        return connection.call(FakeOperation.LIST, () -> {
            synchronized (platform.lock()) {
                return execution(id).stream()
                        .flatMap(e -> e.attempts().stream())
                        .map(this::seen)
                        .filter(s -> s.state() != AttemptState.GONE)
                        .toList();
            }
        });
    }

    @Override
    public AttemptStatus launch(AttemptLaunch launch) {
        return connection.call(
                FakeOperation.LAUNCH,
                () -> {
                    synchronized (platform.lock()) {
                        FakeAttempt attempt = create(launch);
                        attempt.launched();
                        if (!attempt.isStarted()) {
                            tasks().start(attempt, launch);
                        }
                        return attempt.status();
                    }
                },
                () -> create(launch).launched());
    }

    /** Takes the identity, or finds that it is taken. */
    private FakeAttempt create(AttemptLaunch launch) {
        synchronized (platform.lock()) {
            FakeApplication told = application();
            FakeExecution execution = claimed(launch.key().execution());
            return execution
                    .attempt(launch.key())
                    .orElseGet(() -> tasks().create(execution, launch, () -> hint(told, launch.key())));
        }
    }

    private FakeTasks tasks() {
        return new FakeTasks(platform, application());
    }

    private void hint(FakeApplication told, AttemptKey key) {
        int times = platform.faults().hints();
        if (times > 0 && told.isWatched()) {
            platform.execute(() -> told.hint(key, times));
        }
    }

    @Override
    public List<AttemptStatus> describe(Collection<AttemptRef> attempts) {
        platform.history().described(attempts.size());
        return connection.call(FakeOperation.DESCRIBE, () -> {
            requireBatch(attempts.size(), describeBatchSize());
            synchronized (platform.lock()) {
                return attempts.stream()
                        .map(ref -> execution(ref.key().execution())
                                .flatMap(e -> e.attempt(ref.key()))
                                .map(this::seen)
                                .orElseGet(() -> gone(ref.key())))
                        .toList();
            }
        });
    }

    private AttemptStatus seen(FakeAttempt attempt) {
        return platform.faults()
                .mask(attempt.key(), attempt.container().createdAt())
                .map(state -> AttemptStatus.builder(attempt.key(), state).build())
                .orElseGet(attempt::status);
    }

    private static AttemptStatus gone(AttemptKey key) {
        return AttemptStatus.builder(key, AttemptState.GONE).build();
    }

    @Override
    public int describeBatchSize() {
        return connection.config().number(FakeProvider.DESCRIBE_BATCH);
    }

    @Override
    public void stop(AttemptRef attempt, StopReason reason, Duration grace) {
        connection.run(FakeOperation.STOP, () -> {
            synchronized (platform.lock()) {
                execution(attempt.key().execution())
                        .flatMap(e -> e.attempt(attempt.key()))
                        .ifPresent(a -> a.stop(reason, grace));
            }
        });
    }

    @Override
    public void delete(ExecutionId id) {
        connection.run(FakeOperation.DELETE, () -> {
            synchronized (platform.lock()) {
                execution(id).ifPresent(FakeLauncher::requireOver);
                application().forget(id);
            }
        });
    }

    @Override
    public Subscription watch(Consumer<AttemptKey> changed) {
        FakeApplication watched = application();
        watched.watch(changed);
        return () -> watched.unwatch(changed);
    }

    static void requireBatch(int size, int most) {
        if (size > most) {
            throw new PortolanException(
                    ErrorCode.INVALID_ARGUMENT, "describe was given " + size + " things but takes at most " + most);
        }
    }

    static void requireOver(FakeExecution execution) {
        if (execution.isActive()) {
            throw new PortolanException(
                    ErrorCode.CONFLICT,
                    "execution '" + execution.record().id() + "' is not over; wait for its end or cancel it");
        }
    }

    private Optional<FakeExecution> execution(ExecutionId id) {
        synchronized (platform.lock()) {
            return Optional.ofNullable(application().executions().get(id));
        }
    }

    private FakeExecution claimed(ExecutionId id) {
        return execution(id)
                .orElseThrow(() -> new PortolanException(
                        ErrorCode.NOT_FOUND, "execution '" + id + "' was not claimed; claim it before anything else"));
    }
}
