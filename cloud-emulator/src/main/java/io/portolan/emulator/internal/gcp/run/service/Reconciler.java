package io.portolan.emulator.internal.gcp.run.service;

import io.portolan.emulator.internal.gcp.LogSink;
import io.portolan.emulator.internal.gcp.run.template.TemplateVolumes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings services to where they are to be, one step for each thing that happens. Used with the lock held. */
final class Reconciler {
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final ServiceContext context;
    private final Map<Replica, ReplicaLife> lives = new HashMap<>();
    private long replicasMade;

    Reconciler(ServiceContext context) {
        this.context = context;
    }

    /** A service was made or changed, and shows for a moment that it is not there yet. */
    void changed(Service service) {
        service.broken = null;
        service.routing.admit(service.isPublic());
        context.gcp().later(context.gcp().gcp().phase(), () -> wake(service));
    }

    /** A service is to end. */
    void remove(Service service) {
        service.deleted = true;
        context.gcp().later(context.gcp().gcp().phase(), () -> {
            service.revisions.forEach(revision -> List.copyOf(revision.replicas).forEach(this::stop));
            endIfStopped(service);
        });
    }

    /** A newer revision comes before this one was ready. */
    void giveUp(Revision revision) {
        fail(revision, Failure.superseded());
    }

    /** The replicas of a revision are to end. */
    void remove(Revision revision) {
        List.copyOf(revision.replicas).forEach(this::stop);
    }

    private void wake(Service service) {
        if (service.deleted) {
            return;
        }
        count(service);
        refuse(service.latestCreated);
        promote(service);
        service.revisions.forEach(revision -> start(service, revision));
        route(service);
        if (service.plan.equals(service.applied)) {
            service.revisions.forEach(this::retire);
        }
        settle(service);
    }

    private static void count(Service service) {
        Map<Revision, Integer> counts = InstanceCounts.of(service);
        service.revisions.forEach(revision -> revision.wanted = counts.getOrDefault(revision, 0));
    }

    private void refuse(@Nullable Revision newest) {
        if (newest != null && newest.scripted != null && newest.state == Revision.State.STARTING) {
            fail(newest, newest.scripted);
        }
    }

    private void fail(Revision revision, Failure failure) {
        revision.state = Revision.State.FAILED;
        revision.failure = failure;
        revision.wanted = 0;
        revision.updatedAt = context.gcp().clock().instant();
        List.copyOf(revision.replicas).forEach(this::stop);
    }

    /** The newest revision is ready when as many replicas are as it is to have. */
    private void promote(Service service) {
        Revision newest = service.latestCreated;
        if (newest == null
                || newest.state != Revision.State.STARTING
                || newest.ready().size() < newest.wanted) {
            return;
        }
        newest.state = Revision.State.READY;
        newest.checkSkipped = newest.wanted == 0;
        newest.updatedAt = context.gcp().clock().instant();
        service.latestReady = newest;
        count(service);
    }

    private void start(Service service, Revision revision) {
        String missing =
                TemplateVolumes.missingSecret(revision.template, context.gcp().gcp());
        if (missing != null && revision.wanted > 0 && revision.state == Revision.State.STARTING) {
            fail(revision, Failure.secret(missing));
            return;
        }
        if (context.gcp().clock().instant().isBefore(revision.notBefore)) {
            return;
        }
        for (int i = revision.live().size(); i < revision.wanted; i++) {
            Replica replica = new Replica("%s-%x".formatted(revision.name, ++replicasMade), revision);
            revision.replicas.add(replica);
            ReplicaLife life = new ReplicaLife(context, replica, new Watcher(service, revision));
            lives.put(replica, life);
            life.begin(ReplicaSpecs.of(service, replica, context.gcp().gcp()));
        }
    }

    /** Requests go by a new plan only when all that it names can take them. */
    private static void route(Service service) {
        if (!service.plan.equals(service.applied) && canServe(service)) {
            service.applied = service.plan;
            service.broken = null;
        }
        TrafficPlan applied = service.applied;
        if (applied != null) {
            service.routing.apply(service, applied, service.latestReady);
        }
    }

    private static boolean canServe(Service service) {
        Revision newest = service.latestCreated;
        boolean undecided = newest != null && newest.state == Revision.State.STARTING;
        return !undecided
                && service.plan.targets().stream()
                        .filter(target -> target.percent() > 0)
                        .allMatch(target -> Routing.revision(service, target, service.latestReady)
                                .filter(revision -> revision.state == Revision.State.READY)
                                .filter(revision -> revision.ready().size() >= Math.min(1, revision.wanted))
                                .isPresent());
    }

