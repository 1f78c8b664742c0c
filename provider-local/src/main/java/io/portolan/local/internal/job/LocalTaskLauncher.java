package io.portolan.local.internal.job;

import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.local.internal.concurrent.Concurrently;
import io.portolan.local.internal.container.ApplicationNetwork;
import io.portolan.local.internal.container.Containers;
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
import java.util.function.Consumer;

/** Runs attempts as containers of a Docker engine. Thread-safe. */
public final class LocalTaskLauncher implements TaskLauncher, AutoCloseable {
    /** Ids of a batch go into one request line; 500 of them are 34 kB, of the 1 MB that the engine takes. */
    private static final int BATCH = 500;

    private final AttemptReader reader;
    private final AttemptStarter starter;
    private final AttemptStopper stopper;
    private final AttemptEvents events;
    private final ExecutionRecords records;
    private final ExecutionRemover remover;

    /**
     * A launcher that has not called the engine yet.
     *
     * @param engine the engine
     * @param config the settings
     * @param context clock and threads
     */
    public LocalTaskLauncher(DockerEngine engine, ProviderConfig config, DriverContext context) {
        String application = config.application();
        AttemptContainers containers = new AttemptContainers(engine, application);
        this.stopper = new AttemptStopper(engine, containers, context.threads());
        this.reader = new AttemptReader(containers, new StderrTail(engine)::lastLine, stopper::goOn);
        this.starter = new AttemptStarter(
                application,
                reader,
                new Containers(engine, config),
                new ApplicationNetwork(engine, application),
                config.duration(JobKeys.ADOPT_AFTER));
        this.events = new AttemptEvents(engine, application, reader::died);
        this.records = new ExecutionRecords(engine, application, containers);
        this.remover =
                new ExecutionRemover(engine, application, containers, records, new Concurrently(context.threads()));
    }

    @Override
    public ExecutionRecord claim(ExecutionRecord wanted) {
        return records.claim(wanted);
    }

    @Override
    public Optional<ExecutionRecord> find(ExecutionId id) {
        return records.find(id);
    }

    @Override
    public List<ExecutionRecord> executions() {
        return records.all();
    }

    @Override
    public void markCancelled(ExecutionId id) {
        records.markCancelled(id);
    }

    @Override
    public List<AttemptStatus> list(ExecutionId id) {
        return reader.list(id);
    }

    @Override
    public AttemptStatus launch(AttemptLaunch launch) {
        return starter.launch(launch);
    }

    @Override
    public List<AttemptStatus> describe(Collection<AttemptRef> attempts) {
        return attempts.isEmpty() ? List.of() : reader.describe(attempts);
    }

    @Override
    public int describeBatchSize() {
        return BATCH;
    }

    @Override
    public void stop(AttemptRef attempt, StopReason reason, Duration grace) {
        stopper.stop(attempt, reason, grace);
    }

    @Override
    public void delete(ExecutionId id) {
        remover.delete(id);
    }

    @Override
    public Subscription watch(Consumer<AttemptKey> changed) {
        return events.watch(changed);
    }

    @Override
    public void close() {
        events.close();
        stopper.close();
    }
}
