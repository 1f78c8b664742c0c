package io.portolan.gcp.internal.service;

import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;
import com.google.cloud.run.v2.ServiceScaling;
import com.google.cloud.run.v2.TrafficTarget;
import com.google.protobuf.FieldMask;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.client.Pace;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.definition.Labels;
import io.portolan.gcp.internal.definition.Names;
import io.portolan.spi.ProviderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings a service to what a spec wants, with one write in most cases. Whoever else changes the service at the same time is noticed by its
 * etag: then it is looked at again. Thread-safe.
 *
 * <p>A service that follows its newest ready revision needs no change of its traffic: a revision that does not become ready gets none, and
 * the last good one serves on. One that is pinned, by a rollback, stays pinned until the new revision is ready, and follows again then; if
 * it followed at once, the revision that was rolled back from would serve meanwhile.
 */
final class Rollout {
    /** Who writes a service so often that a change does not come through is no rival but a fault. */
    private static final int ROUNDS = 20;

    private final RunServices services;
    private final ServiceWatch watch;
    private final PublicAccessBinding access;
    private final ProviderConfig config;
    private final Supplier<Pace> paces;

    Rollout(RunServices services, ServiceWatch watch, ProviderConfig config, Supplier<Pace> paces) {
        this.services = services;
        this.watch = watch;
        this.access = new PublicAccessBinding(services);
        this.config = config;
        this.paces = paces;
    }

    /**
     * The service under a name.
     *
     * @return empty if there is none, or one of others
     */
    Optional<Service> own(String resource, String name) {
        return services.service(resource)
                .filter(service -> !ServiceState.isGoing(service))
                .filter(service -> isOwn(service, name));
    }

    private boolean isOwn(Service service, String name) {
        return isOwn(service, config)
                && service.getLabelsOrDefault(Labels.NAME, "").equals(name);
    }

    static boolean isOwn(Service service, ProviderConfig config) {
        return Labels.areOwn(service.getLabelsMap(), Labels.SERVICE, config.application());
    }

    /** Deploys; returns when the revision of the spec serves. */
    void run(Wish wish) {
        untilDone(wish.name(), () -> attempt(wish));
    }

    private void untilDone(String name, Supplier<Boolean> step) {
        Pace pace = paces.get();
        for (int round = 1; !step.get(); round++) {
            if (round >= ROUNDS || pace.isOver()) {
                throw ServiceErrors.overtaken(name);
            }
            pace.next();
        }
    }

    /** One step; false if the service has to be looked at again. */
    private boolean attempt(Wish wish) {
        Service current = services.service(wish.resource()).orElse(null);
        if (current != null && ServiceState.isGoing(current)) {
            watch.awaitFree(wish.name(), wish.resource());
            return false;
        }
        if (current == null) {
            return create(wish);
        }
        if (!isOwn(current, wish.name())) {
            throw ServiceErrors.foreign(wish.name(), wish.resource());
        }
        if (wish.isNewestOf(current)) {
            if (!ServiceState.isSettled(current)) {
                // Another process deploys the same, or this one did before its call was repeated.
                attach(wish, ServiceState.number(current.getTemplate().getAnnotationsMap()));
                return false;
            }
            if (ServiceState.isGood(current)) {
                return around(wish, current, !Shares.fit(current, wish.service().getTrafficList()));
            }
        } else if (isServing(wish, current)) {
            return around(wish, current, false);
        }
        return update(wish, current);
    }

    /** Whether the spec is that of the one revision that serves: after a rollback, or after a newer one failed. */
    private boolean isServing(Wish wish, Service current) {
        Set<String> serving = Shares.of(current).keySet();
        return wish.isLastWriter(current)
                && ServiceState.isSettled(current)
                && serving.size() == 1
                && services.revision(current.getName() + "/revisions/"
                                + serving.iterator().next())
                        .filter(revision -> wish.isIn(revision.getAnnotationsMap()))
                        .filter(ServiceState::isReady)
                        .isPresent();
    }

    private boolean create(Wish wish) {
        Service first = wish.numbered(1).toBuilder().clearName().build();
        boolean sent =
                sent(() -> services.create(wish.settings().location(), Shares.shortName(wish.resource()), first));
        if (sent) {
            follow(wish, 1, null);
            access.apply(wish, null);
        }
        return sent;
    }

    private boolean update(Wish wish, Service current) {
        int number = ServiceState.number(current.getTemplate().getAnnotationsMap()) + 1;
        Service next =
                wish.numbered(number).toBuilder().setEtag(current.getEtag()).build();
        FieldMask mask = OwnedFields.of(next, current, config);
        if (!sent(() -> services.update(next, mask))) {
            return false;
        }
        follow(wish, number, current);
        access.apply(wish, OwnedFields.before(current, config).orElse(null));
        return next.getTrafficCount() > 0 || Shares.followLatest(current);
    }

    /** What belongs to the service alone: makes no revision, and no request if all is as it is to be. */
    private boolean around(Wish wish, Service current, boolean moves) {
        access.apply(wish, null);
        if (wish.isAround(current) && !moves) {
            return true;
        }
        List<TrafficTarget> traffic = wish.service().getTrafficCount() > 0
                ? wish.service().getTrafficList()
                : Shares.moved(current, Shares.toLatest());
        if (!change(current, wish.service(), moves ? traffic : List.of())) {
            return false;
        }
        watch.awaitSettled(wish.name(), wish.resource());
        return true;
    }

