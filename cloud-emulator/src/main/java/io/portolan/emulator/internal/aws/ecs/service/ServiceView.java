package io.portolan.emulator.internal.aws.ecs.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.ecs.Arns;
import io.portolan.emulator.internal.aws.ecs.Json;

/** Services as the API tells them. */
final class ServiceView {
    private ServiceView() {}

    static ObjectNode of(Service service) {
        ObjectNode view = service.settings.deepCopy();
        view.setAll(service.primary.revision.settings().deepCopy());
        // Of the deployments only.
        view.remove("serviceConnectConfiguration");
        view.remove("volumeConfigurations");
        view.remove("vpcLatticeConfigurations");
        view.put("serviceArn", service.arn).put("serviceName", service.name);
        view.put("clusterArn", Arns.cluster(service.cluster)).put("status", service.status.name());
        view.put("desiredCount", service.desired);
        view.put("runningCount", service.count(Replica::isRunning));
        view.put("pendingCount", service.count(ServiceView::isPending));
        view.put("createdBy", "arn:aws:iam::" + AwsEmulator.ACCOUNT + ":root");
        view.put("resourceManagementType", service.express ? "ECS" : "CUSTOMER");
        Json.time(view, "createdAt", service.createdAt);
        ServiceDeployment current = service.deployment();
        if (!current.status.isFinal()) {
            view.put("currentServiceDeployment", current.arn);
        }
        ArrayNode deployments = view.putArray("deployments");
        ArrayNode revisions = view.putArray("currentServiceRevisions");
        if (service.status != Service.Status.INACTIVE) {
            for (Rollout rollout : service.current()) {
                deployments.add(deployment(service, rollout));
                revision(revisions.addObject(), service, rollout);
            }
        }
        view.set("events", service.events.view());
        return view;
    }

    private static ObjectNode deployment(Service service, Rollout rollout) {
        ObjectNode view = Json.object();
        view.put("id", rollout.id).put("status", rollout == service.primary ? "PRIMARY" : "ACTIVE");
        Json.copy(rollout.revision.settings(), view, "taskDefinition", "launchType", "capacityProviderStrategy");
        Json.copy(rollout.revision.settings(), view, "platformVersion", "networkConfiguration");
        Json.copy(rollout.revision.settings(), view, "serviceConnectConfiguration", "volumeConfigurations");
        if (rollout.revision.start().launchType().equals("FARGATE")) {
            view.put("platformFamily", "Linux");
        }
        view.put("desiredCount", desired(service, rollout));
        view.put("pendingCount", rollout.count(ServiceView::isPending));
        view.put("runningCount", rollout.count(Replica::isRunning));
        view.put("failedTasks", rollout.failedTasks);
        Json.time(view, "createdAt", rollout.createdAt);
        Json.time(view, "updatedAt", rollout.updatedAt);
        return view.put("rolloutState", rollout.state.name()).put("rolloutStateReason", rollout.reason);
    }

    static void revision(ObjectNode view, Service service, Rollout rollout) {
        view.put("arn", rollout.revision.arn());
        view.put("requestedTaskCount", desired(service, rollout));
        view.put("runningTaskCount", rollout.count(Replica::isRunning));
        view.put("pendingTaskCount", rollout.count(ServiceView::isPending));
    }

    private static int desired(Service service, Rollout rollout) {
        if (rollout == service.primary) {
            return rollout.state == Rollout.State.FAILED ? 0 : service.desired;
        }
        return rollout.count(Replica::isLive);
    }

    private static boolean isPending(Replica replica) {
        return replica.isLive() && !replica.isRunning();
    }
}
