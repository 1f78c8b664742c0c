package io.portolan.emulator.internal.aws.ecs.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.ecs.Arns;
import io.portolan.emulator.internal.aws.ecs.EcsService;
import io.portolan.emulator.internal.aws.ecs.Json;
import io.portolan.emulator.internal.aws.ecs.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All services, and the ways to make, change and delete one. Used with the lock held. */
final class Services {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final String NAME = "[a-zA-Z0-9_-]{1,255}";

    private final EcsService ecs;
    private final Revisions revisions;
    private final Rollouts rollouts;
    private final Scheduler scheduler;
    private final Map<String, Service> services = new LinkedHashMap<>();

    Services(EcsService ecs, Revisions revisions, Rollouts rollouts, Scheduler scheduler) {
        this.ecs = ecs;
        this.revisions = revisions;
        this.rollouts = rollouts;
        this.scheduler = scheduler;
    }

    /** Refuses a name that is not one or that is taken. */
    void checkName(String cluster, String name) {
        if (!name.matches(NAME)) {
            throw AwsError.invalidParameter("Service name contains invalid characters.");
        }
        Service before = find(cluster, name).orElse(null);
        if (before != null && before.status == Service.Status.ACTIVE) {
            throw AwsError.invalidParameter("Creation of service was not idempotent.");
        }
        if (before != null && before.status == Service.Status.DRAINING) {
            throw AwsError.invalidParameter("Unable to Start a service that is still Draining.");
        }
    }

    Service create(
            String cluster,
            String name,
            ObjectNode settings,
            int desired,
            JsonNode tags,
            List<Revision.Target> targets,
            boolean express) {
        checkName(cluster, name);
        Revision revision = revisions.make(cluster, name, settings, targets);
        String arn = Ids.service(cluster, name);
        ecs.tags().register(arn, tags);
        Instant now = now();
        EcsEvents events = new EcsEvents(ecs.context().clock(), name);
        settings.put("taskDefinition", revision.start().definitionArn());
        Service service = new Service(cluster, name, settings, desired, new Rollout(revision, now), events, now);
        service.express = express;
        rollouts.begin(service, revision, List.of());
        services.remove(cluster + "/" + name);
        services.put(cluster + "/" + name, service);
        scheduler.wake(service);
        return service;
    }

    /** Changes what belongs to the service only. */
    void update(Service service, ObjectNode settings, int desired) {
        service.settings = settings;
        service.desired = desired;
        service.updatedAt = now();
        service.deployment().breaker = CircuitBreaker.of(settings.path(Settings.DEPLOYMENT), desired, service.express);
        scheduler.wake(service);
    }

    /** Changes a service, and deploys a revision if it would be another one than now. */
    void update(Service service, ObjectNode settings, int desired, boolean force, List<Revision.Target> targets) {
        Revision now = service.primary.revision;
        Revision revision = revisions.make(service.cluster, service.name, settings, targets);
        settings.put("taskDefinition", revision.start().definitionArn());
        update(service, settings, desired);
        boolean other = !revision.settings().equals(now.settings())
                || !revision.targets().equals(now.targets());
        if (other || force) {
            rollouts.deploy(service, revision);
        }
    }

    void delete(Service service) {
        ServiceDeployment deployment = service.deployment();
        if (!deployment.status.isFinal()) {
            deployment.become(ServiceDeployment.Status.STOPPED, "The service was deleted.", now());
        }
        service.desired = 0;
        service.status = Service.Status.DRAINING;
        service.updatedAt = now();
        scheduler.wake(service);
    }

    /** Looks at a service soon. */
    void wake(Service service) {
        scheduler.wake(service);
    }

    /** A service, which may have been deleted not long ago. */
    Optional<Service> find(String cluster, String nameOrArn) {
        return Optional.ofNullable(services.get(cluster + "/" + Arns.last(nameOrArn)))
                .filter(service -> !nameOrArn.startsWith("arn:") || service.arn.equals(nameOrArn))
                .filter(service -> !isForgotten(service));
    }

    /** The service that is named by the member {@code service} of a request. */
    Service require(ObjectNode input) {
        return find(ecs.clusters().require(input), Json.text(input, "service", ""))
                .orElseThrow(() -> new AwsError(400, "ServiceNotFoundException", "Service not found."));
    }

    /** A service that is not deleted. */
    static Service active(Service service) {
        if (service.status != Service.Status.ACTIVE) {
            throw new AwsError(400, "ServiceNotActiveException", "Service was not ACTIVE.");
        }
        return service;
    }

    /** The service that a task belongs to. */
    Optional<Service> of(Task task) {
        String group = task.start().group();
        return group.startsWith("service:")
                ? Optional.ofNullable(services.get(task.start().cluster() + "/" + group.substring("service:".length())))
                : Optional.empty();
    }

    Stream<Service> all() {
        return services.values().stream().filter(service -> !isForgotten(service));
    }

    int countActive(String cluster) {
        return (int) all().filter(service -> service.cluster.equals(cluster))
                .filter(service -> service.status == Service.Status.ACTIVE)
                .count();
    }

    private boolean isForgotten(Service service) {
        return service.inactiveAt != null && !service.inactiveAt.plus(KEPT).isAfter(now());
    }

    private Instant now() {
        return ecs.context().clock().instant();
    }
}
