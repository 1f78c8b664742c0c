package io.portolan.local.internal;

import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.Labels.Kind;
import io.portolan.run.OwnedResource;
import io.portolan.run.PruneReport;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.TaskLauncher;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Removes what is finished or orphaned. Whether something is, {@link Finished} decides. */
final class Pruner {
    private final OwnedObjects objects;
    private final TaskLauncher jobs;
    private final List<OwnedResource> leftovers;
    private final Clock clock;
    private final List<OwnedResource> removed = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    /**
     * A clean-up; good for one run.
     *
     * @param objects what there is
     * @param jobs looks at executions and removes them
     * @param leftovers what services left behind, in the order in which it can be removed
     * @param clock the time
     */
    Pruner(OwnedObjects objects, TaskLauncher jobs, List<OwnedResource> leftovers, Clock clock) {
        this.objects = objects;
        this.jobs = jobs;
        this.leftovers = leftovers;
        this.clock = clock;
    }

    PruneReport prune(boolean dryRun) {
        List<OwnedResource> all = objects.list();
        executions(all, dryRun);
        leftovers.forEach(left -> remove(left, dryRun));
        all.stream()
                .filter(o -> Labels.isKind(o.labels(), Kind.CARRIER))
                .filter(o -> Finished.isOldEnough(o.createdAt(), clock.instant()))
                .forEach(carrier -> remove(carrier, dryRun));
        return new PruneReport(removed, failed);
    }

    private void executions(List<OwnedResource> all, boolean dryRun) {
        Map<String, List<OwnedResource>> byExecution = all.stream()
                .filter(o -> o.labels().containsKey(Labels.EXECUTION))
                .collect(Collectors.groupingBy(o -> String.valueOf(o.labels().get(Labels.EXECUTION))));
        Set<String> recorded = new HashSet<>();
        for (ExecutionRecord execution : jobs.executions()) {
            recorded.add(execution.id().value());
            if (Finished.isFinished(execution, jobs.list(execution.id()), clock.instant())) {
                remove(execution.id(), byExecution.getOrDefault(execution.id().value(), List.of()), dryRun);
            }
        }
        byExecution.forEach((id, parts) -> {
            boolean runs = parts.stream().anyMatch(o -> o.state().equals("running"));
            if (!recorded.contains(id) && !runs) {
                remove(ExecutionId.of(id), parts, dryRun);
            }
        });
    }

    private void remove(ExecutionId id, List<OwnedResource> parts, boolean dryRun) {
        try {
            if (!dryRun) {
                jobs.delete(id);
            }
            removed.addAll(parts);
        } catch (PortolanException e) {
            failed.add("execution '" + id + "': " + e.getMessage());
        }
    }

    private void remove(OwnedResource object, boolean dryRun) {
        try {
            if (!dryRun) {
                objects.remove(object);
            }
            removed.add(object);
        } catch (PortolanException e) {
            failed.add(object.kind() + " '" + object.name() + "': " + e.getMessage());
        }
    }
}
