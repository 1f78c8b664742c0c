package io.portolan.emulator.internal.aws.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What tells targets apart.
 *
 * @param namespace such as {@code ecs}
 * @param resource such as {@code service/default/web}
 * @param dimension such as {@code ecs:service:DesiredCount}
 */
record TargetId(String namespace, String resource, String dimension) {
    static TargetId of(ObjectNode input) {
        Requests.require(input, "ServiceNamespace", "ResourceId", "ScalableDimension");
        TargetId id = new TargetId(
                input.path("ServiceNamespace").asText(),
                input.path("ResourceId").asText(),
                input.path("ScalableDimension").asText());
        boolean ofThatService = id.dimension.startsWith(id.namespace + ":");
        boolean ecsService = id.resource.matches("service/[^/]+/[^/]+");
        if (!ofThatService || (id.namespace.equals("ecs") && !ecsService)) {
            throw Requests.invalid("Unsupported service namespace, resource type or scalable dimension");
        }
        return id;
    }

    /** Whether a request that lists things means this target. */
    boolean matches(ObjectNode input) {
        return input.path("ServiceNamespace").asText().equals(namespace)
                && input.path("ResourceId").asText(resource).equals(resource)
                && input.path("ScalableDimension").asText(dimension).equals(dimension);
    }

    void put(ObjectNode view) {
        view.put("ServiceNamespace", namespace).put("ResourceId", resource).put("ScalableDimension", dimension);
    }

    @Override
    public String toString() {
        return "service namespace: " + namespace + ", resource ID: " + resource + ", scalable dimension: " + dimension;
    }
}
