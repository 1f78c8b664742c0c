package io.portolan.aws.internal.job;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.client.AwsClients;
import io.portolan.aws.internal.definition.Labels;
import io.portolan.aws.internal.record.StoredRecord;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptStatus;
import io.portolan.run.OwnedResource;
import io.portolan.run.PruneReport;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.ProviderConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;

/** What jobs of an application have at AWS, and what of it can go. Thread-safe. */
public final class JobObjects {
    /** A kind of object: the record of an execution, with its journal. */
    public static final String EXECUTION = "execution";
    /** A kind of object: an attempt that runs. */
    public static final String TASK = "task";
    /** A kind of object: a revision of a family. */
    public static final String DEFINITION = "task-definition";

    /** A revision may be the one that somebody registered a moment ago and launches next. */
    private static final Duration NEW = Duration.ofHours(1);

    private final String application;
    private final EcsTaskLauncher launcher;
    private final JobDefinitions definitions;
    private final EcsTasks tasks;
    private final Clock clock;

    /**
     * What the jobs have.
     *
     * @param launcher knows the executions
     * @param clients the clients
     * @param calls makes the requests
     * @param config the settings
     * @param clock the time
     */
    public JobObjects(
            EcsTaskLauncher launcher, AwsClients clients, AwsCalls calls, ProviderConfig config, Clock clock) {
        this(launcher, clients::ecs, calls, config, clock);
    }

    JobObjects(EcsTaskLauncher launcher, Supplier<EcsClient> ecs, AwsCalls calls, ProviderConfig config, Clock clock) {
        this.application = config.application();
        this.launcher = launcher;
        this.definitions = new JobDefinitions(ecs, calls, config.application());
        this.tasks = new EcsTasks(ecs, calls, config);
        this.clock = clock;
    }

    /**
     * Records of executions, and their attempts that run. Makes two or three requests for each execution.
     *
     * @return oldest first, each record before its tasks
     */
    public List<OwnedResource> list() {
        List<OwnedResource> all = new ArrayList<>();
        for (StoredRecord stored : launcher.stored()) {
            all.add(resource(stored));
            launcher.list(stored.record().id()).stream()
                    .filter(attempt -> attempt.state().isActive())
                    .filter(attempt -> attempt.timings().createdAt() != null)
                    .map(attempt -> resource(stored, attempt))
                    .forEach(all::add);
        }
        return List.copyOf(all);
    }

    /**
     * Removes the records of executions that are over, and revisions of task definitions that newer ones replaced and that nothing runs.
     *
     * @param dryRun true to report only what would be removed
     * @return what was removed
     */
    public PruneReport prune(boolean dryRun) {
        List<OwnedResource> removed = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (StoredRecord stored : launcher.stored()) {
            ExecutionRecord execution = stored.record();
            attempt("execution '" + execution.id() + "'", failed, () -> {
                if (Finished.isFinished(execution, launcher.list(execution.id()), clock.instant())) {
                    delete(execution.id(), dryRun);
                    removed.add(resource(stored));
                }
            });
        }
        attempt("task definitions", failed, () -> deregisterUnused(dryRun, removed, failed));
        return new PruneReport(removed, failed);
    }

    private void delete(ExecutionId id, boolean dryRun) {
        if (!dryRun) {
            launcher.delete(id);
        }
    }

    /** Leaves the newest revision, every family of which a task runs, and what is not labelled as this application's. */
    private void deregisterUnused(boolean dryRun, List<OwnedResource> removed, List<String> failed) {
        for (String family : definitions.families()) {
            List<String> superseded = definitions.superseded(family);
            if (superseded.isEmpty() || !tasks.ofFamily(family).isEmpty()) {
                continue;
            }
            for (String arn : superseded) {
                attempt("task definition '" + arn + "'", failed, () -> {
                    DescribeTaskDefinitionResponse definition = definitions.describe(arn);
                    Map<String, String> labels = definitions.labels(definition);
                    Instant registered = Objects.requireNonNullElse(
                            definition.taskDefinition().registeredAt(), Instant.EPOCH);
                    if (labels.isEmpty() || registered.plus(NEW).isAfter(clock.instant())) {
                        return;
                    }
                    if (!dryRun) {
                        definitions.deregister(arn);
                    }
                    removed.add(new OwnedResource(
                            DEFINITION,
                            arn.substring(arn.lastIndexOf('/') + 1),
                            arn,
                            String.valueOf(definition.taskDefinition().statusAsString()),
                            registered,
                            labels));
                });
            }
        }
    }

    private static void attempt(String what, List<String> failed, Runnable step) {
        try {
            step.run();
        } catch (PortolanException e) {
            failed.add(what + ": " + e.getMessage());
        }
    }

    private OwnedResource resource(StoredRecord stored) {
        ExecutionRecord record = stored.record();
        return new OwnedResource(
                EXECUTION,
                record.id().value(),
                stored.arn(),
                record.cancelled() ? "cancelled" : "recorded",
                record.createdAt(),
                labels(record));
    }

    private OwnedResource resource(StoredRecord stored, AttemptStatus attempt) {
        Map<String, String> labels = labels(stored.record());
        labels.put(Labels.TASK, Integer.toString(attempt.key().index()));
        labels.put(Labels.ATTEMPT, Integer.toString(attempt.key().attempt()));
        String arn = attempt.nativeId().orElse("");
        @Nullable Instant createdAt = attempt.timings().createdAt();
        return new OwnedResource(
                TASK,
                arn.substring(arn.lastIndexOf('/') + 1),
                arn,
                attempt.state().name(),
                Objects.requireNonNullElse(createdAt, stored.record().createdAt()),
                labels);
    }

    private Map<String, String> labels(ExecutionRecord record) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Labels.MANAGED_BY, Labels.PORTOLAN);
        labels.put(Labels.APPLICATION, application);
        labels.put(Labels.KIND, Labels.JOB);
        labels.put(Labels.NAME, record.job());
        labels.put(Labels.EXECUTION, record.id().value());
        labels.put(Labels.SPEC_HASH, record.specHash());
        return labels;
    }
}
