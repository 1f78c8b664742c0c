package io.portolan.local.internal.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.command.CreateContainerCmdImpl;
import io.portolan.plan.NativeRequest;

/** Shows a container as the engine will get it, without an engine. */
public final class ContainerRendering {
    private ContainerRendering() {}

    /**
     * The request that creates a container.
     *
     * @param model the container; made with {@code ***} for secrets
     * @return the request, with what is not sent left out
     */
    public static NativeRequest create(ContainerModel model) {
        CreateContainerCmd.Exec notSent = command -> {
            throw new IllegalStateException("a rendered request is not sent");
        };
        CreateContainerCmd command = Containers.fill(new CreateContainerCmdImpl(notSent, null, model.image()), model);
        return new NativeRequest("POST /containers/create", model.name(), json(command));
    }

    /**
     * The request that creates a volume.
     *
     * @param name its name
     * @param labels its labels
     * @return the request
     */
    public static NativeRequest volume(String name, java.util.Map<String, String> labels) {
        return new NativeRequest("POST /volumes/create", name, json(java.util.Map.of("Name", name, "Labels", labels)));
    }

    private static String json(Object body) {
        ObjectMapper mapper = DockerClientConfig.getDefaultObjectMapper()
                .copy()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        try {
            ObjectNode tree = mapper.valueToTree(body);
            strip(tree);
            return mapper.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("docker-java cannot write its own request", e);
        }
    }

    /** Docker-java writes a field for everything; a reader looks for what is set. */
    private static void strip(ObjectNode tree) {
        tree.properties().stream()
                .filter(e -> e.getValue() instanceof ObjectNode)
                .forEach(e -> strip((ObjectNode) e.getValue()));
        tree.properties()
                .removeIf(e -> e.getValue().isNull()
                        || (e.getValue().isContainerNode() && e.getValue().isEmpty()));
    }
}
