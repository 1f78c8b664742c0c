package io.portolan.aws.internal.service;

import io.portolan.run.ReplicaStatus;
import io.portolan.run.RevisionStatus;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.ServiceSpec;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * A service as it was found at ECS, and what the user sees of it. Pure.
 *
 * @param name the service
 * @param service what ECS says of it
 * @param revisions newest first
 * @param tasks those that are to run
 * @param uri where the outside reaches it
 */
record ServiceView(
        String name,
        Service service,
        List<Revision> revisions,
        List<Task> tasks,
        @Nullable URI uri) {
    private static final String PRIMARY = "PRIMARY";
    private static final String ACTIVE = "ACTIVE";

    ServiceStatus status() {
        Revision serving = serving();
        List<ReplicaStatus> replicas = tasks.stream()
                .sorted(Comparator.comparing(Task::taskArn))
                .map(task -> replica(task, serving))
                .toList();
        int desired = service.desiredCount() == null ? 0 : service.desiredCount();
        boolean ready = serving != null
                && replicas.stream()
                                .filter(r -> r.ready() && r.revision() == serving.number())
                                .count()
                        >= desired;
        ServiceSpec spec = serving != null
                ? serving.spec()
                : revisions.isEmpty() ? null : revisions.get(0).spec();
        return new ServiceStatus(
                name,
                ready,
                serving == null ? null : uri,
                spec == null ? name : name + ":" + spec.port().number(),
                revisions.stream().map(r -> status(r, serving)).toList(),
                replicas);
    }

    /**
     * The revision that gets traffic. While a deployment is on its way that is the one before; on the way back it is the good one that ECS
     * goes back to.
     */
    @Nullable
    Revision serving() {
        Deployment primary = primary();
        if (primary == null) {
            return null;
        }
        Revision first = revision(primary.taskDefinition());
        if (primary.rolloutState() == DeploymentRolloutState.COMPLETED) {
            return first;
        }
        for (Deployment deployment : service.deployments()) {
            Revision revision = revision(deployment.taskDefinition());
            if (ACTIVE.equals(deployment.status())
                    && revision != null
                    && (revision.isGood() || deployment.rolloutState() == DeploymentRolloutState.COMPLETED)) {
                return revision;
            }
        }
        return first != null && first.isGood() ? first : null;
    }

    /** The revision that the newest deployment brings. */
    @Nullable
    Revision wanted() {
        Deployment primary = primary();
        return primary == null ? null : revision(primary.taskDefinition());
    }

    /** Whether the newest deployment came to its good end. */
    boolean isSettled() {
        Deployment primary = primary();
        return primary != null && primary.rolloutState() == DeploymentRolloutState.COMPLETED;
    }

    private @Nullable Deployment primary() {
        return service.deployments().stream()
                .filter(d -> PRIMARY.equals(d.status()))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Revision revision(String arn) {
        return revisions.stream().filter(r -> r.arn().equals(arn)).findFirst().orElse(null);
    }

    private RevisionStatus status(Revision revision, @Nullable Revision serving) {
        return new RevisionStatus(
                revision.number(), revision.specHash(), revision.createdAt(), state(revision, serving));
    }

    private RevisionStatus.State state(Revision revision, @Nullable Revision serving) {
        if (revision.equals(serving)) {
            return RevisionStatus.State.SERVING;
        }
        return switch (revision.outcome()) {
            case GOOD -> RevisionStatus.State.RETIRED;
            case FAILED -> RevisionStatus.State.FAILED;
            // Who deployed it may have ended before it could say how it went.
            case OPEN -> isDeploying(revision) ? RevisionStatus.State.DEPLOYING : RevisionStatus.State.FAILED;
        };
    }

    private boolean isDeploying(Revision revision) {
        return service.deployments().stream()
                .anyMatch(d -> PRIMARY.equals(d.status())
                        && revision.arn().equals(d.taskDefinition())
                        && d.rolloutState() != DeploymentRolloutState.FAILED);
    }

    private ReplicaStatus replica(Task task, @Nullable Revision serving) {
        Revision revision = revision(task.taskDefinitionArn());
        String message = message(task);
        boolean ready = revision != null && isReady(task, revision, revision.equals(serving));
        if (!ready && "RUNNING".equals(task.lastStatus())) {
            message += revision != null && revision.checked()
                    ? ", but its health check does not pass"
                    : ", but the load balancer does not count it as healthy yet";
        }
        return new ReplicaStatus(
                ServiceNames.lastPart(task.taskArn()), revision == null ? 0 : revision.number(), ready, message);
    }

    /** A load balancer tells ECS alone which replicas are well; those of a deployment that is done are. */
    private boolean isReady(Task task, Revision revision, boolean serves) {
        if (!"RUNNING".equals(task.lastStatus())) {
            return false;
        }
        if (task.healthStatus() == HealthStatus.HEALTHY) {
            return true;
        }
        boolean unchecked =
                !revision.checked() && (task.healthStatus() == null || task.healthStatus() == HealthStatus.UNKNOWN);
        return unchecked && (serves || !isBalanced());
    }

    private boolean isBalanced() {
        return EcsServices.isExpress(service) || !service.loadBalancers().isEmpty();
    }

    private static String message(Task task) {
        String state = task.lastStatus() == null ? "UNKNOWN" : task.lastStatus();
        String reason = TaskReasons.text(task);
        return reason.isEmpty() ? state : state + ": " + reason;
    }
}
