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
                            start(attempt, launch);
                        }
                        return attempt.status();
                    }
                },
                () -> create(launch).launched());
    }

    /** Takes the identity, or finds that it is taken. */
    private FakeAttempt create(AttemptLaunch launch) {
        synchronized (platform.lock()) {
            FakeExecution execution = claimed(launch.key().execution());
            return execution.attempt(launch.key()).orElseGet(() -> {
                FakeContainer.Parts parts = new FakeAssembly(platform, application())
                        .parts(launch.spec().container(), launch.environment(), platform.newId("task"));
                FakeApplication told = application();
                FakeContainer container = new FakeContainer(platform, parts, () -> {
                    execution.measure();
                    hint(told, launch.key());
                });
                FakeAttempt attempt = new FakeAttempt(launch.key(), container);
                execution.add(attempt, launch.spec());
                return attempt;
            });
        }
    }

    private void start(FakeAttempt attempt, AttemptLaunch launch) {
        new FakeAssembly(platform, application())
                .obstacle(launch.spec().container())
                .ifPresentOrElse(
                        attempt::refuse,
                        () -> attempt.start(
                                platform.programOf(launch.spec().container().image())));
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
            if (attempts.size() > describeBatchSize()) {
                throw new PortolanException(
                        ErrorCode.INVALID_ARGUMENT,
                        "describe was given " + attempts.size() + " attempts but takes at most " + describeBatchSize());
            }
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
                if (execution(id).filter(FakeExecution::isActive).isPresent()) {
                    throw new PortolanException(
                            ErrorCode.CONFLICT, "execution '" + id + "' is not over; wait for its end or cancel it");
                }
                application().executions().remove(id);
            }
        });
    }

    @Override
    public Subscription watch(Consumer<AttemptKey> changed) {
        FakeApplication watched = application();
        watched.watch(changed);
        return () -> watched.unwatch(changed);
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
