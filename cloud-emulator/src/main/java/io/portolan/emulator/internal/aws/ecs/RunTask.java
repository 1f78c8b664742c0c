package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The operation RunTask. The same token within a day gives the same tasks again. Used with the lock held. */
final class RunTask implements EcsOperations {
    private static final Duration TOKEN_LIFE = Duration.ofHours(24);

    private final EcsContext context;
    private final Clusters clusters;
    private final TaskDefinitions definitions;
    private final Tasks tasks;
    private final Tags tags;
    private final Map<String, Launch> launches = new HashMap<>();

    RunTask(EcsContext context, Clusters clusters, TaskDefinitions definitions, Tasks tasks, Tags tags) {
        this.context = context;
        this.clusters = clusters;
        this.definitions = definitions;
        this.tasks = tasks;
        this.tags = tags;
    }

    @Override
    public Map<String, UnaryOperator<ObjectNode>> operations() {
        return Map.of("RunTask", this::run);
    }

    private ObjectNode run(ObjectNode input) {
        String cluster = clusters.require(input);
        String token = Json.text(input, "clientToken", "");
        if (token.length() > 64) {
            throw AwsError.invalidParameter("clientToken must be at most 64 characters long.");
        }
        Instant now = context.clock().instant();
        Launch before = launches.get(cluster + "/" + token);
        if (!token.isEmpty() && before != null && now.isBefore(before.at().plus(TOKEN_LIFE))) {
            if (!before.input().equals(withoutToken(input))) {
                List<String> arns = before.tasks().stream().map(Task::arn).toList();
                throw new AwsError(
                        400,
                        "ConflictException",
                        "The request with the same client token but different parameters was already made.",
                        Map.of("resourceIds", Json.list(arns)));
            }
            return answer(before.tasks());
        }
        List<Task> started = new ArrayList<>();
        TaskStart start = RunTaskChecks.check(input, cluster, clusters, definitions, tags);
        int count = input.path("count").asInt(1);
        for (int i = 0; i < count; i++) {
            started.add(tasks.start(start));
        }
        if (!token.isEmpty()) {
            launches.put(cluster + "/" + token, new Launch(now, withoutToken(input), started));
        }
        return answer(started);
    }

    private ObjectNode answer(List<Task> started) {
        ObjectNode output = Json.object();
        ArrayNode list = output.putArray("tasks");
        started.forEach(task -> list.add(tasks.view(task, true)));
        output.putArray("failures");
        return output;
    }

    private static JsonNode withoutToken(ObjectNode input) {
        ObjectNode copy = input.deepCopy();
        copy.remove("clientToken");
        return copy;
    }

    private record Launch(Instant at, JsonNode input, List<Task> tasks) {}
}
