package io.portolan.emulator.internal.aws.ecs.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.ecs.EcsOperations;
import io.portolan.emulator.internal.aws.ecs.EcsService;
import io.portolan.emulator.internal.aws.ecs.Json;
import io.portolan.emulator.internal.relay.TargetGroup;
import io.portolan.emulator.internal.relay.TargetGroups;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The operations on Express services, which bring their load balancer with them. Used with the lock held. */
final class ExpressOperations implements EcsOperations {
    private static final String[] CONFIGURATION = {
        "executionRoleArn",
        "taskRoleArn",
        "healthCheckPath",
        "primaryContainer",
        "networkConfiguration",
        "cpu",
        "memory",
        "scalingTarget",
        "taskDefinitionArn",
    };

    private static final int GRACE_SECONDS = 30;

    private final EcsService ecs;
    private final Services services;
    private final TargetGroups groups;
    private final ExpressDefinitions definitions;
    private final Map<String, ObjectNode> configurations = new HashMap<>();
    private final Map<String, String> roles = new HashMap<>();

    ExpressOperations(EcsService ecs, Services services, TargetGroups groups) {
        this.ecs = ecs;
        this.services = services;
        this.groups = groups;
        this.definitions = new ExpressDefinitions(ecs);
    }

    @Override
    public Map<String, UnaryOperator<ObjectNode>> operations() {
        return Map.of(
                "CreateExpressGatewayService", this::create,
                "DescribeExpressGatewayService", this::describe,
                "UpdateExpressGatewayService", this::update,
                "DeleteExpressGatewayService", this::delete);
    }

    private ObjectNode create(ObjectNode input) {
        String cluster = ecs.clusters().require(input);
        String name = Json.text(input, "serviceName", "express-" + Ids.word());
        services.checkName(cluster, name);
        if (input.has("primaryContainer") == input.has("taskDefinitionArn")) {
            throw AwsError.invalidParameter("Specify either primaryContainer or taskDefinitionArn.");
        }
        ObjectNode configuration = Json.object();
        configuration.put("cpu", "256").put("memory", "512").put("healthCheckPath", "/ping");
        configuration.putObject("scalingTarget").put("minTaskCount", 1).put("maxTaskCount", 20);
        merge(configuration, input);
        String family = cluster + "-" + name;
        ExpressDefinitions.Main main = definitions.main(configuration, family);
        String id = Ids.word().substring(0, 16);
        String group = "arn:aws:elasticloadbalancing:" + AwsEmulator.REGION + ":" + AwsEmulator.ACCOUNT
                + ":targetgroup/ecs-gateway-tg-" + id + "/" + id;
        Revision.Target target = target(group, configuration, main);
        Service service;
        try {
            service = services.create(
                    cluster,
                    name,
                    Settings.created(settings(configuration, main)),
                    desired(configuration),
                    input.path("tags"),
                    List.of(target),
                    true);
        } catch (AwsError e) {
            groups.remove(group);
            throw e;
        }
        service.onInactive = () -> groups.remove(group);
        configurations.put(service.primary.revision.arn(), configuration);
        roles.put(service.arn, Json.text(input, "infrastructureRoleArn", ""));
        return answer(service, true);
    }

    private ObjectNode describe(ObjectNode input) {
        Service service = find(input)
                .orElseThrow(() -> new AwsError(400, "ResourceNotFoundException", "The service was not found."));
        return answer(service, Json.contains(input.path("include"), "TAGS"));
    }

    private ObjectNode update(ObjectNode input) {
        Service service = Services.active(require(input));
        Revision before = service.primary.revision;
        ObjectNode configuration =
                configurations.getOrDefault(before.arn(), Json.object()).deepCopy();
        if (input.has("primaryContainer")) {
            configuration.remove("taskDefinitionArn");
        } else if (input.has("taskDefinitionArn")) {
            configuration.remove("primaryContainer");
        }
        merge(configuration, input);
        ExpressDefinitions.Main main = definitions.main(configuration, service.cluster + "-" + service.name);
        Revision.Target target = target(before.targets().get(0).group().name(), configuration, main);
        services.update(
                service,
                Settings.changed(service.settings, settings(configuration, main)),
                desired(configuration),
                false,
                List.of(target));
        configurations.put(service.primary.revision.arn(), configuration);
        ObjectNode output = Json.object();
        ObjectNode view = output.putObject("service");
        head(view, service);
        view.set("targetConfiguration", configuration(service.primary.revision));
        return output;
    }

