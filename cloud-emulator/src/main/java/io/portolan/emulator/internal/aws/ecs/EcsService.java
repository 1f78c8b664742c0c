package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.ContainerRuntime;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.aws.AwsEmulator;
import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.JsonService;
import io.portolan.emulator.internal.aws.LogSink;
import io.portolan.emulator.internal.aws.ServiceModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** ECS: its parts, which share one lock. */
public final class EcsService implements JsonService {
    private static final String NAME = "ecs";

    private final EcsContext context;
    private final Clusters clusters;
    private final TaskDefinitions definitions;
    private final Tasks tasks;
    private final Tags tags;
    private final Map<String, UnaryOperator<ObjectNode>> operations = new HashMap<>();

    /**
     * ECS without tasks, with the cluster {@code default}.
     *
     * @param aws the controls
     * @param clock by which tasks move on
     * @param containers what runs containers
     * @param logs what takes the output of containers
     */
    public EcsService(AwsEmulator aws, EmulatorClock clock, ContainerRuntime containers, LogSink logs) {
        context = new EcsContext(aws, clock);
        tags = new Tags();
        clusters = new Clusters(tags);
        definitions = new TaskDefinitions(context, tags);
        tasks = new Tasks(context, containers, logs, tags);
        List.of(
                        tags,
                        clusters,
                        definitions,
                        new RunTask(context, clusters, definitions, tasks, tags),
                        new TaskOperations(context, clusters, tasks, tags))
                .forEach(this::add);
    }

    /**
     * Adds operations. Called before the first call.
     *
     * @param part what answers them
     */
    public void add(EcsOperations part) {
        operations.putAll(part.operations());
    }

    /** The lock and the clock. */
    public EcsContext context() {
        return context;
    }

    /** All clusters. */
    public Clusters clusters() {
        return clusters;
    }

    /** All task definitions. */
    public TaskDefinitions definitions() {
        return definitions;
    }

    /** All tasks. */
    public Tasks tasks() {
        return tasks;
    }

    /** All tags. */
    public Tags tags() {
        return tags;
    }

    @Override
    public String targetPrefix() {
        return ServiceModel.of(NAME).targetPrefix();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectNode call(String operation, ObjectNode input) {
        UnaryOperator<ObjectNode> handler = operations.get(operation);
        if (handler == null) {
            throw new AwsError(400, "UnsupportedFeatureException", "The emulator does not have " + operation);
        }
        return context.locked(() -> handler.apply(input));
    }
}