    /** Takes away replicas that are too many: first those that do not serve, then the newest. */
    private void retire(Revision revision) {
        List<Replica> live = new ArrayList<>(revision.live());
        for (int tooMany = live.size() - revision.wanted; tooMany > 0; tooMany--) {
            Replica chosen = live.stream()
                    .filter(replica -> !replica.isReady())
                    .findFirst()
                    .orElse(live.get(live.size() - 1));
            live.remove(chosen);
            chosen.leaving = true;
            Routing.leave(chosen);
            drain(chosen, context.gcp().clock().instant().plus(LONGEST_DRAIN));
        }
    }

    private void drain(Replica replica, Instant deadline) {
        if (replica.connections() == 0 || !context.gcp().clock().instant().isBefore(deadline)) {
            stop(replica);
        } else {
            context.gcp().later(LOOK, () -> drain(replica, deadline));
        }
    }

    private void stop(Replica replica) {
        ReplicaLife life = lives.get(replica);
        if (life != null) {
            life.stop();
        }
    }

    private void settle(Service service) {
        Revision newest = service.latestCreated;
        if (!service.reconciling || (newest != null && newest.state == Revision.State.STARTING)) {
            return;
        }
        Failure failure = service.broken;
        if (newest != null && newest.failure != null && (service.renewed || service.plan.followsLatest())) {
            failure = newest.failure.of(newest);
        }
        boolean there = service.plan.equals(service.applied)
                && service.revisions.stream()
                        .allMatch(revision -> revision.ready().size() >= revision.wanted);
        if (failure == null && !there) {
            return;
        }
        service.failure = failure;
        service.reconciling = false;
        service.renewed = false;
        service.observedGeneration = service.generation;
        service.settledAt = context.gcp().clock().instant();
        List.copyOf(service.waiting).forEach(operation -> operation.accept(service));
        service.waiting.clear();
    }

    private void endIfStopped(Service service) {
        boolean stopped = service.revisions.stream().allMatch(revision -> revision.replicas.isEmpty());
        if (service.deleted && stopped) {
            service.reconciling = false;
            service.routing.close();
            List.copyOf(service.waiting).forEach(operation -> operation.accept(service));
            service.waiting.clear();
        }
    }

    /** Follows the replicas of one revision. */
    private final class Watcher implements ReplicaListener {
        private final Service service;
        private final Revision revision;

        Watcher(Service service, Revision revision) {
            this.service = service;
            this.revision = revision;
        }

        @Override
        public void ready(Replica replica) {
            wake(service);
        }

        @Override
        public void failed(Replica replica, Failure failure) {
            forget(replica);
            if (revision.state == Revision.State.STARTING) {
                fail(revision, failure);
            } else if (revision.state == Revision.State.READY) {
                service.broken = failure.of(revision);
                again();
            }
            wake(service);
        }

        @Override
        public void lost(Replica replica) {
            forget(replica);
            again();
            wake(service);
        }

        @Override
        public void stopped(Replica replica) {
            forget(replica);
            endIfStopped(service);
        }

        @Override
        public void output(Replica replica, String stream, String line, Instant time) {
            context.logs().write(service.name.project(), source(replica), stream, line, time);
        }

        @Override
        public void event(Replica replica, String text) {
            output(replica, "varlog/system", text, context.gcp().clock().instant());
        }

        private LogSink.Source source(Replica replica) {
            return new LogSink.Source(
                    "cloud_run_revision",
                    Map.of(
                            "project_id", service.name.project(),
                            "location", service.name.location(),
                            "service_name", service.name.id(),
                            "configuration_name", service.name.id(),
                            "revision_name", revision.name),
                    Map.of("instanceId", replica.id));
        }

        private void forget(Replica replica) {
            revision.replicas.remove(replica);
            lives.remove(replica);
        }

        /** A replica that ends again and again is replaced more and more slowly. */
        private void again() {
            Duration pause = context.gcp().gcp().phase().multipliedBy(1L << Math.min(revision.restarts++, 10));
            Duration limited = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
            revision.notBefore = context.gcp().clock().instant().plus(limited);
            context.gcp().later(limited, () -> wake(service));
        }
    }
}
