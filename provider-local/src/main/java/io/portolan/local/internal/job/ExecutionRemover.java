package io.portolan.local.internal.job;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.Container;
import io.portolan.id.ExecutionId;
import io.portolan.local.internal.concurrent.Concurrently;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.Labels.Kind;
import io.portolan.local.internal.engine.DockerEngine;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Removes all that there is of an execution, but for the user's volumes. */
final class ExecutionRemover {
    private final DockerEngine engine;
    private final String application;
    private final AttemptContainers containers;
    private final ExecutionRecords records;
    private final Concurrently concurrently;

    ExecutionRemover(
            DockerEngine engine,
            String application,
            AttemptContainers containers,
            ExecutionRecords records,
            Concurrently concurrently) {
        this.engine = engine;
        this.application = application;
        this.containers = containers;
        this.records = records;
        this.concurrently = concurrently;
    }

    void delete(ExecutionId id) {
        List<Container> all = engine.read(
                "list",
                "containers",
                client -> client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(filter(id, null))
                        .exec());
        concurrently.run(all.stream().<Supplier<String>>map(this::removal).toList());
        List<InspectVolumeResponse> volumes = engine.read(
                "list",
                "volumes",
                client -> client.listVolumesCmd()
                        .withFilter(
                                "label",
                                filter(id, null).entrySet().stream()
                                        .map(e -> e.getKey() + "=" + e.getValue())
                                        .toList())
                        .exec()
                        .getVolumes());
        String record = records.name(id);
        if (volumes != null) {
            // The record last: while it is there, the deletion can be done again.
            volumes.stream()
                    .sorted(Comparator.comparing(volume -> volume.getName().equals(record)))
                    .forEach(volume -> records.remove(volume.getName()));
        }
    }

    private Supplier<String> removal(Container container) {
        return () -> {
            containers.removeForced(container.getId());
            return container.getId();
        };
    }

    private Map<String, String> filter(ExecutionId id, @Nullable Kind kind) {
        Map<String, String> labels = Labels.filter(application, kind);
        labels.put(Labels.EXECUTION, id.value());
        return labels;
    }
}
