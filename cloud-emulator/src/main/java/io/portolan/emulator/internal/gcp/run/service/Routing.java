package io.portolan.emulator.internal.gcp.run.service;

import io.portolan.emulator.internal.relay.Backend;
import io.portolan.emulator.internal.relay.Relay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Passes the requests of one service on to replicas. Its addresses stay the same for the life of the service. */
final class Routing implements AutoCloseable {
    private static final int WHOLE = 10_000;

    private final Relay main = Relay.open();
    private final Map<String, Relay> tags = new LinkedHashMap<>();

    /** Where the service takes requests. */
    String uri() {
        return main.uri().toString();
    }

    /** Where one revision takes requests, by its tag. */
    String uri(String tag) {
        return tags.computeIfAbsent(tag, name -> Relay.open()).uri().toString();
    }

    /** Lets everyone in, or nobody. */
    void admit(boolean everyone) {
        main.admit(everyone);
        tags.values().forEach(relay -> relay.admit(everyone));
    }

    /**
     * Sends requests where they are to go from now on.
     *
     * @param service whose replicas may take part
     * @param plan that is in force
     * @param latest the newest revision that is ready
     */
    void apply(Service service, TrafficPlan plan, @Nullable Revision latest) {
        Map<Revision, Integer> shares = new LinkedHashMap<>();
        for (TrafficPlan.Target target : plan.targets()) {
            revision(service, target, latest).ifPresent(found -> shares.merge(found, target.percent(), Integer::sum));
        }
        route(service, main, shares);
        tags.entrySet().removeIf(tag -> {
            boolean unused =
                    plan.targets().stream().noneMatch(target -> target.tag().equals(tag.getKey()));
            if (unused) {
                route(service, tag.getValue(), Map.of());
                tag.getValue().close();
            }
            return unused;
        });
        for (TrafficPlan.Target target : plan.targets()) {
            if (!target.tag().isEmpty()) {
                Relay relay = tags.computeIfAbsent(target.tag(), name -> Relay.open());
                relay.admit(service.isPublic());
                Map<Revision, Integer> all = new LinkedHashMap<>();
                revision(service, target, latest).ifPresent(found -> all.put(found, 100));
                route(service, relay, all);
            }
        }
    }

    static Optional<Revision> revision(Service service, TrafficPlan.Target target, @Nullable Revision latest) {
        return target.isLatest() ? Optional.ofNullable(latest) : service.revision(target.revision());
    }

    private static void route(Service service, Relay relay, Map<Revision, Integer> shares) {
        for (Revision revision : service.revisions) {
            int percent = shares.getOrDefault(revision, 0);
            List<Replica> ready = revision.ready();
            for (Replica replica : revision.replicas) {
                if (percent > 0 && replica.isReady()) {
                    enter(relay, replica, percent * WHOLE / ready.size());
                } else {
                    leave(relay, replica);
                }
            }
        }
    }

    private static void enter(Relay relay, Replica replica, int weight) {
        Backend place = replica.places.get(relay);
        if (place != null) {
            place.weigh(weight);
            return;
        }
        replica.address().ifPresent(address -> {
            Backend added = relay.add(address);
            added.weigh(weight);
            replica.places.put(relay, added);
        });
    }

    private static void leave(Relay relay, Replica replica) {
        Backend place = replica.places.remove(relay);
        if (place != null) {
            relay.remove(place);
            replica.left.add(place);
        }
    }

    /** Gives a replica nothing new. */
    static void leave(Replica replica) {
        List.copyOf(replica.places.keySet()).forEach(relay -> leave(relay, replica));
    }

    @Override
    public void close() {
        main.close();
        tags.values().forEach(Relay::close);
    }
}
