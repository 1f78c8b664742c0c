package io.portolan.emulator.internal.aws.ecs.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.ecs.EcsContext;
import io.portolan.emulator.internal.aws.ecs.EcsOperations;
import io.portolan.emulator.internal.aws.ecs.EcsService;
import io.portolan.emulator.internal.aws.ecs.Json;
import io.portolan.emulator.internal.aws.ecs.Pages;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The operations on deployments and revisions of services. Used with the lock held. */
final class DeploymentOperations implements EcsOperations {
    private static final int MOST = 20;
    private static final String MEMBER = "serviceDeployments";

    private final EcsContext context;
    private final Services services;
    private final Rollouts rollouts;

    DeploymentOperations(EcsService ecs, Services services, Rollouts rollouts) {
        this.context = ecs.context();
        this.services = services;
        this.rollouts = rollouts;
    }

    private record Found(Service service, ServiceDeployment deployment) {}

    @Override
    public Map<String, UnaryOperator<ObjectNode>> operations() {
        return Map.of(
                "ListServiceDeployments", this::list,
                "DescribeServiceDeployments", this::describe,
                "DescribeServiceRevisions", this::describeRevisions,
                "StopServiceDeployment", this::stop);
    }

    private ObjectNode list(ObjectNode input) {
        Service service = services.require(input);
        List<String> statuses = Json.texts(input, "status");
        List<ServiceDeployment> newestFirst = new ArrayList<>(service.deployments);
        Collections.reverse(newestFirst);
        List<String> arns = newestFirst.stream()
                .filter(deployment ->
                        statuses == null || statuses.isEmpty() || statuses.contains(deployment.status.name()))
                .filter(deployment -> isBetween(deployment.createdAt, input))
                .map(deployment -> deployment.arn)
                .toList();
        ObjectNode output = Pages.of(input, MEMBER, arns);
        ArrayNode briefs = Json.array();
        newestFirst.stream()
                .filter(deployment -> Json.contains(output.path(MEMBER), deployment.arn))
                .forEach(deployment -> briefs.add(DeploymentView.brief(service, deployment)));
        output.set(MEMBER, briefs);
        return output;
    }

    private static boolean isBetween(Instant time, ObjectNode input) {
        BigDecimal at = BigDecimal.valueOf(time.toEpochMilli(), 3);
        var range = input.path("createdAt");
        boolean early = range.has("after") && at.compareTo(range.path("after").decimalValue()) < 0;
        boolean late = range.has("before") && at.compareTo(range.path("before").decimalValue()) > 0;
        return !early && !late;
    }

    private ObjectNode describe(ObjectNode input) {
        ObjectNode output = Json.object();
        ArrayNode views = output.putArray(MEMBER);
        ArrayNode failures = output.putArray("failures");
        for (String arn : arns(input, "serviceDeploymentArns")) {
            Found found = find(arn);
            if (found == null) {
                failures.addObject().put("arn", arn).put("reason", "MISSING");
            } else {
                views.add(DeploymentView.of(found.service(), found.deployment()));
            }
        }
        return output;
    }

    private ObjectNode describeRevisions(ObjectNode input) {
        ObjectNode output = Json.object();
        ArrayNode views = output.putArray("serviceRevisions");
        ArrayNode failures = output.putArray("failures");
        for (String arn : arns(input, "serviceRevisionArns")) {
            int before = views.size();
            services.all()
                    .forEach(service -> service.revisions.stream()
                            .filter(revision -> revision.arn().equals(arn))
                            .forEach(revision -> views.add(DeploymentView.revision(service, revision))));
            if (views.size() == before) {
                failures.addObject().put("arn", arn).put("reason", "MISSING");
            }
        }
        return output;
    }

    private ObjectNode stop(ObjectNode input) {
        String arn = Json.text(input, "serviceDeploymentArn", "");
        Found found = find(arn);
        if (found == null) {
            throw new AwsError(400, "ServiceDeploymentNotFoundException", "Service deployment not found.");
        }
        ServiceDeployment deployment = found.deployment();
        Service service = found.service();
        if (deployment.status.isFinal() || deployment.status.isRollback()) {
            throw new AwsError(
                    400,
                    "ConflictException",
                    "The service deployment cannot be stopped, since its status is " + deployment.status + ".");
        }
        boolean rollback = Json.text(input, "stopType", "ROLLBACK").equals("ROLLBACK");
        deployment.become(
                rollback ? ServiceDeployment.Status.ROLLBACK_REQUESTED : ServiceDeployment.Status.STOP_REQUESTED,
                null,
                context.clock().instant());
        context.later(context.aws().taskPhase(), () -> {
            if (deployment.status == ServiceDeployment.Status.ROLLBACK_REQUESTED) {
                rollouts.rollBack(service, "Service deployment rolled back by request.", "ECS deployment stopped: ");
            } else if (deployment.status == ServiceDeployment.Status.STOP_REQUESTED) {
                rollouts.abort(service, "Service deployment stopped by request.");
            }
            services.wake(service);
        });
        return Json.object().put("serviceDeploymentArn", arn);
    }

    private @Nullable Found find(String arn) {
        return services.all()
                .flatMap(service -> service.deployments.stream()
                        .filter(deployment -> deployment.arn.equals(arn))
                        .map(deployment -> new Found(service, deployment)))
                .findFirst()
                .orElse(null);
    }

    private static List<String> arns(ObjectNode input, String member) {
        List<String> arns = Json.texts(input, member);
        if (arns == null || arns.isEmpty() || arns.size() > MOST) {
            throw AwsError.invalidParameter(member + " must have between 1 and " + MOST + " members.");
        }
        return arns;
    }
}
