package io.portolan.local.internal.service;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.command.ListVolumesResponse;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.Labels.Kind;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.local.internal.service.RecordLabels.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Keeps the records of services at the engine: a volume for each, which holds nothing but its labels. The engine makes a volume of one
 * name once and gives it back to whoever asks for it later, which makes the first one win. Thread-safe.
 */
final class ServiceStore {
    private static final int MAX_REASON = 500;

    private final DockerEngine engine;
    private final String application;

    ServiceStore(DockerEngine engine, String application) {
        this.engine = engine;
        this.application = application;
    }

    /** The volumes of a service. */
    List<InspectVolumeResponse> volumes(String service) {
        return volumes(Map.of(Labels.SERVICE, service));
    }

    /** All that is recorded about a service. */
    ServiceHistory history(String service) {
        List<Revision> revisions = new ArrayList<>();
        List<Generation> generations = new ArrayList<>();
        Set<Integer> failed = new HashSet<>();
        for (InspectVolumeResponse volume : volumes(service)) {
            Map<String, String> labels = volume.getLabels();
            RecordLabels.revision(labels).ifPresent(revisions::add);
            RecordLabels.generation(labels).ifPresent(generations::add);
            RecordLabels.failure(labels).ifPresent(failed::add);
        }
        return new ServiceHistory(revisions, generations, failed);
    }

    /** Services that have a record. */
    Set<String> services() {
        Set<String> names = new TreeSet<>();
        for (InspectVolumeResponse volume : volumes(Map.of())) {
            String service = volume.getLabels().get(Labels.SERVICE);
            if (service != null) {
                names.add(service);
            }
        }
        return names;
    }

    /** False if there is a revision of this number already. */
    boolean add(String service, Revision revision) {
        return add(
                RecordLabels.name(application, service, Subject.REVISION, revision.number()),
                RecordLabels.of(application, service, revision));
    }

    /** False if there is a generation of this number already. */
    boolean add(String service, Generation generation) {
        return add(
                RecordLabels.name(application, service, Subject.GENERATION, generation.number()),
                RecordLabels.of(application, service, generation));
    }

    /** Records that a revision did not become ready. Idempotent. */
    void addFailure(String service, int revision, String reason) {
        String text = reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON);
        add(
                RecordLabels.name(application, service, Subject.FAILURE, revision),
                RecordLabels.failure(application, service, revision, text));
    }

    /** Removes what is recorded about a revision but its generations. Idempotent. */
    void removeRevision(String service, int number) {
        remove(RecordLabels.name(application, service, Subject.REVISION, number));
        remove(RecordLabels.name(application, service, Subject.FAILURE, number));
    }

    /** Idempotent. */
    void removeGeneration(String service, int number) {
        remove(RecordLabels.name(application, service, Subject.GENERATION, number));
    }

    private boolean add(String name, Map<String, String> labels) {
        String nonce = UUID.randomUUID().toString();
        labels.put(Labels.NONCE, nonce);
        Map<String, String> kept = engine.change(
                        "create record",
                        name,
                        client -> client.createVolumeCmd()
                                .withName(name)
                                .withLabels(labels)
                                .exec())
                .getLabels();
        return kept != null && nonce.equals(kept.get(Labels.NONCE));
    }

    private void remove(String name) {
        try {
            engine.change(
                    "remove record",
                    name,
                    client -> client.removeVolumeCmd(name).exec());
        } catch (PortolanException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }

    private List<InspectVolumeResponse> volumes(Map<String, String> more) {
        Map<String, String> labels = Labels.filter(application, Kind.RECORD);
        labels.putAll(more);
        List<String> filter = labels.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .toList();
        ListVolumesResponse found = engine.read(
                "list records",
                application,
                client -> client.listVolumesCmd().withFilter("label", filter).exec());
        List<InspectVolumeResponse> volumes = Objects.requireNonNullElse(found.getVolumes(), List.of());
        return volumes.stream().filter(v -> v.getLabels() != null).toList();
    }
}
