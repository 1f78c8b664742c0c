package io.portolan.emulator.internal.aws.ecs.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.ecs.Arns;
import io.portolan.emulator.internal.aws.ecs.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names by which the tasks of services in one namespace reach one another.
 *
 * @param namespace whose names these are, null for none
 * @param aliases of containers, by their names
 */
record ServiceConnect(@Nullable String namespace, Map<String, List<String>> aliases) {
    static ServiceConnect of(JsonNode configuration, JsonNode definition) {
        if (!configuration.path("enabled").asBoolean()) {
            return new ServiceConnect(null, Map.of());
        }
        String namespace = Json.text(configuration, "namespace");
        if (namespace == null) {
            throw AwsError.invalidParameter("A namespace is required for Service Connect.");
        }
        String network = Arns.last(namespace);
        Map<String, List<String>> aliases = new HashMap<>();
        for (JsonNode service : configuration.path("services")) {
            String portName = Json.text(service, "portName", "");
            List<String> names = aliases.computeIfAbsent(container(definition, portName), key -> new ArrayList<>());
            names.add(Json.text(service, "discoveryName", portName) + "." + network);
            for (JsonNode alias : service.path("clientAliases")) {
                String name = Json.text(alias, "dnsName");
                if (name != null && !names.contains(name)) {
                    names.add(name);
                }
            }
        }
        return new ServiceConnect(network, aliases);
    }

    private static String container(JsonNode definition, String portName) {
        for (JsonNode container : definition.path("containerDefinitions")) {
            for (JsonNode mapping : container.path("portMappings")) {
                if (portName.equals(Json.text(mapping, "name"))) {
                    return Json.text(container, "name", "");
                }
            }
        }
        throw AwsError.invalidParameter(
                "The portName " + portName + " of Service Connect is not a port of the task definition.");
    }
}
