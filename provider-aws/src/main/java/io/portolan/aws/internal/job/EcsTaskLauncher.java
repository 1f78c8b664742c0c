package io.portolan.aws.internal.job;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.client.AwsClients;
import io.portolan.aws.internal.definition.TaskDefinitions;
import io.portolan.aws.internal.record.ExecutionRecords;
import io.portolan.aws.internal.record.Fact;
import io.portolan.aws.internal.record.Journal;
import io.portolan.aws.internal.record.StoredRecord;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptStatus;
import io.portolan.run.StopReason;
import io.portolan.spi.AttemptLaunch;
import io.portolan.spi.AttemptRef;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.TaskLauncher;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/** Runs attempts as tasks of Amazon ECS. Their records and their journal are in CloudWatch Logs. Thread-safe. */
public final class EcsTaskLauncher implements TaskLauncher {
    private static final Duration STOP_READ_AGAIN = Duration.ofHours(12);

    private final ExecutionRecords records;
    private final ExecutionBooks books;
    private final EcsTasks tasks;
    private final TaskReader reader;
    private final TaskStarter starter;
    private final Clock clock;

    /**
     * A launcher that has not called AWS yet.
     *
     * @param clients the clients
     * @param calls makes the requests
     * @param definitions registers task definitions
     * @param logGroup makes the log group that definitions name, before they are used
     * @param config the settings
     * @param clock the time
     */
    public EcsTaskLauncher(
            AwsClients clients,
            AwsCalls calls,
            TaskDefinitions definitions,
            Runnable logGroup,
            ProviderConfig config,
            Clock clock) {
        this(clients::ecs, clients::logs, calls, registry(definitions, logGroup), clients::region, config, clock);
    }

    EcsTaskLauncher(
            Supplier<EcsClient> ecs,
            Supplier<CloudWatchLogsClient> logs,
            AwsCalls calls,
            TaskStarter.Definitions definitions,
            Supplier<String> region,
            ProviderConfig config,
            Clock clock) {
        String application = config.application();
        this.clock = clock;
        this.records = new ExecutionRecords(logs, calls, application);
        this.books = new ExecutionBooks(records, new Journal(logs, calls, application, clock), clock);
        this.tasks = new EcsTasks(ecs, calls, config);
        this.reader = new TaskReader(tasks, records, books, application, clock);
        this.starter = new TaskStarter(tasks, reader, books, definitions, config, region, clock);
    }

    private static TaskStarter.Definitions registry(TaskDefinitions definitions, Runnable logGroup) {
        return new TaskStarter.Definitions() {
            @Override
            public String arnOf(RegisterTaskDefinitionRequest request) {
                logGroup.run();
                return definitions.arnOf(request);
            }

            @Override
            public void forget(String arn) {
                definitions.forget(arn);
            }
        };
    }

    @Override
    public ExecutionRecord claim(ExecutionRecord wanted) {
        return opened(records.claim(wanted));
    }

    @Override
    public Optional<ExecutionRecord> find(ExecutionId id) {
        return records.find(id).map(this::opened);
    }

    private ExecutionRecord opened(StoredRecord stored) {
        books.open(stored);
        return stored.record();
    }

    @Override
    public List<ExecutionRecord> executions() {
        return records.all().stream().map(StoredRecord::record).toList();
    }

    @Override
    public List<ExecutionId> executionIds() {
        return records.ids();
    }

    /** The records as they are kept. */
    List<StoredRecord> stored() {
        return records.all();
    }

    @Override
    public void markCancelled(ExecutionId id) {
        records.markCancelled(id, clock.instant());
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
        return EcsTasks.BATCH;
    }

    /**
     * The task of an attempt, for whoever reads its logs.
     *
     * @param id the execution
     * @param index the task
     * @param attempt the try
     * @return its ARN; empty if it was not launched or nobody noted it
     */
    public Optional<String> taskArn(ExecutionId id, int index, int attempt) {
        Optional<String> known = knownArn(id, index, attempt);
        if (known.isPresent()) {
            return known;
        }
        // Listing reads the journal, and fills the book with what it finds.
        reader.list(id);
        return knownArn(id, index, attempt);
    }

    /**
     * The record of a claimed execution, mostly without a request.
     *
     * @param id the execution
     * @return the record
     */
    public ExecutionRecord record(ExecutionId id) {
        return books.of(id).record();
    }

    /**
     * How an attempt ended, as far as this connection saw it or the journal says.
     *
     * @param id the execution
     * @param index the task
     * @param attempt the try
     * @return empty while it runs, or if nobody saw its end
     */
    public Optional<AttemptStatus> end(ExecutionId id, int index, int attempt) {
        ExecutionBook book = books.of(id);
        return Optional.ofNullable(book.page(book.key(index, attempt)).ended());
    }

    private Optional<String> knownArn(ExecutionId id, int index, int attempt) {
        try {
            ExecutionBook book = books.of(id);
            return Optional.ofNullable(book.page(book.key(index, attempt)).arn());
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** ECS takes the time between request and kill from the task definition, which has the spec's. */
    @Override
    public void stop(AttemptRef attempt, StopReason reason, Duration grace) {
        AttemptKey key = attempt.key();
        ExecutionBook book = books.of(key.execution(), STOP_READ_AGAIN);
        StopReason first = book.page(key).stopReason();
        if (first == null) {
            books.write(key.execution(), new Fact.Stop(key.index(), key.attempt(), clock.instant(), reason));
            book.stopping(key, reason);
        }
        String arn = book.page(key).arn();
        if (arn == null && attempt.nativeId().startsWith("arn:")) {
            arn = attempt.nativeId();
        }
        if (arn != null) {
            tasks.stop(arn, StopText.of(first == null ? reason : first));
        }
    }

    @Override
    public void delete(ExecutionId id) {
        records.find(id).ifPresent(stored -> {
            for (Task task : reader.tasks(stored)) {
                if (!"STOPPED".equals(task.desiredStatus())) {
                    tasks.stop(task.taskArn(), StopText.of(StopReason.CANCELLED));
                }
            }
        });
        records.delete(id);
        books.close(id);
    }
}
