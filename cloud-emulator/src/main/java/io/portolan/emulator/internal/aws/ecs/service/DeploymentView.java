package io.portolan.emulator.internal.aws.ecs.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.ecs.Arns;
import io.portolan.emulator.internal.aws.ecs.Json;

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
        if (deployment.status == ServiceDeployment.Status.IN_PROGRESS) {
            view.put("lifecycleStage", "SCALE_UP");
        }
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
        for (Rollout rollout : service.rollouts()) {
            if (rollout.revision.equals(revision)) {
                ServiceView.revision(view, service, rollout);
                return view;
            }
        }
        view.put("arn", revision.arn()).put("requestedTaskCount", 0);
        return view.put("runningTaskCount", 0).put("pendingTaskCount", 0);
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
