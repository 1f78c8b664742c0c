package io.portolan.emulator.internal.aws.ecs.service;

import io.portolan.emulator.internal.aws.ecs.EcsService;
import io.portolan.emulator.internal.relay.TargetGroups;

/** Adds services to ECS. */
public final class EcsServices {
    private EcsServices() {}

    /**
     * Adds the operations on services.
     *
     * @param ecs whose tasks services run
     * @param groups that services may be registered with
     */
    public static void addTo(EcsService ecs, TargetGroups groups) {
        Revisions revisions = new Revisions(ecs, groups);
        Rollouts rollouts = new Rollouts(ecs.context());
        Scheduler scheduler = new Scheduler(ecs, revisions, rollouts);
        Services services = new Services(ecs, revisions, rollouts, scheduler);
        ecs.clusters().count("activeServicesCount", services::countActive);
        ecs.tasks().observe(task -> services.of(task).ifPresent(service -> scheduler.changed(service, task)));
        ecs.add(new ServiceOperations(ecs, services));
        ecs.add(new DeploymentOperations(ecs, services, rollouts));
        ecs.add(new ExpressOperations(ecs, services, groups));
    }
}
