package io.portolan.aws.internal.service;

import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.Retryability;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;

/** Makes a service follow a revision, and undoes it if that fails: what deploy and rollback have in common. Thread-safe. */
final class Rollout {
    private static final Logger LOG = LoggerFactory.getLogger(Rollout.class);

    /** How long replicas may take to become ready, or to go, after ECS counts a deployment as done. */
    private static final Duration SETTLING = Duration.ofMinutes(2);

    /** How long the way back may take. */
    private static final Duration UNDOING = Duration.ofMinutes(10);

    private final EcsServices services;
    private final Rollouts rollouts;
    private final Revisions revisions;
    private final ServiceReader reader;
    private final Waits waits;

    /** Paces for waits. */
    interface Waits {
        /** A wait that begins now; null for the time that a whole deployment may take. */
        Pace begin(@Nullable Duration limit);
    }

    Rollout(EcsServices services, Rollouts rollouts, Revisions revisions, ServiceReader reader, Waits waits) {
        this.services = services;
        this.rollouts = rollouts;
        this.revisions = revisions;
        this.reader = reader;
        this.waits = waits;
    }

    /** Deploys. */
    void run(Wish wish) {
        Rollouts.Known before =
                wish.current() == null ? Rollouts.Known.NONE : Rollouts.Known.of(rollouts.list(wish.name()));
        send(wish);
        watch(wish, before);
    }

    /** Watches a deployment of the same that is on its way. */
    void attach(Wish wish) {
        List<ServiceDeploymentBrief> all = rollouts.list(wish.name());
        watch(wish, Rollouts.Known.of(all.stream().filter(Rollouts::isOver).toList()));
    }

    private void send(Wish wish) {
        String arn = wish.revision().arn();
        try {
            services.send(
                    wish.name(),
                    wish.current() == null
                            ? ServiceMapper.create(wish.spec(), arn, wish.settings())
                            : ServiceMapper.update(
                                    wish.spec(),
                                    arn,
                                    wish.settings(),
                                    wish.current().service()));
        } catch (PortolanException e) {
            boolean exists = String.valueOf(e.getMessage()).contains("not idempotent");
            PortolanException error = wish.current() == null && exists ? wish.conflict() : e;
            // What may be asked again takes the same revision again.
            if (e.retryability() == Retryability.NO && e.code() != ErrorCode.CANCELLED) {
                Uninterrupted.run(() -> discard(wish, error));
            }
            throw error;
        }
    }

