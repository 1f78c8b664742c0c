package io.portolan.emulator.internal.gcp.run.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.internal.gcp.GcpError;
import io.portolan.emulator.internal.gcp.run.template.Quantity;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the platform refuses though it fits the discovery document. */
final class ServiceChecks {
    private static final Set<String> RESERVED = Set.of(
            "PORT",
            "K_SERVICE",
            "K_REVISION",
            "K_CONFIGURATION",
            "CLOUD_RUN_JOB",
            "CLOUD_RUN_EXECUTION",
            "CLOUD_RUN_TASK_INDEX",
            "CLOUD_RUN_TASK_ATTEMPT",
            "CLOUD_RUN_TASK_COUNT",
            "CLOUD_RUN_WORKER_POOL",
            "CLOUD_RUN_REVISION");
    private static final List<String> NAMESPACES =
            List.of("run.googleapis.com/", "cloud.googleapis.com/", "serving.knative.dev/", "autoscaling.knative.dev/");
    private static final int LONGEST_STARTUP_PERIOD = 240;
    private static final int LONGEST_LIVENESS_PERIOD = 3600;

    private ServiceChecks() {}

    static void checkId(String id) {
        if (!id.matches("[a-z]([a-z0-9-]{0,47}[a-z0-9])?")) {
            throw violation(
                    "CreateServiceRequest.service_id",
                    "Only lowercase, digits, and hyphens; must begin with letter, and cannot end with hyphen; must be"
                            + " less than 50 characters");
        }
    }

    static void check(JsonNode service, String id) {
        Stream.of(service, service.path("template"))
                .flatMap(node -> Stream.of(node.path("labels"), node.path("annotations")))
                .forEach(ServiceChecks::checkKeys);
        JsonNode containers = service.path("template").path("containers");
        if (containers.isEmpty()) {
            throw violation("Service.template.containers", "Must contain at least one container");
        }
        int withPort = 0;
        for (int i = 0; i < containers.size(); i++) {
            withPort += containers.get(i).path("ports").isEmpty() ? 0 : 1;
            checkContainer(containers.get(i), "Service.template.containers[" + i + "]");
        }
        if (withPort > 1 || (withPort == 0 && containers.size() > 1)) {
            throw violation(
                    "Service.template.containers",
                    "Revision template should contain exactly one container with an exposed port");
        }
        String revision = service.path("template").path("revision").asText("");
        if (!revision.isEmpty() && (!revision.startsWith(id + "-") || revision.length() > 63)) {
            throw violation(
                    "Service.template.revision",
                    "The revision name must be prefixed by the name of the enclosing Service with a trailing -, and be"
                            + " less than 64 characters");
        }
        JsonNode scaling = service.path("scaling");
        if (scaling.path("manualInstanceCount").asInt() > 0
                && scaling.path("scalingMode").asText().equals("AUTOMATIC")) {
            throw violation("Service.scaling", "manual_instance_count requires the scaling mode MANUAL");
        }
    }

    private static void checkContainer(JsonNode container, String path) {
        if (container.path("image").asText("").isEmpty()) {
            throw violation(path + ".image", "Expected an image import path like 'gcr.io/project/image'");
        }
        Set<String> reserved = new TreeSet<>();
        for (JsonNode variable : container.path("env")) {
            String name = variable.path("name").asText();
            if (RESERVED.contains(name) || name.startsWith("X_GOOGLE_")) {
                reserved.add(name);
            }
        }
        if (!reserved.isEmpty()) {
            throw violation(
                    path + ".env",
                    "The following reserved env names were provided: " + String.join(", ", reserved)
                            + ". These values are automatically set by the system");
        }
        container.path("resources").path("limits").properties().forEach(limit -> {
            if (!Quantity.isValid(limit.getValue().asText())) {
                throw violation(path + ".resources.limits." + limit.getKey(), "Could not parse the quantity");
            }
        });
        checkProbe(container.path("startupProbe"), path + ".startup_probe", LONGEST_STARTUP_PERIOD);
        checkProbe(container.path("livenessProbe"), path + ".liveness_probe", LONGEST_LIVENESS_PERIOD);
        if (container.path("livenessProbe").has("tcpSocket")) {
            throw violation(path + ".liveness_probe", "A liveness probe must be httpGet or grpc");
        }
    }

    private static void checkProbe(JsonNode probe, String path, int longest) {
        if (probe.isMissingNode()) {
            return;
        }
        int period = probe.path("periodSeconds").asInt(10);
        if (period > longest || probe.path("initialDelaySeconds").asInt() > longest) {
            throw violation(path, "initial_delay_seconds and period_seconds must be at most " + longest);
        }
        if (probe.path("timeoutSeconds").asInt(1) > period) {
            throw violation(path + ".timeout_seconds", "Must not be greater than period_seconds");
        }
    }

    private static void checkKeys(JsonNode labels) {
        labels.properties().forEach(label -> {
            if (NAMESPACES.stream().anyMatch(label.getKey()::startsWith)) {
                throw GcpError.invalid("Label or annotation key '" + label.getKey() + "' is in a reserved namespace.");
            }
        });
    }

    private static GcpError violation(String path, String rule) {
        return GcpError.invalid("Violation in " + path + ": " + rule + ".");
    }
}
