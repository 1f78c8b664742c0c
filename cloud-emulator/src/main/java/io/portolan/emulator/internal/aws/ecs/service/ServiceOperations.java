package io.portolan.emulator.internal.aws.ecs.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.ecs.Arns;
import io.portolan.emulator.internal.aws.ecs.EcsOperations;
import io.portolan.emulator.internal.aws.ecs.EcsService;
import io.portolan.emulator.internal.aws.ecs.Json;
import io.portolan.emulator.internal.aws.ecs.Pages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The operations on services. Used with the lock held. */
final class ServiceOperations implements EcsOperations {
    private static final int MOST = 10;
    private static final int LONGEST_TOKEN = 36;

    private final EcsService ecs;
    private final Services services;
    private final Map<String, ObjectNode> creations = new HashMap<>();

    ServiceOperations(EcsService ecs, Services services) {
        this.ecs = ecs;
        this.services = services;
    }

    @Override
    public Map<String, UnaryOperator<ObjectNode>> operations() {
        return Map.of(
                "CreateService", this::create,
                "UpdateService", this::update,
                "DeleteService", this::delete,
                "DescribeServices", this::describe,
                "ListServices", this::list);
    }

    private ObjectNode create(ObjectNode input) {
        String cluster = ecs.clusters().require(input);
        String name = Json.text(input, "serviceName", "");
        if (Json.text(input, "clientToken", "").length() > LONGEST_TOKEN) {
            throw AwsError.invalidParameter("clientToken must be at most " + LONGEST_TOKEN + " characters long.");
        }
        Service before = services.find(cluster, name).orElse(null);
        if (before != null
                && before.status == Service.Status.ACTIVE
                && input.has("clientToken")
                && Objects.equals(creations.get(before.arn), input)) {
            return answer(before, true);
        }
        services.checkName(cluster, name);
        if ("DAEMON".equals(Json.text(input, "schedulingStrategy"))) {
            throw new AwsError(400, "UnsupportedFeatureException", "The emulator has no DAEMON services.");
        }
        if (!"ECS".equals(Json.text(input.path("deploymentController"), "type", "ECS"))) {
            throw new AwsError(
                    400, "UnsupportedFeatureException", "The emulator has the deployment controller ECS only.");
        }
        if (!input.has("desiredCount")) {
            throw AwsError.invalidParameter("The desiredCount is required for the scheduling strategy REPLICA.");
        }
        ObjectNode settings = Settings.created(input);
        check(settings, input);
        Service service = services.create(
                cluster, name, settings, input.path("desiredCount").asInt(), input.path("tags"), List.of(), false);
        creations.put(service.arn, input.deepCopy());
        return answer(service, true);
    }

    private ObjectNode update(ObjectNode input) {
        Service service = Services.active(services.require(input));
        ObjectNode settings = Settings.changed(service.settings, input);
        check(settings, input);
        int desired = input.path("desiredCount").asInt(service.desired);
        boolean force = input.path("forceNewDeployment").asBoolean();
        if (force || Settings.touchRevision(input)) {
            List<Revision.Target> kept = service.express ? service.primary.revision.targets() : List.of();
            services.update(service, settings, desired, force, kept);
        } else {
            services.update(service, settings, desired);
        }
        return answer(service, true);
    }

    private ObjectNode delete(ObjectNode input) {
        Service service = Services.active(services.require(input));
        if (service.desired > 0 && !input.path("force").asBoolean()) {
            throw AwsError.invalidParameter("The service cannot be stopped while it is scaled above 0.");
        }
        services.delete(service);
        return answer(service, false);
    }

    private ObjectNode describe(ObjectNode input) {
        String cluster = ecs.clusters().require(input);
        List<String> names = Json.texts(input, "services");
        if (names == null || names.isEmpty()) {
            throw AwsError.invalidParameter("Services cannot be empty.");
        }
        if (names.size() > MOST) {
            throw AwsError.invalidParameter("Services cannot have more than " + MOST + " items.");
        }
        boolean withTags = Json.contains(input.path("include"), "TAGS");
        ObjectNode output = Json.object();
        ArrayNode found = output.putArray("services");
        ArrayNode failures = output.putArray("failures");
        for (String name : names) {
            services.find(cluster, name)
                    .ifPresentOrElse(
                            service -> found.add(view(service, withTags)),
                            () -> failures.addObject()
                                    .put("arn", name.startsWith("arn:") ? name : Ids.service(cluster, Arns.last(name)))
                                    .put("reason", "MISSING"));
        }
        return output;
    }

    private ObjectNode list(ObjectNode input) {
        String cluster = ecs.clusters().require(input);
        String launchType = Json.text(input, "launchType");
        String managed = Json.text(input, "resourceManagementType");
        List<String> arns = services.all()
                .filter(service -> service.cluster.equals(cluster))
                .filter(service -> service.status != Service.Status.INACTIVE)
                .filter(service -> launchType == null
                        || launchType.equals(service.primary.revision.start().launchType()))
                .filter(service -> managed == null || managed.equals(service.express ? "ECS" : "CUSTOMER"))
                .map(service -> service.arn)
                .toList();
        ObjectNode sized = input.deepCopy();
        // The usual page is smaller than that of other lists.
        sized.put("maxResults", input.path("maxResults").asInt(MOST));
        return Pages.of(sized, "serviceArns", arns);
    }

    private static void check(ObjectNode settings, ObjectNode input) {
        if (input.path("desiredCount").asInt() < 0) {
            throw AwsError.invalidParameter("The desiredCount must not be negative.");
        }
        if (input.path("healthCheckGracePeriodSeconds").asInt() > 0
                && settings.path("loadBalancers").isEmpty()) {
            throw AwsError.invalidParameter(
                    "Health check grace period is only valid for services configured to use load balancers");
        }
        JsonNode deployment = settings.path(Settings.DEPLOYMENT);
        int least = deployment.path("minimumHealthyPercent").asInt();
        int most = deployment.path("maximumPercent").asInt();
        if (least == 100 && most == 100) {
            throw AwsError.invalidParameter(
                    "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.");
        }
        if (most < 100 || least < 0 || least > 100) {
            throw AwsError.invalidParameter(
                    "maximumPercent must be at least 100 and minimumHealthyPercent between 0 and 100.");
        }
    }

    private ObjectNode answer(Service service, boolean withTags) {
        ObjectNode output = Json.object();
        output.set("service", view(service, withTags));
        return output;
    }

    private ObjectNode view(Service service, boolean withTags) {
        ObjectNode view = ServiceView.of(service);
        if (withTags) {
            view.set("tags", ecs.tags().of(service.arn));
        }
        return view;
    }
}