    /** Of what was never there, nothing is kept; of a service that is there, a line in its list of revisions. */
    private void discard(Wish wish, RuntimeException reason) {
        try {
            if (wish.current() == null) {
                revisions.remove(wish.name(), wish.revision().arn());
                return;
            }
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
        fail(wish, reason);
    }

    private void watch(Wish wish, Rollouts.Known before) {
        DeploymentWatch watch = new DeploymentWatch(services, rollouts, waits.begin(null), wish, before);
        try {
            watch.await();
            settle(wish, watch);
        } catch (RuntimeException e) {
            if (!(e instanceof PortolanException known && known.code() == ErrorCode.CONFLICT)) {
                Uninterrupted.run(() -> undo(wish, watch, before, e));
            }
            throw e;
        }
        markGood(wish);
    }

    /** ECS says that a deployment is done before its answers about replicas say so. */
    private void settle(Wish wish, DeploymentWatch watch) {
        boolean settled = until(SETTLING, () -> {
            watch.check();
            return isAlone(wish.name(), wish.revision());
        });
        if (!settled) {
            watch.giveUp();
        }
    }

    private boolean isAlone(String name, Revision revision) {
        return reader.read(name)
                .map(ServiceView::status)
                .filter(status -> status.serving()
                        .filter(serving -> serving.number() == revision.number())
                        .isPresent())
                .filter(status ->
                        status.ready() && status.replicas().stream().allMatch(r -> r.revision() == revision.number()))
                .isPresent();
    }

    private void markGood(Wish wish) {
        if (!wish.revision().isGood()) {
            mark(wish, Revision.Outcome.GOOD);
        }
    }

    /** A mark that cannot be made costs a way back at most. */
    private void mark(Wish wish, Revision.Outcome outcome) {
        try {
            revisions.mark(wish.name(), wish.revision(), outcome);
        } catch (PortolanException e) {
            LOG.warn(
                    "revision {} of service {} could not be marked",
                    wish.revision().number(),
                    wish.name(),
                    e);
        }
    }

    private void undo(Wish wish, DeploymentWatch watch, Rollouts.Known before, RuntimeException reason) {
        try {
            if (wish.serving() == null) {
                remove(wish.name());
                return;
            }
            back(wish, watch, before);
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
        fail(wish, reason);
    }

    private void fail(Wish wish, RuntimeException reason) {
        LOG.debug("revision {} of service {} failed", wish.revision().number(), wish.name(), reason);
        if (!wish.revision().isGood()) {
            mark(wish, Revision.Outcome.FAILED);
        }
    }

    /** Lets what served before serve alone again. */
    private void back(Wish wish, DeploymentWatch watch, Rollouts.Known before) {
        Revision serving = Objects.requireNonNull(wish.serving());
        String mine = watch.deployment();
        if (mine == null) { // an interrupt came before it was seen
            mine = newest(wish.name(), before);
        }
        if (mine != null) {
            String arn = mine;
            retrying(() -> {
                rollouts.stop(wish.name(), arn);
                return true;
            });
            until(
                    UNDOING,
                    () -> rollouts.later(wish.name(), before).stream()
                            .filter(d -> d.serviceDeploymentArn().equals(arn))
                            .allMatch(Rollouts::isOver));
        }
        ServiceView now = reader.read(wish.name()).orElse(null);
        if (now == null) {
            return; // someone deleted it
        }
        Revision wanted = now.wanted();
        if (wanted != null && wanted.arn().equals(wish.revision().arn())) {
            // ECS did not go back by itself, for example because the deployment was done.
            services.send(
                    wish.name(),
                    ServiceMapper.update(
                            serving.spec(),
                            serving.arn(),
                            AwsSettings.of(wish.settings().config(), serving.spec()),
                            now.service()));
        }
        restoreCount(wish, now.service());
        until(UNDOING, () -> isAlone(wish.name(), serving));
    }

    private @Nullable String newest(String name, Rollouts.Known before) {
        return rollouts.later(name, before).stream()
                .map(ServiceDeploymentBrief::serviceDeploymentArn)
                .reduce((a, b) -> b)
                .orElse(null);
    }

    /** The number of replicas is no part of what ECS goes back to. */
    private void restoreCount(Wish wish, Service now) {
        Integer wanted =
                wish.current() == null ? null : wish.current().service().desiredCount();
        if (wanted != null && !wanted.equals(now.desiredCount()) && !EcsServices.isExpress(now)) {
            services.desire(wish.name(), wanted);
        }
    }

    /** Removes a service; returns when its name is free. */
    void remove(String name) {
        retrying(() -> {
            services.find(name).filter(s -> !EcsServices.isGoing(s)).ifPresent(s -> services.delete(name, s));
            return true;
        });
        awaitFree(name);
        revisions.removeAll(name);
    }

    /** Waits until no service of this name is there or going. */
    void awaitFree(String name) {
        if (!until(null, () -> services.find(name).isEmpty())) {
            throw new PortolanException(
                    ErrorCode.FAILED,
                    "Service '" + name
                            + "' is still being deleted by ECS after portolan.aws.deploy-timeout; look at its tasks");
        }
    }

    /**
     * Asks until something holds; an answer of AWS that may be asked for again is.
     *
     * @return false if it did not come to hold in time
     */
    boolean until(@Nullable Duration limit, BooleanSupplier condition) {
        Pace pace = waits.begin(limit);
        while (true) {
            try {
                if (condition.getAsBoolean()) {
                    return true;
                }
            } catch (PortolanException e) {
                if (e.retryability() == Retryability.NO) {
                    throw e;
                }
                LOG.debug("AWS did not answer; asking again", e);
            }
            if (pace.isOver()) {
                return false;
            }
            pace.next();
        }
    }

    private void retrying(BooleanSupplier call) {
        until(SETTLING, call);
    }
}
