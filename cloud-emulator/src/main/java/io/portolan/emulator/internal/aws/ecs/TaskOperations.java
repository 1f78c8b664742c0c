package io.portolan.emulator.internal.aws.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The operations on tasks that are there. Used with the lock held. */
final class TaskOperations implements EcsOperations {
    private static final int MOST = 100;

    private final EcsContext context;
    private final Clusters clusters;
    private final Tasks tasks;
    private final Tags tags;

    TaskOperations(EcsContext context, Clusters clusters, Tasks tasks, Tags tags) {
        this.context = context;
        this.clusters = clusters;
        this.tasks = tasks;
        this.tags = tags;
        clusters.count("runningTasksCount", cluster -> count(cluster, true));
        clusters.count("pendingTasksCount", cluster -> count(cluster, false));
    }

    @Override
    public Map<String, UnaryOperator<ObjectNode>> operations() {
        return Map.of("DescribeTasks", this::describe, "ListTasks", this::list, "StopTask", this::stop);
    }

    private ObjectNode describe(ObjectNode input) {
        String cluster = clusters.require(input);
        List<String> ids = Json.texts(input, "tasks");
        if (ids == null || ids.isEmpty()) {
            throw AwsError.invalidParameter("Tasks cannot be empty.");
        }
        if (ids.size() > MOST) {
            throw AwsError.invalidParameter("Tasks cannot have more than " + MOST + " items.");
        }
        boolean withTags = Json.contains(input.path("include"), "TAGS");
        ObjectNode output = Json.object();
        ArrayNode found = output.putArray("tasks");
        ArrayNode failures = output.putArray("failures");
        for (String id : ids) {
            tasks.find(cluster, id)
                    .filter(this::isVisible)
                    .ifPresentOrElse(
                            task -> found.add(tasks.view(task, withTags)),
                            () -> failures.addObject()
                                    .put("arn", id.startsWith("arn:") ? id : Arns.task(cluster, id))
                                    .put("reason", "MISSING"));
        }
        return output;
    }

    private ObjectNode list(ObjectNode input) {
        String cluster = clusters.require(input);
        String startedBy = Json.text(input, "startedBy");
        String family = Json.text(input, "family");
        String service = Json.text(input, "serviceName");
        String launchType = Json.text(input, "launchType");
        boolean stopped = "STOPPED".equals(Json.text(input, "desiredStatus", "RUNNING"));
        List<String> arns = tasks.all(cluster).stream()
                .filter(this::isVisible)
                .filter(task -> task.stopWanted == stopped)
                .filter(task ->
                        startedBy == null || startedBy.equals(task.start().startedBy()))
                .filter(task -> family == null || family.equals(task.start().family()))
                .filter(task -> service == null || task.start().group().equals("service:" + Arns.last(service)))
                .filter(task ->
                        launchType == null || launchType.equals(task.start().launchType()))
                .map(Task::arn)
                .toList();
        return Pages.of(input, "taskArns", arns);
    }

    private ObjectNode stop(ObjectNode input) {
        String cluster = clusters.require(input);
        Task task = tasks.find(cluster, Json.text(input, "task", ""))
                .orElseThrow(() -> AwsError.invalidParameter("The referenced task was not found."));
        tags.clear(task.arn);
        tasks.stop(task, StopCodes.USER, Json.text(input, "reason", "Task stopped by user"));
        ObjectNode output = Json.object();
        output.set("task", tasks.view(task, false));
        return output;
    }

    private boolean isVisible(Task task) {
        return !context.clock()
                .instant()
                .isBefore(task.createdAt.plus(context.aws().faults().missingWindow()));
    }

    private int count(String cluster, boolean running) {
        return (int) tasks.all(cluster).stream()
                .filter(task -> !task.stopWanted)
                .filter(task -> running == (task.status() == Task.Status.RUNNING))
                .count();
    }
}
