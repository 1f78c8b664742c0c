package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.internal.aws.LogSink;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes the output of containers to the log, as the awslogs driver does. */
final class TaskLogs {
    private static final int LONGEST = 16_384;

    private final LogSink sink;

    TaskLogs(LogSink sink) {
        this.sink = sink;
    }

    /** Why a container cannot write to its log, null if it can. */
    @Nullable
    String problem(TaskContainer container, String taskId) {
        JsonNode options = options(container);
        String group = Json.text(options, "awslogs-group");
        if (group == null || sink.exists(group)) {
            return null;
        }
        if ("true".equals(Json.text(options, "awslogs-create-group"))) {
            sink.create(group);
            return null;
        }
        return "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times:"
                + " failed to create Cloudwatch log stream: operation error CloudWatch Logs: CreateLogStream, https"
                + " response error StatusCode: 400, ResourceNotFoundException: The specified log group does not exist."
                + " (Log group: " + group + ", stream: " + stream(container, options, taskId) + ") : exit status 1";
    }

    void write(TaskContainer container, String taskId, byte[] line, Instant time) {
        JsonNode options = options(container);
        String group = Json.text(options, "awslogs-group");
        if (group == null) {
            return;
        }
        String stream = stream(container, options, taskId);
        for (int from = 0; from < line.length; from += LONGEST) {
            int length = Math.min(LONGEST, line.length - from);
            sink.write(group, stream, time, new String(line, from, length, StandardCharsets.UTF_8));
        }
    }

    private static String stream(TaskContainer container, JsonNode options, String taskId) {
        String prefix = Json.text(options, "awslogs-stream-prefix");
        return prefix == null ? taskId : prefix + "/" + container.name + "/" + taskId;
    }

    private static JsonNode options(TaskContainer container) {
        JsonNode configuration = container.definition.path("logConfiguration");
        boolean awslogs = "awslogs".equals(Json.text(configuration, "logDriver"));
        return awslogs ? configuration.path("options") : Json.object();
    }
}
