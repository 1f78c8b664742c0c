package io.portolan.emulator.internal.gcp.run.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One service. Used with the lock held. */
final class Service {
    final ServiceName name;
    final String uid;
    final Instant createdAt;
    final Routing routing = new Routing();
    final List<Revision> revisions = new ArrayList<>();
    /** Operations that end when the service has settled. */
    final List<Consumer<Service>> waiting = new ArrayList<>();

    /** What clients set, with defaults. */
    ObjectNode body;

    ObjectNode policy = JsonNodeFactory.instance.objectNode();
    TrafficPlan plan;
    /** The plan by which requests go now. */
    @Nullable
    TrafficPlan applied;

    @Nullable
    Revision latestCreated;

    @Nullable
    Revision latestReady;

    @Nullable
    Failure failure;

    Instant updatedAt;
    Instant settledAt;
    long generation = 1;
    long observedGeneration;
    int revisionsMade;
    boolean reconciling = true;
    /** Whether the newest revision came with the change that is being made. */
    boolean renewed = true;

    /** Why replicas of an older revision do not start, if they do not. */
    @Nullable
    Failure broken;

    boolean deleted;

    Service(ServiceName name, String uid, ObjectNode body, TrafficPlan plan, Instant createdAt) {
        this.name = name;
        this.uid = uid;
        this.body = body;
        this.plan = plan;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
        this.settledAt = createdAt;
    }

    Optional<Revision> revision(String shortName) {
        return revisions.stream()
                .filter(revision -> revision.name.equals(shortName))
                .findFirst();
    }

    /** Whether requests need no credentials. */
    boolean isPublic() {
        if (body.path("invokerIamDisabled").asBoolean()) {
            return true;
        }
        for (JsonNode binding : policy.path("bindings")) {
            boolean invokes = binding.path("role").asText().equals("roles/run.invoker");
            for (JsonNode member : binding.path("members")) {
                if (invokes && member.asText().equals("allUsers")) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean isManual() {
        return body.path("scaling").path("scalingMode").asText().equals("MANUAL")
                || body.path("scaling").has("manualInstanceCount");
    }

    int manualInstances() {
        return body.path("scaling").path("manualInstanceCount").asInt();
    }

    int minInstances() {
        return body.path("scaling").path("minInstanceCount").asInt();
    }
}