    /** Sets what is around the revisions as another service has it, and the traffic if there is one. */
    private boolean change(Service current, Service like, List<TrafficTarget> traffic) {
        Service change = Service.newBuilder()
                .setName(current.getName())
                .setEtag(current.getEtag())
                .setScaling(like.getScaling())
                .setIngressValue(like.getIngressValue())
                .setInvokerIamDisabled(like.getInvokerIamDisabled())
                .addAllTraffic(traffic)
                .build();
        List<String> names = new ArrayList<>(OwnedFields.AROUND);
        if (!traffic.isEmpty()) {
            names.add(OwnedFields.TRAFFIC);
        }
        FieldMask mask = FieldMask.newBuilder().addAllPaths(names).build();
        return sent(() -> services.update(change, mask));
    }

    /** Lets an earlier revision serve, with what was around it. */
    void back(Wish wish, Revision revision) {
        untilDone(wish.name(), () -> {
            Service current = own(wish.resource(), wish.name()).orElseThrow(() -> ServiceErrors.deleted(wish.name()));
            String earlier = Shares.shortName(revision.getName());
            boolean newest = earlier.equals(Shares.shortName(current.getLatestCreatedRevision()));
            List<TrafficTarget> traffic = Shares.moved(current, newest ? Shares.toLatest() : Shares.to(earlier));
            if (!change(current, wish.service(), traffic)) {
                return false;
            }
            try {
                watch.awaitSettled(wish.name(), wish.resource());
            } catch (PortolanException e) {
                Uninterrupted.run(() -> undo(wish, current, e));
                throw e;
            }
            return true;
        });
    }

    private void undo(Wish wish, Service before, PortolanException reason) {
        try {
            own(wish.resource(), wish.name())
                    .ifPresent(now -> change(
                            now,
                            before,
                            before.getTrafficCount() > 0 ? before.getTrafficList() : List.of(Shares.toLatest())));
        } catch (PortolanException e) {
            reason.addSuppressed(e);
        }
    }

    /** Changes how many replicas there are; sends nothing if there are so many. */
    void scale(String name, String resource, ServiceScaling wanted) {
        untilDone(name, () -> {
            Service current = own(resource, name).orElseThrow(() -> ServiceErrors.deleted(name));
            Service change = Service.newBuilder()
                    .setName(resource)
                    .setEtag(current.getEtag())
                    .setScaling(wanted)
                    .build();
            return Wish.sameScaling(current.getScaling(), wanted)
                    || sent(() -> services.update(change, OwnedFields.of(OwnedFields.SCALING)));
        });
        watch.awaitSettled(name, resource);
    }

    /** Waits for a revision that somebody else makes, who also clears up if it does not come. */
    private void attach(Wish wish, int number) {
        try {
            watch.awaitReady(wish, number);
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.FAILED) {
                restore(wish, number, e, now -> !now.getLatestReadyRevision().isEmpty() || removed(wish, now));
            }
            throw e;
        }
    }

    /** Waits for a revision of this process; if it does not come, lets the service be as it was. */
    private void follow(Wish wish, int number, @Nullable Service before) {
        try {
            watch.awaitReady(wish, number);
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.FAILED || e.code() == ErrorCode.CANCELLED) {
                boolean first =
                        before == null || before.getLatestReadyRevision().isEmpty();
                Predicate<Service> step =
                        now -> first ? removed(wish, now) : restored(now, Objects.requireNonNull(before));
                Uninterrupted.run(() -> restore(wish, number, e, step));
            }
            throw e;
        }
    }

    /** Clears up unless the service has a revision of another deployment by now. */
    private void restore(Wish wish, int number, PortolanException reason, Predicate<Service> step) {
        try {
            untilDone(
                    wish.name(),
                    () -> own(wish.resource(), wish.name())
                            .filter(now -> ServiceState.number(now.getTemplate().getAnnotationsMap()) == number)
                            .map(step::test)
                            .orElse(true));
        } catch (PortolanException e) {
            reason.addSuppressed(e);
        }
    }

    private boolean restored(Service now, Service before) {
        // A revision that Cloud Run has not given up would take the requests if it came after all.
        boolean coming = !ServiceState.isSettled(now) || ServiceState.newestIsReady(now);
        List<TrafficTarget> traffic = coming && Shares.followLatest(now)
                ? Shares.moved(now, Shares.to(before.getLatestReadyRevision()))
                : List.of();
        boolean same = Wish.sameScaling(now.getScaling(), before.getScaling())
                && now.getIngressValue() == before.getIngressValue()
                && now.getInvokerIamDisabled() == before.getInvokerIamDisabled();
        return (same && traffic.isEmpty()) || change(now, before, traffic);
    }

    /** A first deployment that failed leaves nothing. */
    private boolean removed(Wish wish, Service now) {
        if (!sent(() -> services.delete(now.getName(), now.getEtag()))) {
            return false;
        }
        watch.awaitFree(wish.name(), wish.resource());
        return true;
    }

    void remove(String name) {
        String resource = Names.service(GcpSettings.of(config), name);
        Optional<Service> there = services.service(resource).filter(service -> isOwn(service, name));
        if (there.isPresent()) {
            if (!ServiceState.isGoing(there.get())) {
                services.delete(resource, "");
            }
            watch.awaitFree(name, resource);
        }
    }

    /** Makes a write; false if another client was faster. */
    private static boolean sent(Runnable write) {
        try {
            write.run();
            return true;
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.CONFLICT || e.code() == ErrorCode.ALREADY_EXISTS) {
                return false;
            }
            throw ServiceErrors.refused(e);
        }
    }
}
