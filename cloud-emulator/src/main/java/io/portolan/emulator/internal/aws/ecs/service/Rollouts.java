package io.portolan.emulator.internal.aws.ecs.service;

import io.portolan.emulator.internal.aws.ecs.EcsContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The course of deployments: their begin, their success, and the way back. Used with the lock held. */
final class Rollouts {
    private static final String BREAKER = "ECS deployment circuit breaker: ";

    private final EcsContext context;

    Rollouts(EcsContext context) {
        this.context = context;
    }

    /** Lets a revision replace what a service runs. */
    void deploy(Service service, Revision revision) {
        List<Revision> sources = service.rollouts().stream()
                .filter(rollout -> rollout.count(Replica::isLive) > 0)
                .map(rollout -> rollout.revision)
                .distinct()
                .toList();
        ServiceDeployment before = service.deployment();
        if (!before.status.isFinal()) {
            before.become(ServiceDeployment.Status.STOPPED, "Service deployment was replaced by a newer one.", now());
        }
        service.others.add(0, service.primary);
        begin(service, revision, sources);
    }

    /** Begins the first deployment of a service, or a later one. */
    void begin(Service service, Revision revision, List<Revision> sources) {
        if (!service.primary.revision.equals(revision)) {
            service.primary = new Rollout(revision, now());
        }
        Instant at = now();
        if (!service.deployments.isEmpty() && !at.isAfter(service.deployment().createdAt)) {
            // Callers tell deployments apart by their times.
            at = service.deployment().createdAt.plusMillis(1);
        }
        var configuration = service.settings.path(Settings.DEPLOYMENT).deepCopy();
        service.revisions.add(revision);
        service.deployments.add(new ServiceDeployment(
                Ids.deployment(service.cluster, service.name),
                revision,
                sources,
                configuration,
                CircuitBreaker.of(configuration, service.desired, service.express),
                at));
        service.steady = false;
    }

    void begun(Service service) {
        ServiceDeployment deployment = service.deployment();
        if (deployment.status == ServiceDeployment.Status.PENDING) {
            deployment.become(ServiceDeployment.Status.IN_PROGRESS, null, now());
        }
    }

    /** A task has ended before it was healthy. */
    void failed(Service service, Rollout rollout) {
        rollout.failedTasks++;
        if (rollout == service.primary && rollout.state == Rollout.State.IN_PROGRESS) {
            ServiceDeployment deployment = service.deployment();
            if (deployment.status.isRollback()) {
                deployment.rollbackFailures++;
            } else {
                deployment.failures++;
            }
        }
    }

    /** A task has become healthy. */
    void healthy(Service service, Rollout rollout) {
        ServiceDeployment deployment = service.deployment();
        if (rollout == service.primary && deployment.breaker.reset()) {
            deployment.failures = 0;
        }
    }

    boolean trips(Service service) {
        ServiceDeployment deployment = service.deployment();
        return service.primary.state == Rollout.State.IN_PROGRESS
                && !deployment.status.isFinal()
                && deployment.breaker.isTrippedBy(
                        deployment.status.isRollback() ? deployment.rollbackFailures : deployment.failures);
    }

    void trip(Service service) {
        ServiceDeployment deployment = service.deployment();
        deployment.tripped = true;
        service.primary.become(Rollout.State.FAILED, BREAKER + "tasks failed to start.", now());
        service.events.failed(service.primary);
        if (deployment.status.isRollback()) {
            deployment.become(
                    ServiceDeployment.Status.ROLLBACK_FAILED,
                    "Service deployment rollback failed because the circuit breaker threshold was exceeded.",
                    now());
        } else if (deployment.breaker.rollback()) {
            rollBack(
                    service,
                    "Service deployment rolled back because the circuit breaker threshold was exceeded.",
                    BREAKER);
        } else {
            deployment.become(
                    ServiceDeployment.Status.STOPPED,
                    "Service deployment stopped because the circuit breaker threshold was exceeded.",
                    now());
        }
    }

    /** Brings the last good revision back. */
    void rollBack(Service service, String reason, String prefix) {
        ServiceDeployment deployment = service.deployment();
        Revision target = service.stable;
        Rollout failed = service.primary;
        if (target == null || target.equals(failed.revision)) {
            failed.become(Rollout.State.FAILED, prefix + "no rollback candidate was found.", now());
            deployment.become(
                    ServiceDeployment.Status.ROLLBACK_FAILED,
                    reason + " No rollback candidate was found to run the rollback.",
                    now());
            return;
        }
        Rollout back = other(service, target);
        if (back == null) {
            back = new Rollout(target, now());
        }
        service.others.remove(back);
        service.others.add(0, failed);
        service.primary = back;
        service.settings = Settings.backTo(target, service.settings);
        service.steady = false;
        back.failedTasks = 0;
        back.become(Rollout.State.IN_PROGRESS, prefix + "rolling back to deploymentId " + back.id + ".", now());
        failed.become(Rollout.State.FAILED, failed.reason, now());
        service.events.add("rolling back to deployment " + back.id + ".");
        deployment.rollbackAt = now();
        deployment.rollbackTo = target;
        deployment.become(ServiceDeployment.Status.ROLLBACK_IN_PROGRESS, reason, now());
    }

    boolean completes(Service service) {
        Rollout primary = service.primary;
        return primary.state == Rollout.State.IN_PROGRESS
                && !service.deployment().status.isFinal()
                && service.deployment().status != ServiceDeployment.Status.ROLLBACK_REQUESTED
                && service.isAlone()
                && primary.count(Replica::isLive) == service.desired
                && primary.count(Replica::isHealthy) == service.desired;
    }

    void complete(Service service) {
        ServiceDeployment deployment = service.deployment();
        Rollout primary = service.primary;
        primary.become(Rollout.State.COMPLETED, "ECS deployment " + primary.id + " completed.", now());
        service.stable = primary.revision;
        service.events.completed(primary);
        if (deployment.status == ServiceDeployment.Status.ROLLBACK_IN_PROGRESS) {
            deployment.become(ServiceDeployment.Status.ROLLBACK_SUCCESSFUL, null, now());
        } else {
            deployment.become(ServiceDeployment.Status.SUCCESSFUL, null, now());
        }
    }

    /** Ends a deployment where it is. */
    void abort(Service service, String reason) {
        ServiceDeployment deployment = service.deployment();
        deployment.become(ServiceDeployment.Status.STOPPED, reason, now());
        service.primary.become(Rollout.State.FAILED, "ECS deployment " + service.primary.id + " stopped.", now());
    }

    private static @Nullable Rollout other(Service service, Revision revision) {
        return service.others.stream()
                .filter(rollout -> rollout.revision.equals(revision))
                .findFirst()
                .orElse(null);
    }

    private Instant now() {
        return context.clock().instant();
    }
}
