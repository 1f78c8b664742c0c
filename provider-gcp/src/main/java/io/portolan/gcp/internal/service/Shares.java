package io.portolan.gcp.internal.service;

import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.cloud.run.v2.TrafficTargetAllocationType;
import com.google.cloud.run.v2.TrafficTargetStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which revisions requests go to. A service follows its newest ready revision, or is pinned to others. What follows is safe while a new
 * revision comes up, because Cloud Run moves the requests only once that is ready. Pure.
 */
final class Shares {
    private static final TrafficTargetAllocationType LATEST =
            TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST;
    private static final int ALL = 100;

    private Shares() {}

    /** All requests go to the newest ready revision. */
    static TrafficTarget toLatest() {
        return TrafficTarget.newBuilder().setType(LATEST).setPercent(ALL).build();
    }

    /** All requests go to one revision, whatever comes. */
    static TrafficTarget to(String revision) {
        return TrafficTarget.newBuilder()
                .setType(TrafficTargetAllocationType.TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION)
                .setRevision(shortName(revision))
                .setPercent(ALL)
                .build();
    }

    /** Whether all requests go to a new revision once it is ready. */
    static boolean followLatest(Service service) {
        return service.getTrafficList().stream()
                .filter(target -> target.getPercent() > 0)
                .allMatch(target -> target.getType() == LATEST);
    }

    /** Whether requests are to go where a spec wants them: if it does not say, all to the newest ready revision. */
    static boolean fit(Service service, List<TrafficTarget> wanted) {
        return wanted.isEmpty() ? followLatest(service) : wanted.equals(service.getTrafficList());
    }

    /** All requests to one target; the addresses that tags give to revisions stay. */
    static List<TrafficTarget> moved(Service service, TrafficTarget target) {
        List<TrafficTarget> targets = new ArrayList<>();
        targets.add(target);
        service.getTrafficList().stream()
                .filter(old -> !old.getTag().isEmpty())
                .map(old -> old.toBuilder().clearPercent().build())
                .forEach(targets::add);
        return targets;
    }

    /**
     * Who gets requests now.
     *
     * @return short names of revisions, with percents above 0
     */
    static Map<String, Integer> of(Service service) {
        Map<String, Integer> shares = new LinkedHashMap<>();
        String latest = shortName(service.getLatestReadyRevision());
        if (service.getTrafficStatusesCount() == 0 && !latest.isEmpty() && followLatest(service)) {
            shares.put(latest, ALL);
        }
        for (TrafficTargetStatus status : service.getTrafficStatusesList()) {
            String revision = status.getRevision().isEmpty() ? latest : shortName(status.getRevision());
            if (status.getPercent() > 0 && !revision.isEmpty()) {
                shares.merge(revision, status.getPercent(), Integer::sum);
            }
        }
        return shares;
    }

    /** What follows the last slash: the API gives full names of revisions here and short ones there. */
    static String shortName(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
