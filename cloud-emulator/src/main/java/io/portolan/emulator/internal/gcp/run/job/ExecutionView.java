package io.portolan.emulator.internal.gcp.run.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.gcp.GcpContext;
import io.portolan.emulator.internal.gcp.Operations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Executions and their tasks as the API tells them. */
final class ExecutionView {
    private static final String TYPE = "google.cloud.run.v2.Execution";
    private static final Duration KEPT_DELETED = Duration.ofDays(30);
    private static final List<String> OF_THE_TASK = List.of(
            "containers",
            "volumes",
            "maxRetries",
            "timeout",
            "serviceAccount",
            "executionEnvironment",
            "encryptionKey",
            "vpcAccess",
            "nodeSelector",
            "gpuZonalRedundancyDisabled");

    private ExecutionView() {}

    static ObjectNode of(Execution execution) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("name", execution.name());
        view.put("uid", execution.uid);
        view.put("creator", "creator@example.com");
        view.put("generation", "1");
        common(view, execution);
        time(view, "createTime", execution.createTime);
        time(view, "startTime", execution.startTime);
        time(view, "completionTime", execution.completionTime);
        time(view, "updateTime", execution.updateTime);
        Instant deleted = execution.deleteTime;
        time(view, "deleteTime", deleted);
        time(view, "expireTime", deleted == null ? null : deleted.plus(KEPT_DELETED));
        view.put("launchStage", execution.launchStage);
        view.put("job", execution.job.id());
        view.put("parallelism", execution.parallelism());
        view.put("taskCount", execution.taskCount());
        view.set("template", execution.template.path("template").deepCopy());
        ArrayNode conditions = view.putArray("conditions");
        conditions.add(execution.completed.view());
        conditions.add(execution.resources.view());
        conditions.add(execution.started.view());
        conditions.add(execution.containers.view());
        view.put("observedGeneration", "1");
        count(view, "runningCount", execution.count(TaskRun.State.RUNNING));
        count(view, "succeededCount", execution.count(TaskRun.State.SUCCEEDED));
        count(view, "failedCount", execution.count(TaskRun.State.FAILED));
        count(view, "cancelledCount", execution.count(TaskRun.State.CANCELLED));
        count(view, "retriedCount", (int)
                execution.tasks.stream().filter(task -> task.retried > 0).count());
        if (!execution.hasEnded()) {
            view.put("reconciling", true);
        }
        view.put(
                "logUri",
                JobView.logUri(
                        execution.job,
                        "%0Alabels.%22run.googleapis.com%2Fexecution_name%22%3D%22" + execution.id + "%22"));
        view.put("etag", JobView.etag(execution.version));
        return view;
    }

    static ObjectNode typed(Execution execution) {
        return Operations.typed(TYPE, of(execution));
    }

    static ObjectNode of(TaskRun task) {
        Execution execution = task.execution;
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("name", task.name());
        view.put("uid", task.uid);
        view.put("generation", "1");
        common(view, execution);
        time(view, "createTime", task.createTime);
        time(view, "scheduledTime", task.scheduledTime);
        time(view, "startTime", task.startTime);
        time(view, "completionTime", task.completionTime);
        time(view, "updateTime", task.updateTime);
        view.put("job", execution.job.id());
        view.put("execution", execution.id);
        JsonNode template = execution.template.path("template");
        for (String member : OF_THE_TASK) {
            if (template.has(member)) {
                view.set(member, template.path(member).deepCopy());
            }
        }
        count(view, "index", task.index);
        count(view, "retried", task.retried);
        ArrayNode conditions = view.putArray("conditions");
        conditions.add(completed(task));
        if (task.startTime != null) {
            Condition started = new Condition("Started", task.startTime);
            conditions.add(started.to(Condition.SUCCEEDED, "", task.startTime).view());
        }
        view.put("observedGeneration", "1");
        TaskRun.Result last = task.last;
        if (last != null) {
            view.set("lastAttemptResult", last.view());
        }
        if (!task.hasEnded()) {
            view.put("reconciling", true);
        }
        view.put(
                "logUri",
                JobView.logUri(
                        execution.job, "%0Alabels.%22run.googleapis.com%2Ftask_index%22%3D%22" + task.index + "%22"));
        view.put("etag", JobView.etag(execution.version));
        return view;
    }

    private static ObjectNode completed(TaskRun task) {
        Condition condition = new Condition("Completed", task.createTime);
        TaskRun.Result last = task.last;
        String message = last == null ? "" : last.message();
        Instant now = task.updateTime;
        return switch (task.state) {
            case WAITING -> condition.view();
            case RUNNING -> condition.to(Condition.RECONCILING, "", now).view();
            case SUCCEEDED -> condition.to(Condition.SUCCEEDED, "", now).view();
            case CANCELLED ->
                condition
                        .to(Condition.FAILED, "The task was cancelled.", now)
                        .becauseOfExecution("CANCELLED")
                        .view();
            case FAILED ->
                condition
                        .to(Condition.FAILED, message, now)
                        .becauseOfExecution("NON_ZERO_EXIT_CODE")
                        .view();
        };
    }

    private static void common(ObjectNode view, Execution execution) {
        for (String member : List.of("labels", "annotations", "client", "clientVersion")) {
            if (execution.template.has(member)) {
                view.set(member, execution.template.path(member).deepCopy());
            }
        }
    }

    private static void time(ObjectNode view, String member, @Nullable Instant time) {
        if (time != null) {
            view.put(member, GcpContext.text(time));
        }
    }

    private static void count(ObjectNode view, String member, int count) {
        if (count != 0) {
            view.put(member, count);
        }
    }
}
