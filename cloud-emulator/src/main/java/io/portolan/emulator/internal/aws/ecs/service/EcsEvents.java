package io.portolan.emulator.internal.aws.ecs.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.internal.aws.ecs.Json;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** What ECS tells of a service, the newest first. Used with the lock held. */
final class EcsEvents {
    private static final int KEPT = 100;

    private final EmulatorClock clock;
    private final String service;
    private final Deque<Event> events = new ArrayDeque<>();

    private record Event(String id, Instant at, String message) {}

    EcsEvents(EmulatorClock clock, String service) {
        this.clock = clock;
        this.service = service;
    }

    void add(String message) {
        events.addFirst(
                new Event(UUID.randomUUID().toString(), clock.instant(), "(service " + service + ") " + message));
        if (events.size() > KEPT) {
            events.removeLast();
        }
    }

    void started(List<Replica> replicas) {
        if (!replicas.isEmpty()) {
            add("has started " + replicas.size() + " tasks: " + tasks(replicas) + ".");
        }
    }

    void stopped(List<Replica> replicas) {
        if (!replicas.isEmpty()) {
            add("has stopped " + replicas.size() + " running tasks: " + tasks(replicas) + ".");
        }
    }

    void steady() {
        add("has reached a steady state.");
    }

    void completed(Rollout rollout) {
        add("(deployment " + rollout.id + ") deployment completed.");
    }

    void failed(Rollout rollout) {
        add("(deployment " + rollout.id + ") deployment failed: tasks failed to start.");
    }

    ArrayNode view() {
        ArrayNode view = Json.array();
        for (Event event : events) {
            var item = view.addObject().put("id", event.id());
            Json.time(item, "createdAt", event.at());
            item.put("message", event.message());
        }
        return view;
    }

    private static String tasks(List<Replica> replicas) {
        return replicas.stream()
                .map(replica -> "(task " + replica.task.id() + ")")
                .collect(Collectors.joining(" "));
    }
}
