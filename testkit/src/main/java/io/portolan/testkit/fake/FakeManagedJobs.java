package io.portolan.testkit.fake;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptState;
import io.portolan.spec.JobSpec;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ManagedJobs;
import io.portolan.spi.ManagedStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whole executions on the fake platform. */
final class FakeManagedJobs implements ManagedJobs {
    private final FakeConnection connection;
    private final FakePlatform platform;

    FakeManagedJobs(FakeConnection connection) {
        this.connection = connection;
        this.platform = connection.platform();
    }

    @Override
    public ManagedStatus start(ExecutionRecord wanted, JobSpec spec) {
        return connection.call(FakeOperation.START, () -> {
            synchronized (platform.lock()) {
                FakeApplication application = connection.application();
                FakeManagedRun known = application.managed().get(wanted.id());
                if (known != null && !known.record().specHash().equals(wanted.specHash())) {
                    throw PortolanException.builder(
                                    ErrorCode.CONFLICT,
                                    "execution '" + wanted.id() + "' was started with another spec; choose another id")
                            .provider(FakeProvider.ID.value())
                            .resource(wanted.id().value())
                            .build();
                }
                return known == null ? started(application, wanted, spec) : known.status();
            }
        });
    }

    private ManagedStatus started(FakeApplication application, ExecutionRecord wanted, JobSpec spec) {
        FakeExecution execution = new FakeExecution(wanted);
        FakeManagedRun run = new FakeManagedRun(platform, execution, spec, new FakeTasks(platform, application));
        application.executions().put(wanted.id(), execution);
        application.managed().put(wanted.id(), run);
        run.drive();
        return run.status();
    }

    @Override
    public Optional<ExecutionRecord> find(ExecutionId id) {
        return connection.call(
                FakeOperation.FIND, () -> run(id).filter(this::isVisible).map(FakeManagedRun::record));
    }

    @Override
    public List<ExecutionRecord> executions() {
        return connection.call(FakeOperation.EXECUTIONS, () -> {
            synchronized (platform.lock()) {
                return connection.application().managed().values().stream()
                        .map(FakeManagedRun::record)
                        .sorted(Comparator.comparing(ExecutionRecord::createdAt))
                        .toList();
            }
        });
    }

    @Override
    public List<ManagedStatus> describe(Collection<ExecutionId> executions) {
        platform.history().described(executions.size());
        return connection.call(FakeOperation.DESCRIBE, () -> {
            FakeLauncher.requireBatch(executions.size(), describeBatchSize());
            synchronized (platform.lock()) {
                return executions.stream()
                        .flatMap(id -> run(id).stream())
                        .filter(this::isVisible)
                        .map(FakeManagedRun::status)
                        .toList();
            }
        });
    }

    /** Hidden executions are those whose first attempt is hidden. */
    private boolean isVisible(FakeManagedRun run) {
        AttemptKey first = new AttemptKey(run.record().id(), run.record().specHash(), 0, 0);
        return platform.faults()
                .mask(first, run.record().createdAt())
                .filter(s -> s == AttemptState.GONE)
                .isEmpty();
    }

    @Override
    public int describeBatchSize() {
        return connection.config().number(FakeProvider.DESCRIBE_BATCH);
    }

    @Override
    public void cancel(ExecutionId id) {
        connection.run(FakeOperation.CANCEL, () -> {
            synchronized (platform.lock()) {
                run(id).ifPresent(FakeManagedRun::cancel);
            }
        });
    }

    @Override
    public void delete(ExecutionId id) {
        connection.run(FakeOperation.DELETE, () -> {
            synchronized (platform.lock()) {
                run(id).ifPresent(r -> FakeLauncher.requireOver(r.execution()));
                connection.application().forget(id);
            }
        });
    }

    private Optional<FakeManagedRun> run(ExecutionId id) {
        synchronized (platform.lock()) {
            return Optional.ofNullable(connection.application().managed().get(id));
        }
    }
}
