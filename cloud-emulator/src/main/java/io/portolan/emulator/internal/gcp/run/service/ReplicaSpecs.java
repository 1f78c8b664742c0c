package io.portolan.emulator.internal.gcp.run.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.ContainerRuntime.ContainerSpec;
import io.portolan.emulator.ContainerRuntime.Mount;
import io.portolan.emulator.ContainerRuntime.TaskSpec;
import io.portolan.emulator.gcp.GcpEmulator;
import java.util.ArrayList;
import java.util.HashMap;
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
        Map<String, String> volumes = volumes(replica);
        for (Replica.Container container : replica.containers) {
            containers.add(container(service, replica, container, volumes, gcp));
        }
        return new TaskSpec(replica.id, null, 0, 0, containers);
    }

    /** A secret that containers need and that is not there, null if all are. */
    static @Nullable String missingSecret(JsonNode template, GcpEmulator gcp) {
        for (JsonNode container : template.path("containers")) {
            for (JsonNode variable : container.path("env")) {
                String secret = secret(variable);
                if (!secret.isEmpty() && gcp.findSecret(secret).isEmpty()) {
                    return secret;
                }
            }
        }
        return null;
    }

    private static ContainerSpec container(
            Service service,
            Replica replica,
            Replica.Container container,
            Map<String, String> volumes,
            GcpEmulator gcp) {
        JsonNode json = container.json;
        boolean ingress = json.equals(replica.revision.ingress());
        JsonNode limits = json.path("resources").path("limits");
        List<Mount> mounts = new ArrayList<>();
        for (JsonNode mount : json.path("volumeMounts")) {
            String volume = volumes.get(mount.path("name").asText());
            if (volume != null) {
                mounts.add(new Mount(volume, mount.path("mountPath").asText(), false));
            }
        }
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
                (int) Math.round(Quantities.cpu(limits.path("cpu").asText("1")) * 1024),
                Quantities.mebibytes(limits.path("memory").asText("512Mi")),
                Map.of(),
                mounts,
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
            String secret = secret(variable);
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

    private static String secret(JsonNode variable) {
        return variable.path("valueSource").path("secretKeyRef").path("secret").asText("");
    }

    /** The volumes that the engine keeps, by the names in the template. */
    private static Map<String, String> volumes(Replica replica) {
        Map<String, String> names = new HashMap<>();
        for (JsonNode volume : replica.revision.template.path("volumes")) {
            String name = volume.path("name").asText();
            if (volume.has("emptyDir")) {
                names.put(name, replica.id + "-" + name);
            } else if (volume.has("gcs")) {
                names.put(name, volume.path("gcs").path("bucket").asText());
            } else if (volume.has("nfs")) {
                JsonNode nfs = volume.path("nfs");
                names.put(name, nfs.path("server").asText() + nfs.path("path").asText());
            }
        }
        return names;
    }

    private static @Nullable List<String> texts(JsonNode node, String member) {
        List<String> texts = new ArrayList<>();
        node.path(member).forEach(text -> texts.add(text.asText()));
        return texts.isEmpty() ? null : texts;
    }
}
