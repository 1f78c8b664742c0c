package io.portolan.emulator.internal.gcp.run.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which revisions requests go to.
 *
 * @param targets in the order in which they were given
 */
record TrafficPlan(List<Target> targets) {
    private static final String PREFIX = "TRAFFIC_TARGET_ALLOCATION_TYPE_";

    /**
     * A share of the requests.
     *
     * @param revision its short name, empty for the latest that is ready
     * @param percent of the requests
     * @param tag by which it is reached on an address of its own, empty for none
     */
    record Target(String revision, int percent, String tag) {
        boolean isLatest() {
            return revision.isEmpty();
        }

        String type() {
            return PREFIX + (isLatest() ? "LATEST" : "REVISION");
        }
    }

    /** Takes a copy. */
    TrafficPlan {
        targets = List.copyOf(targets);
    }

    /**
     * Reads the targets of a service.
     *
     * @param traffic a list, of which none means all to the latest
     * @param exists whether there is a revision
     * @throws BadTraffic if it is none
     */
    static TrafficPlan of(JsonNode traffic, Predicate<String> exists) {
        List<Target> targets = new ArrayList<>();
        for (JsonNode target : traffic) {
            targets.add(target(target, exists));
        }
        if (targets.isEmpty()) {
            return new TrafficPlan(List.of(new Target("", 100, "")));
        }
        int sum = targets.stream().mapToInt(Target::percent).sum();
        if (sum != 100) {
            throw new BadTraffic("Traffic targets must sum to 100, but sum to " + sum);
        }
        Set<String> tags = new HashSet<>();
        for (Target target : targets) {
            if (!target.tag().isEmpty() && !tags.add(target.tag())) {
                throw new BadTraffic("Traffic tag '" + target.tag() + "' is used more than once");
            }
        }
        return new TrafficPlan(targets);
    }

    private static Target target(JsonNode json, Predicate<String> exists) {
        String type = json.path("type").asText(PREFIX + "UNSPECIFIED");
        String revision = json.path("revision").asText("");
        // An old name is accepted as a full one is.
        String name = revision.substring(revision.lastIndexOf('/') + 1);
        int percent = json.path("percent").asInt();
        if (percent < 0 || percent > 100) {
            throw new BadTraffic("Traffic percent must be between 0 and 100, but is " + percent);
        }
        if (type.endsWith("LATEST")) {
            if (!name.isEmpty()) {
                throw new BadTraffic("Revision must not be set for a traffic target of type " + type);
            }
        } else if (name.isEmpty()) {
            throw new BadTraffic("Revision must be set for a traffic target of type " + type);
        } else if (!exists.test(name)) {
            throw new BadTraffic("Revision named '" + name + "' does not exist");
        }
        return new Target(name, percent, json.path("tag").asText(""));
    }

    /** Whether a new revision takes requests when it is ready. */
    boolean followsLatest() {
        return targets.stream().anyMatch(target -> target.isLatest() && target.percent() > 0);
    }

    /** Traffic that cannot be. */
    static final class BadTraffic extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadTraffic(String message) {
            super(message);
        }
    }
}
