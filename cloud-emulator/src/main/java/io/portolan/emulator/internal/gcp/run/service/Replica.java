package io.portolan.emulator.internal.gcp.run.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.ContainerRuntime.TaskContainers;
import io.portolan.emulator.internal.relay.Backend;
import io.portolan.emulator.internal.relay.Relay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One instance of a revision: its containers together. Used with the lock held. */
final class Replica {
    enum State {
        STARTING,
        READY,
        STOPPING,
        GONE
    }

    final String id;
    final Revision revision;
    final List<Container> containers = new ArrayList<>();
    /** Where it takes requests, by the relay that passes them on. */
    final Map<Relay, Backend> places = new LinkedHashMap<>();
    /** Where it took requests, some of which may not have ended. */
    final List<Backend> left = new ArrayList<>();

    State state = State.STARTING;
    boolean leaving;

    @Nullable
    TaskContainers runtime;

    Replica(String id, Revision revision) {
        this.id = id;
        this.revision = revision;
        for (JsonNode json : revision.template.path("containers")) {
            containers.add(new Container(name(json, containers.size()), json));
        }
    }

    boolean isReady() {
        return state == State.READY && !leaving;
    }

    boolean isLive() {
        return !leaving && (state == State.STARTING || state == State.READY);
    }

    /** Where its ingress container listens. */
    Optional<String> address() {
        TaskContainers running = runtime;
        return running == null
                ? Optional.empty()
                : ingress().flatMap(container -> running.address(container.name, revision.port()));
    }

    Optional<Container> ingress() {
        JsonNode ingress = revision.ingress();
        return containers.stream()
                .filter(container -> container.json.equals(ingress))
                .findFirst();
    }

    Optional<Container> container(String name) {
        return containers.stream()
                .filter(container -> container.name.equals(name))
                .findFirst();
    }

    int connections() {
        return Stream.concat(places.values().stream(), left.stream())
                .mapToInt(Backend::connections)
                .sum();
    }

    /** Containers need no name if they are alone. */
    static String name(JsonNode container, int index) {
        String name = container.path("name").asText("");
        return name.isEmpty() ? "container-" + (index + 1) : name;
    }

    /** One of its containers. */
    static final class Container {
        final String name;
        final JsonNode json;
        boolean asked;
        boolean running;
        boolean started;

        Container(String name, JsonNode json) {
            this.name = name;
            this.json = json;
        }
    }
}