    private ObjectNode delete(ObjectNode input) {
        Service service = Services.active(require(input));
        services.delete(service);
        return answer(service, false);
    }

    private Service require(ObjectNode input) {
        return find(input).orElseThrow(() -> new AwsError(400, "ServiceNotFoundException", "Service not found."));
    }

    private Optional<Service> find(ObjectNode input) {
        String arn = Json.text(input, "serviceArn", "");
        return services.all()
                .filter(service -> service.arn.equals(arn))
                .findFirst()
                .map(service -> {
                    if (!service.express) {
                        throw AwsError.invalidParameter("The service is not an Express Gateway service.");
                    }
                    return service;
                });
    }

    private Revision.Target target(String group, ObjectNode configuration, ExpressDefinitions.Main main) {
        TargetGroup opened = groups.open(group, Json.text(configuration, "healthCheckPath", "/ping"));
        return new Revision.Target(opened, ExpressDefinitions.MAIN, main.port());
    }

    private static void merge(ObjectNode configuration, ObjectNode input) {
        ObjectNode scaling = (ObjectNode) configuration.path("scalingTarget").deepCopy();
        Json.copy(input, configuration, CONFIGURATION);
        if (input.path("scalingTarget") instanceof ObjectNode given) {
            scaling.setAll(given);
        }
        int least = scaling.path("minTaskCount").asInt();
        if (least < 0 || least > scaling.path("maxTaskCount").asInt()) {
            throw AwsError.invalidParameter("minTaskCount must be between 0 and maxTaskCount.");
        }
        configuration.set("scalingTarget", scaling);
    }

    private static ObjectNode settings(ObjectNode configuration, ExpressDefinitions.Main main) {
        ObjectNode settings = Json.object();
        settings.put("taskDefinition", main.definitionArn()).put("launchType", "FARGATE");
        ObjectNode vpc = settings.putObject("networkConfiguration").putObject("awsvpcConfiguration");
        vpc.set("subnets", Json.list(List.of("subnet-default")));
        vpc.put("assignPublicIp", "ENABLED");
        Json.copy(configuration.path("networkConfiguration"), vpc, "subnets", "securityGroups");
        ObjectNode deployment = settings.putObject(Settings.DEPLOYMENT);
        deployment.put("strategy", "CANARY");
        settings.put("healthCheckGracePeriodSeconds", GRACE_SECONDS);
        deployment.putObject("deploymentCircuitBreaker").put("enable", true).put("rollback", true);
        return settings;
    }

    private static int desired(ObjectNode configuration) {
        return configuration.path("scalingTarget").path("minTaskCount").asInt();
    }

    private ObjectNode answer(Service service, boolean withTags) {
        ObjectNode output = Json.object();
        ObjectNode view = output.putObject("service");
        head(view, service);
        Json.put(view, "infrastructureRoleArn", roles.get(service.arn));
        ServiceDeployment current = service.deployment();
        if (!current.status.isFinal()) {
            view.put("currentDeployment", current.arn);
        }
        var active = view.putArray("activeConfigurations");
        if (service.status == Service.Status.ACTIVE) {
            service.current().forEach(rollout -> active.add(configuration(rollout.revision)));
        }
        if (withTags) {
            view.set("tags", ecs.tags().of(service.arn));
        }
        return output;
    }

    private static void head(ObjectNode view, Service service) {
        view.put("cluster", service.cluster).put("serviceName", service.name);
        view.put("serviceArn", service.arn);
        view.putObject("status").put("statusCode", service.status.name());
        Json.time(view, "createdAt", service.createdAt);
        Json.time(view, "updatedAt", service.updatedAt);
    }

    private ObjectNode configuration(Revision revision) {
        ObjectNode view =
                configurations.getOrDefault(revision.arn(), Json.object()).deepCopy();
        view.put("serviceRevisionArn", revision.arn());
        view.put("taskDefinitionArn", revision.start().definitionArn());
        Json.time(view, "createdAt", revision.createdAt());
        view.putArray("ingressPaths")
                .addObject()
                .put("accessType", "PUBLIC")
                .put("endpoint", revision.targets().get(0).group().relay().uri().toString());
        return view;
    }
}
