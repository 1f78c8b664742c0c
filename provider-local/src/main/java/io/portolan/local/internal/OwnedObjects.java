package io.portolan.local.internal;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.run.OwnedResource;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Everything on the engine that this SDK made for one application. */
final class OwnedObjects {
    static final String CONTAINER = "container";
    static final String NETWORK = "network";
    static final String VOLUME = "volume";

    private final DockerEngine engine;
    private final String application;

    OwnedObjects(DockerEngine engine, String application) {
        this.engine = engine;
        this.application = application;
    }

    List<OwnedResource> list() {
        List<OwnedResource> all = new ArrayList<>(containers());
        all.addAll(networks());
        all.addAll(volumes());
        all.sort(Comparator.comparing(OwnedResource::createdAt));
        return List.copyOf(all);
    }

    List<OwnedResource> containers() {
        List<Container> found = engine.read(
                "list",
                "containers",
                client -> client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Labels.filter(application, null))
                        .exec());
        return found.stream().map(OwnedObjects::resource).toList();
    }

    List<OwnedResource> networks() {
        List<Network> found = engine.read(
                "list",
                "networks",
                client -> client.listNetworksCmd()
                        .withFilter("label", labelFilter())
                        .exec());
        return found.stream().map(OwnedObjects::resource).toList();
    }

    List<OwnedResource> volumes() {
        List<InspectVolumeResponse> found = engine.read(
                "list",
                "volumes",
                client -> client.listVolumesCmd()
                        .withFilter("label", labelFilter())
                        .exec()
                        .getVolumes());
        return found == null
                ? List.of()
                : found.stream().map(OwnedObjects::resource).toList();
    }

    /** Removes one thing by its kind; nothing happens if it is gone. What runs or is in use is refused by the engine. */
    void remove(OwnedResource object) {
        try {
            engine.change("remove", object.name(), client -> {
                switch (object.kind()) {
                    case CONTAINER ->
                        client.removeContainerCmd(object.nativeId())
                                .withRemoveVolumes(true)
                                .exec();
                    case NETWORK -> client.removeNetworkCmd(object.nativeId()).exec();
                    case VOLUME -> client.removeVolumeCmd(object.name()).exec();
                    default ->
                        throw new PortolanException(
                                ErrorCode.INVALID_ARGUMENT,
                                "kind was '" + object.kind() + "' but must be one of this class");
                }
                return true;
            });
        } catch (PortolanException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }

    private List<String> labelFilter() {
        return Labels.filter(application, null).entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .toList();
    }

    private static OwnedResource resource(Container container) {
        String[] names = container.getNames();
        String name = names == null || names.length == 0
                ? container.getId()
                : names[0].substring(names[0].lastIndexOf('/') + 1);
        return new OwnedResource(
                CONTAINER,
                name,
                container.getId(),
                Objects.requireNonNullElse(container.getState(), "unknown"),
                Instant.ofEpochSecond(Objects.requireNonNullElse(container.getCreated(), 0L)),
                container.getLabels());
    }

    private static OwnedResource resource(Network network) {
        Instant created = network.getCreated() == null
                ? Instant.EPOCH
                : network.getCreated().toInstant();
        return new OwnedResource(
                NETWORK, network.getName(), network.getId(), "available", created, network.getLabels());
    }

    private static OwnedResource resource(InspectVolumeResponse volume) {
        Map<String, String> labels = Objects.requireNonNullElse(volume.getLabels(), Map.of());
        // Older engines give no time for a volume in a list; our records carry their own.
        Object created = labels.getOrDefault(
                Labels.CREATED_AT, String.valueOf(volume.getRawValues().get("CreatedAt")));
        return new OwnedResource(
                VOLUME, volume.getName(), volume.getName(), "available", instant(created.toString()), labels);
    }

    static Instant instant(@Nullable String text) {
        try {
            return text == null ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
