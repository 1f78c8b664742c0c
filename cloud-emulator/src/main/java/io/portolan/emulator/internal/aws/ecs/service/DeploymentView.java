package io.portolan.emulator.internal.aws.ecs.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.ecs.Arns;
import io.portolan.emulator.internal.aws.ecs.Json;
import org.jspecify.annotations.Nullable;

/** Deployments and revisions of services as the API tells them. */
final class DeploymentView {
    private DeploymentView() {}

    static ObjectNode brief(Service service, ServiceDeployment deployment) {
        ObjectNode view = common(service, deployment);
        return view.put("targetServiceRevisionArn", deployment.target.arn());
    }

    static ObjectNode of(Service service, ServiceDeployment deployment) {
        ObjectNode view = common(service, deployment);
        Json.time(view, "stoppedAt", deployment.stoppedAt);
        Json.time(view, "updatedAt", deployment.updatedAt);
        view.set("targetServiceRevision", summary(service, deployment.target));
        ArrayNode sources = view.putArray("sourceServiceRevisions");
        deployment.sources.forEach(source -> sources.add(summary(service, source)));
        view.set("deploymentConfiguration", deployment.configuration.deepCopy());
        Json.put(view, "lifecycleStage", stage(service, deployment));
        if (deployment.rollbackTo != null) {
            ObjectNode rollback = view.putObject("rollback");
            Json.put(rollback, "reason", deployment.statusReason);
            Json.time(rollback, "startedAt", deployment.rollbackAt);
            rollback.put("serviceRevisionArn", deployment.rollbackTo.arn());
        }
        ObjectNode breaker = view.putObject("deploymentCircuitBreaker");
        breaker.put("status", breaker(deployment)).put("failureCount", deployment.failures);
        breaker.put("threshold", deployment.breaker.threshold());
        return view;
    }

    static ObjectNode revision(Service service, Revision revision) {
        ObjectNode view = Json.object();
        view.put("serviceRevisionArn", revision.arn()).put("serviceArn", service.arn);
        view.put("clusterArn", Arns.cluster(service.cluster));
        view.setAll(revision.settings().deepCopy());
        Json.time(view, "createdAt", revision.createdAt());
        ArrayNode images = view.putArray("containerImages");
        for (JsonNode container : revision.start().definition().path("containerDefinitions")) {
            ObjectNode image = images.addObject();
            image.put("containerName", Json.text(container, "name", ""));
            image.put("image", Json.text(container, "image", ""));
        }
        view.put("guardDutyEnabled", false);
        if (revision.start().launchType().equals("FARGATE")) {
            view.put("platformFamily", "Linux");
        }
        return view;
    }

    private static ObjectNode common(Service service, ServiceDeployment deployment) {
        ObjectNode view = Json.object();
        view.put("serviceDeploymentArn", deployment.arn).put("serviceArn", service.arn);
        view.put("clusterArn", Arns.cluster(service.cluster)).put("status", deployment.status.name());
        Json.put(view, "statusReason", deployment.statusReason);
        Json.time(view, "createdAt", deployment.createdAt);
        Json.time(view, "startedAt", deployment.startedAt);
        Json.time(view, "finishedAt", deployment.finishedAt);
        return view;
    }

    private static ObjectNode summary(Service service, Revision revision) {
        ObjectNode view = Json.object();
        for (Rollout rollout : service.current()) {
            if (rollout.revision.equals(revision)) {
                ServiceView.revision(view, service, rollout);
                return view;
            }
        }
        view.put("arn", revision.arn()).put("requestedTaskCount", 0);
        return view.put("runningTaskCount", 0).put("pendingTaskCount", 0);
    }

    /** The stage of a deployment that has stages; those of ROLLING have none. */
    private static @Nullable String stage(Service service, ServiceDeployment deployment) {
        boolean rolling = "ROLLING".equals(Json.text(deployment.configuration, "strategy", "ROLLING"));
        if (rolling || deployment.status.isFinal() || deployment.status.isRollback()) {
            return null;
        }
        if (deployment.status == ServiceDeployment.Status.PENDING) {
            return "RECONCILE_SERVICE";
        }
        boolean up = service.primary.count(Replica::isHealthy) >= service.desired;
        return up ? "CLEAN_UP" : "SCALE_UP";
    }

    private static String breaker(ServiceDeployment deployment) {
        if (!deployment.breaker.enabled()) {
            return "DISABLED";
        }
        if (deployment.tripped) {
            return "TRIGGERED";
        }
        return deployment.status.isFinal() ? "MONITORING_COMPLETE" : "MONITORING";
    }
}
