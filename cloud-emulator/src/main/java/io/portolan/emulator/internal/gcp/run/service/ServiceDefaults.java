package io.portolan.emulator.internal.gcp.run.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.gcp.run.template.Quantity;

/** Fills in what the client left out, as the platform does. */
final class ServiceDefaults {
    static final int STARTUP_SECONDS = 240;
    private static final int PORT = 8080;
    private static final int CONCURRENCY = 80;
    private static final int MAX_INSTANCES = 100;

    private ServiceDefaults() {}

    /** Fills a service in place. */
    static void fill(ObjectNode service, String serviceAccount) {
        absent(service, "ingress", "INGRESS_TRAFFIC_ALL");
        absent(service, "launchStage", "GA");
        if (service.path("traffic").isEmpty()) {
            service.putArray("traffic")
                    .addObject()
                    .put("type", "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST")
                    .put("percent", 100);
        }
        if (!service.has("scaling")) {
            service.putObject("scaling");
        }
        template(service.withObject("/template"), serviceAccount);
    }

    private static void template(ObjectNode template, String serviceAccount) {
        absent(template, "executionEnvironment", "EXECUTION_ENVIRONMENT_GEN2");
        absent(template, "serviceAccount", serviceAccount);
        absent(template, "timeout", "300s");
        ObjectNode scaling = template.withObject("/scaling");
        if (!scaling.has("maxInstanceCount")) {
            scaling.put("maxInstanceCount", MAX_INSTANCES);
        }
        JsonNode containers = template.path("containers");
        for (JsonNode container : containers) {
            if (container instanceof ObjectNode object) {
                resources(object);
            }
        }
        JsonNode found = ingress(template);
        if (found instanceof ObjectNode ingress) {
            listen(ingress);
            if (template.path("maxInstanceRequestConcurrency").asInt() == 0) {
                String cpu =
                        ingress.path("resources").path("limits").path("cpu").asText();
                boolean whole = Quantity.cpuUnits(cpu) >= 1024;
                template.put("maxInstanceRequestConcurrency", whole ? CONCURRENCY : 1);
            }
        }
    }

    private static void resources(ObjectNode container) {
        // Whoever says something about resources has said that the CPU is always theirs, unless they say otherwise.
        if (!container.has("resources")) {
            container.putObject("resources").put("cpuIdle", true);
        }
        ObjectNode limits = container.withObject("/resources/limits");
        absent(limits, "cpu", "1000m");
        absent(limits, "memory", "512Mi");
    }

    private static void listen(ObjectNode container) {
        if (container.path("ports").isEmpty()) {
            container.putArray("ports").addObject().put("name", "http1").put("containerPort", PORT);
        }
        ArrayNode ports = container.withArray("ports");
        if (ports.get(0) instanceof ObjectNode port) {
            absent(port, "name", "http1");
        }
        if (!container.has("startupProbe")) {
            ObjectNode probe = container.putObject("startupProbe");
            probe.put("timeoutSeconds", STARTUP_SECONDS)
                    .put("periodSeconds", STARTUP_SECONDS)
                    .put("failureThreshold", 1);
            probe.putObject("tcpSocket").put("port", port(container));
        }
    }

    /** The container that takes requests: the one with a port, or the only one. */
    static JsonNode ingress(JsonNode template) {
        JsonNode containers = template.path("containers");
        for (JsonNode container : containers) {
            if (!container.path("ports").isEmpty()) {
                return container;
            }
        }
        return containers.size() == 1 ? containers.get(0) : containers.path(-1);
    }

    /** The port of the container that takes requests. */
    static int port(JsonNode ingress) {
        return ingress.path("ports").path(0).path("containerPort").asInt(PORT);
    }

    private static void absent(ObjectNode node, String member, String value) {
        if (node.path(member).asText("").isEmpty()) {
            node.put(member, value);
        }
    }
}
