package io.portolan.emulator.internal.gcp.run.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.ContainerRuntime.ContainerSpec;
import io.portolan.emulator.ContainerRuntime.TaskSpec;
import io.portolan.emulator.gcp.GcpEmulator;
import io.portolan.emulator.internal.gcp.run.template.Quantity;
import io.portolan.emulator.internal.gcp.run.template.TemplateVolumes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the containers of a replica are to be, from the template of its revision. */
final class ReplicaSpecs {
    private ReplicaSpecs() {}

    static TaskSpec of(Service service, Replica replica, GcpEmulator gcp) {
        List<ContainerSpec> containers = new ArrayList<>();
        TemplateVolumes volumes = new TemplateVolumes(replica.revision.template, replica.id, gcp);
        for (Replica.Container container : replica.containers) {
            containers.add(container(service, replica, container, volumes, gcp));
        }
        return new TaskSpec(replica.id, null, 0, 0, containers);
    }

    private static ContainerSpec container(
            Service service, Replica replica, Replica.Container container, TemplateVolumes volumes, GcpEmulator gcp) {
        JsonNode json = container.json;
        boolean ingress = json.equals(replica.revision.ingress());
        JsonNode limits = json.path("resources").path("limits");
        return new ContainerSpec(
                container.name,
                json.path("image").asText(),
                texts(json, "command"),
                texts(json, "args"),
                environment(service, replica, container, ingress, gcp),
                null,
                json.path("workingDir").asText("").isEmpty()
                        ? null
                        : json.path("workingDir").asText(),
                false,
                false,
                Quantity.cpuUnits(limits.path("cpu").asText("1")),
                Quantity.mebibytes(limits.path("memory").asText("512Mi")),
                volumes.tmpfs(json),
                volumes.mounts(json),
                volumes.files(json),
                List.copyOf(ports(replica, container, ingress)),
                List.of());
    }

    /** The ports that requests and probes reach. */
    private static Set<Integer> ports(Replica replica, Replica.Container container, boolean ingress) {
        Set<Integer> ports = new TreeSet<>();
        if (ingress) {
            ports.add(replica.revision.port());
        }
        for (String kind : List.of("startupProbe", "livenessProbe")) {
            if (container.json.has(kind)) {
                ports.add(
                        new ContainerProbe(container.json.path(kind), container.name, replica.revision.port()).port());
            }
        }
        return ports;
    }

    private static Map<String, String> environment(
            Service service, Replica replica, Replica.Container container, boolean ingress, GcpEmulator gcp) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode variable : container.json.path("env")) {
            String secret = TemplateVolumes.secret(variable);
            String value = secret.isEmpty()
                    ? variable.path("value").asText("")
                    : gcp.findSecret(secret).orElse("");
            environment.put(variable.path("name").asText(), value);
        }
        if (ingress) {
            environment.put("PORT", Integer.toString(replica.revision.port()));
        }
        environment.put("K_SERVICE", service.name.id());
        environment.put("K_CONFIGURATION", service.name.id());
        environment.put("K_REVISION", replica.revision.name);
        return environment;
    }

    private static @Nullable List<String> texts(JsonNode node, String member) {
        List<String> texts = new ArrayList<>();
        node.path(member).forEach(text -> texts.add(text.asText()));
        return texts.isEmpty() ? null : texts;
    }
}
