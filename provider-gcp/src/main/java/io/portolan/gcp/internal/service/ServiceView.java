package io.portolan.gcp.internal.service;

import com.google.cloud.run.v2.IngressTraffic;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServiceScaling;
import com.google.protobuf.Timestamp;
import io.portolan.gcp.internal.definition.Labels;
import io.portolan.run.ReplicaStatus;
import io.portolan.run.RevisionStatus;
import io.portolan.run.ServiceStatus;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A service as it was found at Cloud Run, and what the user sees of it. Pure.
 *
 * <p>Cloud Run shows no instances. The replicas are those that it is bound to keep: the number that was set by hand, else the fewest. Those
 * that load adds are not among them, and they are ready all together, when their revision is.
 *
 * @param name the service
 * @param service what Cloud Run says of it
 * @param revisions those that are ours, newest first
 */
record ServiceView(String name, Service service, List<Revision> revisions) {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /** Takes our revisions; of those that share a number, which others have made of ours, the first one. */
    static ServiceView of(String name, Service service, List<Revision> all) {
        Map<Integer, Revision> ours = new LinkedHashMap<>();
        all.stream()
                .filter(revision -> ServiceState.number(revision.getAnnotationsMap()) > 0)
                .sorted(Comparator.comparing(revision -> time(revision.getCreateTime())))
                .forEach(revision -> ours.putIfAbsent(ServiceState.number(revision.getAnnotationsMap()), revision));
        return new ServiceView(
                name,
                service,
                ours.values().stream()
                        .sorted(Comparator.comparing(
                                        (Revision revision) -> ServiceState.number(revision.getAnnotationsMap()))
                                .reversed())
                        .toList());
    }

    ServiceStatus status() {
        Revision serving = serving().orElse(null);
        boolean ready = serving != null && ServiceState.isReady(serving) && !ServiceState.hasFailed(service);
        Optional<URI> uri = uri();
        return new ServiceStatus(
                name,
                ready,
                serving == null || isInternal() ? null : uri.orElse(null),
                uri.map(ServiceView::address).orElse(name + ":" + HTTPS),
                revisions.stream().map(this::status).toList(),
                replicas(serving, ready));
    }

    /** The newest of the revisions that get requests and can answer them. */
    Optional<Revision> serving() {
        Map<String, Integer> shares = Shares.of(service);
        return revisions.stream()
                .filter(revision -> shares.containsKey(Shares.shortName(revision.getName())))
                .findFirst();
    }

    /** Whether all requests go to a revision already, and nothing is on its way. */
    boolean isServedBy(Revision revision) {
        return ServiceState.isSettled(service)
                && Shares.of(service).keySet().equals(Set.of(Shares.shortName(revision.getName())));
    }

    Optional<Revision> revision(int number) {
        return revisions.stream()
                .filter(revision -> ServiceState.number(revision.getAnnotationsMap()) == number)
                .findFirst();
    }

    private RevisionStatus status(Revision revision) {
        return new RevisionStatus(
                ServiceState.number(revision.getAnnotationsMap()),
                revision.getAnnotationsOrDefault(Labels.SPEC_HASH, ""),
                time(revision.getCreateTime()),
                state(revision));
    }

    private RevisionStatus.State state(Revision revision) {
        if (Shares.of(service).containsKey(Shares.shortName(revision.getName()))) {
            return RevisionStatus.State.SERVING;
        }
        boolean newest =
                Shares.shortName(service.getLatestCreatedRevision()).equals(Shares.shortName(revision.getName()));
        if (newest && !ServiceState.isFailed(revision) && !ServiceState.isSettled(service)) {
            return RevisionStatus.State.DEPLOYING;
        }
        return ServiceState.isReady(revision) ? RevisionStatus.State.RETIRED : RevisionStatus.State.FAILED;
    }

    private List<ReplicaStatus> replicas(@Nullable Revision serving, boolean ready) {
        if (serving == null) {
            return List.of();
        }
        String revision = Shares.shortName(serving.getName());
        String message = ready ? "kept by Cloud Run, which does not show its instances" : why(serving);
        return IntStream.rangeClosed(1, kept(serving))
                .mapToObj(i -> new ReplicaStatus(
                        revision + "-" + i, ServiceState.number(serving.getAnnotationsMap()), ready, message))
                .toList();
    }

    private String why(Revision serving) {
        String ofRevision = ServiceState.isReady(serving)
                ? ""
                : ServiceState.ready(serving).map(ServiceState::text).orElse("");
        String text = ofRevision.isEmpty() ? ServiceState.text(service.getTerminalCondition()) : ofRevision;
        return text.isEmpty() ? "not ready yet" : text;
    }

    private int kept(Revision serving) {
        ServiceScaling scaling = service.getScaling();
        return scaling.getScalingMode() == ServiceScaling.ScalingMode.MANUAL
                ? scaling.getManualInstanceCount()
                : Math.max(scaling.getMinInstanceCount(), serving.getScaling().getMinInstanceCount());
    }

    private boolean isInternal() {
        return service.getIngress() != IngressTraffic.INGRESS_TRAFFIC_ALL
                && service.getIngress() != IngressTraffic.INGRESS_TRAFFIC_UNSPECIFIED;
    }

    private Optional<URI> uri() {
        return Optional.of(service.getUri()).filter(uri -> !uri.isEmpty()).map(URI::create);
    }

    private static String address(URI uri) {
        int usual = "http".equals(uri.getScheme()) ? HTTP : HTTPS;
        return uri.getHost() + ":" + (uri.getPort() < 0 ? usual : uri.getPort());
    }

    static Instant time(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
