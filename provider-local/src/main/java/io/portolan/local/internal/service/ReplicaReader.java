package io.portolan.local.internal.service;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.NetworkSettings;
import com.github.dockerjava.api.model.Ports;
import io.portolan.local.internal.container.Labels;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what the engine says about a container. Pure. */
final class ReplicaReader {
    private ReplicaReader() {}

    /** Empty if the container is no replica of ours. */
    static Optional<Replica> read(InspectContainerResponse container) {
        Map<String, String> labels =
                container.getConfig() == null ? null : container.getConfig().getLabels();
        if (labels == null) {
            return Optional.empty();
        }
        return ReplicaId.parse(labels.getOrDefault(Labels.REPLICA, ""))
                .map(id -> new Replica(
                        id,
                        container.getId(),
                        RecordLabels.number(labels, RecordLabels.GENERATION),
                        RecordLabels.lease(labels),
                        run(container),
                        hostPort(container.getNetworkSettings()),
                        Labels.stopGrace(labels)));
    }

    private static Replica.Run run(InspectContainerResponse container) {
        ContainerState state = container.getState();
        Long exit = state.getExitCodeLong();
        return new Replica.Run(
                Objects.requireNonNullElse(state.getStatus(), "unknown"),
                exit == null ? 0 : exit.intValue(),
                Boolean.TRUE.equals(state.getOOMKilled()),
                Objects.requireNonNullElse(container.getRestartCount(), 0),
                instant(state.getStartedAt()),
                Objects.requireNonNullElse(state.getError(), ""));
    }

    private static int hostPort(@Nullable NetworkSettings network) {
        if (network == null || network.getPorts() == null) {
            return 0;
        }
        Map<ExposedPort, Ports.Binding[]> bindings = network.getPorts().getBindings();
        return bindings.values().stream()
                .flatMap(all -> all == null ? Stream.empty() : Arrays.stream(all))
                .map(Ports.Binding::getHostPortSpec)
                .filter(Objects::nonNull)
                .filter(port -> port.matches("\\d{1,5}"))
                .map(Integer::valueOf)
                .findFirst()
                .orElse(0);
    }

    private static Instant instant(@Nullable String text) {
        try {
            return Instant.parse(Objects.requireNonNullElse(text, ""));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
