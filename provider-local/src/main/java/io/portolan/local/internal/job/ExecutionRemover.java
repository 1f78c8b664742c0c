package io.portolan.local.internal.job;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.Container;
import io.portolan.id.ExecutionId;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.Labels.Kind;
import io.portolan.local.internal.engine.DockerEngine;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Removes all that there is of an execution, but for the user's volumes. */
final class ExecutionRemover {
    private final DockerEngine engine;
    private final String application;
    private final AttemptContainers containers;
    private final ExecutionRecords records;

    ExecutionRemover(DockerEngine engine, String application, AttemptContainers containers, ExecutionRecords records) {
        this.engine = engine;
        this.application = application;
        this.containers = containers;
        this.records = records;
    }

    void delete(ExecutionId id) {
        List<Container> all = engine.read(
                "list",
                "containers",
                client -> client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(filter(id, null))
                        .exec());
        all.forEach(container -> containers.removeForced(container.getId()));
        List<InspectVolumeResponse> secrets = engine.read(
                "list",
                "volumes",
                client -> client.listVolumesCmd()
                        .withFilter(
                                "label",
                                filter(id, Kind.SECRET).entrySet().stream()
                                        .map(e -> e.getKey() + "=" + e.getValue())
                                        .toList())
                        .exec()
                        .getVolumes());
        if (secrets != null) {
            secrets.forEach(volume -> engine.change(
                    "remove",
                    volume.getName(),
                    client -> client.removeVolumeCmd(volume.getName()).exec()));
        }
        records.delete(id);
    }

    private Map<String, String> filter(ExecutionId id, @Nullable Kind kind) {
        Map<String, String> labels = Labels.filter(application, kind);
        labels.put(Labels.EXECUTION, id.value());
        return labels;
    }
}
