package io.portolan.aws.internal.job;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.spi.ProviderConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/** The requests about tasks. Thread-safe. */
final class EcsTasks {
    /** Most tasks of one request. Source: ECS API, DescribeTasksRequest (2026-08). */
    static final int BATCH = 100;

    private final Supplier<EcsClient> ecs;
    private final AwsCalls calls;
    private final ProviderConfig config;

    /** The reference calls {@code startedBy} the only filter; ECS takes it with a status all the same. Should it stop to, this is set. */
    private volatile boolean isStartedByAlone;

    EcsTasks(Supplier<EcsClient> ecs, AwsCalls calls, ProviderConfig config) {
        this.ecs = ecs;
        this.calls = calls;
        this.config = config;
    }

    RunTaskResponse run(RunTaskRequest request, String resource) {
        return calls.call("ecs:RunTask", resource, () -> ecs.get().runTask(request));
    }

    /** The tasks that ECS knows, by ARN. */
    Map<String, Task> describe(List<String> arns) {
        Map<String, Task> found = new LinkedHashMap<>();
        for (int from = 0; from < arns.size(); from += BATCH) {
            List<String> batch = arns.subList(from, Math.min(arns.size(), from + BATCH));
            DescribeTasksRequest request = DescribeTasksRequest.builder()
                    .cluster(cluster())
                    .tasks(batch)
                    .build();
            calls.call("ecs:DescribeTasks", cluster(), () -> ecs.get().describeTasks(request))
                    .tasks()
                    .forEach(task -> found.put(task.taskArn(), task));
        }
        return found;
    }

    /**
     * All tasks of an execution that ECS knows: those that run, and those that ended within the hour.
     *
     * @param startedBy what all of them have
     * @param family the family of their definition
     */
    List<Task> of(String startedBy, String family) {
        Set<String> arns = new LinkedHashSet<>(arns(ListTasksRequest.builder().startedBy(startedBy)));
        arns.addAll(stopped(startedBy, family));
        return describe(List.copyOf(arns)).values().stream()
                .filter(task -> startedBy.equals(task.startedBy()))
                .toList();
    }

    private List<String> stopped(String startedBy, String family) {
        if (!isStartedByAlone) {
            try {
                return arns(ListTasksRequest.builder().startedBy(startedBy).desiredStatus(DesiredStatus.STOPPED));
            } catch (PortolanException e) {
                if (e.code() != ErrorCode.INVALID_ARGUMENT) {
                    throw e;
                }
                isStartedByAlone = true;
            }
        }
        return arns(ListTasksRequest.builder().family(family).desiredStatus(DesiredStatus.STOPPED));
    }

    /** The tasks of a family that run or are about to. */
    List<String> ofFamily(String family) {
        return arns(ListTasksRequest.builder().family(family));
    }

    private List<String> arns(ListTasksRequest.Builder filter) {
        List<String> arns = new ArrayList<>();
        String token = null;
        do {
            ListTasksRequest request =
                    filter.cluster(cluster()).maxResults(BATCH).nextToken(token).build();
            ListTasksResponse page =
                    calls.call("ecs:ListTasks", cluster(), () -> ecs.get().listTasks(request));
            arns.addAll(page.taskArns());
            token = page.nextToken();
        } while (token != null);
        return arns;
    }

    /** The grace period is the one of the task definition. A task that ECS does not know needs no stop. */
    void stop(String arn, String reason) {
        StopTaskRequest request = StopTaskRequest.builder()
                .cluster(cluster())
                .task(arn)
                .reason(reason)
                .build();
        try {
            calls.call("ecs:StopTask", arn, () -> ecs.get().stopTask(request));
        } catch (PortolanException e) {
            boolean isUnknownTask = e.code() == ErrorCode.NOT_FOUND
                    || (e.code() == ErrorCode.INVALID_ARGUMENT
                            && String.valueOf(e.getMessage()).contains("not found"));
            if (!isUnknownTask
                    || "ClusterNotFoundException".equals(e.nativeCode().orElse(""))) {
                throw e;
            }
        }
    }

    private String cluster() {
        return config.text(AwsKeys.CLUSTER).orElse("default");
    }
}
