package io.portolan.emulator.internal.gcp.run.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One revision of a service. Used with the lock held. */
final class Revision {
    enum State {
        STARTING,
        READY,
        FAILED
    }

    final String name;
    final String uid;
    final long generation;
    final ObjectNode template;
    final Instant createdAt;
    final List<Replica> replicas = new ArrayList<>();
    Instant updatedAt;
    State state = State.STARTING;

    @Nullable
    Failure failure;

    /** Why it is not to become ready, though its containers might. */
    @Nullable
    Failure scripted;

    boolean checkSkipped;
    int wanted;
    int restarts;
    /** No replica is started before. */
    Instant notBefore = Instant.MIN;

    Revision(String name, String uid, long generation, ObjectNode template, Instant createdAt) {
        this.name = name;
        this.uid = uid;
        this.generation = generation;
        this.template = template;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    JsonNode ingress() {
        return ServiceDefaults.ingress(template);
    }

    int port() {
        return ServiceDefaults.port(ingress());
    }

    int minInstances() {
        return template.path("scaling").path("minInstanceCount").asInt();
    }

    List<Replica> ready() {
        return replicas.stream().filter(Replica::isReady).toList();
    }

    List<Replica> live() {
        return replicas.stream().filter(Replica::isLive).toList();
    }
}
