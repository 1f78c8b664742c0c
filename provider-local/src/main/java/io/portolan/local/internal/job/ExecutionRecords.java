package io.portolan.local.internal.job;

import com.github.dockerjava.api.command.CreateVolumeResponse;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.Labels.Kind;
import io.portolan.local.internal.container.Names;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.spi.ExecutionRecord;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The records of executions: labels of volumes that hold nothing. Creating a volume whose name is taken gives back the volume that is
 * there, with its own labels; so the first claim wins, whoever asks at the same time. A second volume says that an execution is cancelled.
 */
final class ExecutionRecords {
    private final DockerEngine engine;
    private final String application;
    private final AttemptContainers containers;

    ExecutionRecords(DockerEngine engine, String application, AttemptContainers containers) {
        this.engine = engine;
        this.application = application;
        this.containers = containers;
    }

    ExecutionRecord claim(ExecutionRecord wanted) {
        String name = Names.record(application, wanted.id());
        Map<String, String> labels = Labels.of(application, Kind.RECORD);
        String nonce = UUID.randomUUID().toString();
        labels.put(Labels.EXECUTION, wanted.id().value());
        labels.put(Labels.JOB, wanted.job());
        labels.put(Labels.SPEC_HASH, wanted.specHash());
        labels.put(Labels.TASKS, Integer.toString(wanted.tasks()));
        labels.put(Labels.CREATED_AT, wanted.createdAt().toString());
        labels.put(Labels.SPEC, wanted.spec());
        labels.put(Labels.NONCE, nonce);
        CreateVolumeResponse kept = engine.change(
                "create record",
                name,
                client -> client.createVolumeCmd()
                        .withName(name)
                        .withLabels(labels)
                        .exec());
        Map<String, String> found = Objects.requireNonNullElse(kept.getLabels(), Map.of());
        if (nonce.equals(found.get(Labels.NONCE))) {
            return afterLoss(wanted);
        }
        ExecutionRecord record = record(found, isCancelled(wanted.id()));
        if (record == null) {
            throw PortolanException.builder(
                            ErrorCode.ALREADY_EXISTS,
                            "Volume '" + name + "' is where the record of execution '" + wanted.id()
                                    + "' belongs, but it is not ours; remove it or use another execution id")
                    .provider("local")
                    .operation("claim")
                    .resource(name)
                    .build();
        }
        return record;
    }

    Optional<ExecutionRecord> find(ExecutionId id) {
        String name = Names.record(application, id);
        Map<String, String> labels = labels(name);
        return labels == null ? Optional.empty() : Optional.ofNullable(record(labels, isCancelled(id)));
    }

    List<ExecutionRecord> all() {
        List<InspectVolumeResponse> volumes = engine.read(
                "list",
                "records",
                client -> client.listVolumesCmd()
                        .withFilter(
                                "label",
                                Labels.filter(application, Kind.RECORD).entrySet().stream()
                                        .map(e -> e.getKey() + "=" + e.getValue())
                                        .toList())
                        .exec()
                        .getVolumes());
        List<Map<String, String>> labels = volumes == null
                ? List.of()
                : volumes.stream()
                        .map(InspectVolumeResponse::getLabels)
                        .filter(l -> l != null && l.containsKey(Labels.EXECUTION))
                        .toList();
        Set<String> cancelled = labels.stream()
                .filter(l -> l.containsKey(Labels.CANCELLED))
                .map(l -> String.valueOf(l.get(Labels.EXECUTION)))
                .collect(Collectors.toSet());
        return labels.stream()
                .filter(l -> !l.containsKey(Labels.CANCELLED))
                .map(l -> record(l, cancelled.contains(l.get(Labels.EXECUTION))))
                .filter(Objects::nonNull)
                .map(r -> Objects.requireNonNull(r, "record"))
                .sorted(Comparator.comparing(ExecutionRecord::createdAt).thenComparing(ExecutionRecord::id))
                .toList();
    }

    void markCancelled(ExecutionId id) {
        String name = Names.cancelled(application, id);
        Map<String, String> labels = Labels.of(application, Kind.RECORD);
        labels.put(Labels.EXECUTION, id.value());
        labels.put(Labels.CANCELLED, "true");
        engine.change(
                "create cancel mark",
                name,
                client -> client.createVolumeCmd()
                        .withName(name)
                        .withLabels(labels)
                        .exec());
    }

    /** The volume that holds the record of an execution. */
    String name(ExecutionId id) {
        return Names.record(application, id);
    }

    /**
     * A record that was lost while its containers stayed ("docker volume prune") is written again; but not with another spec than that of
     * the containers.
     */
    private ExecutionRecord afterLoss(ExecutionRecord wanted) {
        for (FoundAttempt found : containers.of(wanted.id())) {
            String hash = found.key().specHash();
            if (!hash.equals(wanted.specHash())) {
                remove(Names.record(application, wanted.id()));
                return new ExecutionRecord(
                        wanted.id(), wanted.job(), hash, wanted.tasks(), wanted.spec(), found.createdAt(), false);
            }
        }
        return wanted;
    }

    private boolean isCancelled(ExecutionId id) {
        return labels(Names.cancelled(application, id)) != null;
    }

    private @Nullable Map<String, String> labels(String volume) {
        try {
            InspectVolumeResponse found = engine.read(
                    "inspect", volume, client -> client.inspectVolumeCmd(volume).exec());
            return Objects.requireNonNullElse(found.getLabels(), Map.of());
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    /** Removes a volume, if it is there. */
    void remove(String volume) {
        try {
            engine.change(
                    "remove", volume, client -> client.removeVolumeCmd(volume).exec());
        } catch (PortolanException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }

    private @Nullable ExecutionRecord record(Map<String, String> labels, boolean cancelled) {
        String id = labels.get(Labels.EXECUTION);
        String job = labels.get(Labels.JOB);
        String hash = labels.get(Labels.SPEC_HASH);
        String spec = labels.get(Labels.SPEC);
        if (!Labels.isOurs(labels, application) || id == null || job == null || hash == null || spec == null) {
            return null;
        }
        try {
            return new ExecutionRecord(
                    ExecutionId.of(id),
                    job,
                    hash,
                    Integer.parseInt(labels.getOrDefault(Labels.TASKS, "1")),
                    spec,
                    Instant.parse(labels.getOrDefault(Labels.CREATED_AT, Instant.EPOCH.toString())),
                    cancelled);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return null; // not written by this SDK
        }
    }
}
