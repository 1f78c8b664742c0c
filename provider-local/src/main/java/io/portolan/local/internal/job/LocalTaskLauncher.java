package io.portolan.local.internal.job;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.run.AttemptStatus;
import io.portolan.run.StopReason;
import io.portolan.spi.AttemptLaunch;
import io.portolan.spi.AttemptRef;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.TaskLauncher;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Runs attempts as containers. */
public final class LocalTaskLauncher implements TaskLauncher, AutoCloseable {
    private final DockerEngine engine;

    /** A launcher. */
    public LocalTaskLauncher(DockerEngine engine, ProviderConfig config, DriverContext context) {
        this.engine = engine;
    }

    @Override
    public ExecutionRecord claim(ExecutionRecord wanted) {
        throw unsupported();
    }

    @Override
    public Optional<ExecutionRecord> find(ExecutionId id) {
        throw unsupported();
    }

    @Override
    public List<ExecutionRecord> executions() {
        throw unsupported();
    }

    @Override
    public void markCancelled(ExecutionId id) {
        throw unsupported();
    }

    @Override
    public List<AttemptStatus> list(ExecutionId id) {
        throw unsupported();
    }

    @Override
    public AttemptStatus launch(AttemptLaunch launch) {
        throw unsupported();
    }

    @Override
    public List<AttemptStatus> describe(Collection<AttemptRef> attempts) {
        throw unsupported();
    }

    @Override
    public int describeBatchSize() {
        return 500;
    }

    @Override
    public void stop(AttemptRef attempt, StopReason reason, Duration grace) {
        throw unsupported();
    }

    @Override
    public void delete(ExecutionId id) {
        throw unsupported();
    }

    @Override
    public void close() {}

    private PortolanException unsupported() {
        return new PortolanException(ErrorCode.UNSUPPORTED, "Jobs are not there yet on " + engine);
    }
}
