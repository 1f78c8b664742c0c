package io.portolan.emulator.internal.gcp.run.service;

import java.util.LinkedHashMap;
import java.util.Map;

/** How many instances each revision is to have. Nothing follows the load, so there are the fewest that serve. */
final class InstanceCounts {
    private InstanceCounts() {}

    /** The counts of all revisions that are to have any. */
    static Map<Revision, Integer> of(Service service) {
        Map<Revision, Integer> shares = new LinkedHashMap<>();
        for (TrafficPlan.Target target : service.plan.targets()) {
            Routing.revision(service, target, service.latestReady)
                    .ifPresent(found -> shares.merge(found, target.percent(), Integer::sum));
        }
        Revision newest = service.latestCreated;
        if (newest != null && newest.state == Revision.State.STARTING) {
            // It takes requests when it is ready if the traffic says so, and shows that it can serve in any case.
            shares.putIfAbsent(newest, service.plan.followsLatest() ? 100 : 0);
        }
        Map<Revision, Integer> counts = new LinkedHashMap<>();
        shares.forEach((revision, percent) -> counts.put(revision, count(service, revision, percent)));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private static int count(Service service, Revision revision, int percent) {
        if (revision.state == Revision.State.FAILED) {
            return 0;
        }
        if (service.isManual()) {
            int all = service.manualInstances();
            return all == 0 ? 0 : Math.max(1, Math.round(all * Math.min(percent, 100) / 100f));
        }
        int shared = (int) Math.ceil(service.minInstances() * Math.min(percent, 100) / 100.0);
        return Math.max(1, Math.max(revision.minInstances(), shared));
    }
}
