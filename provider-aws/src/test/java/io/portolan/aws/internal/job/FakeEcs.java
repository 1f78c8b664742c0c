package io.portolan.aws.internal.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Tasks in memory, with tokens, the gap before a task is visible, and the end of ECS's memory. Lists in pages of one. */
final class FakeEcs implements EcsClient {
    /** Requests in their order. */
    final List<Object> requests = new ArrayList<>();

    /** What RunTask answers next instead of a task: a response, or an exception. */
    final Deque<Object> answers = new ArrayDeque<>();

    /** Whether ListTasks takes {@code startedBy} with a status. */
    boolean takesBothFilters = true;

    /** Task definitions by family:revision. */
    final Map<String, DescribeTaskDefinitionResponse> definitions = new LinkedHashMap<>();

    private final Map<String, String> byToken = new LinkedHashMap<>();
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final Set<String> hidden = new HashSet<>();

    /** How many requests of this type were made. */
    long count(Class<?> type) {
        return requests.stream().filter(type::isInstance).count();
    }

    List<String> arns() {
        return List.copyOf(tasks.keySet());
    }

    void change(String arn, UnaryOperator<Task.Builder> change) {
        Task task = Objects.requireNonNull(tasks.get(arn), arn);
        tasks.put(
                arn, change.apply(task.toBuilder().version(task.version() + 1)).build());
    }

    void exit(String arn, int code) {
        change(
                arn,
                t -> t.lastStatus("STOPPED")
                        .desiredStatus("STOPPED")
                        .stopCode(TaskStopCode.ESSENTIAL_CONTAINER_EXITED)
                        .stoppedReason("Essential container in task exited")
                        .containers(
                                Container.builder().name("Main").exitCode(code).build()));
    }

    void hide(String arn) {
        hidden.add(arn);
    }

    void show(String arn) {
        hidden.remove(arn);
    }

    @Override
    public RunTaskResponse runTask(RunTaskRequest request) {
        requests.add(request);
        Object answer = answers.poll();
        if (answer instanceof RuntimeException error) {
            throw error;
        }
        if (answer instanceof RunTaskResponse response) {
            return response;
        }
        String arn = byToken.computeIfAbsent(
                request.clientToken(), t -> "arn:aws:ecs:eu-central-1:123456789012:task/default/" + (tasks.size() + 1));
        Task task = tasks.computeIfAbsent(
                arn,
                a -> Task.builder()
                        .taskArn(a)
                        .startedBy(request.startedBy())
                        .group("family:etl")
                        .overrides(request.overrides())
                        .lastStatus("PROVISIONING")
                        .desiredStatus("RUNNING")
                        .version(1L)
                        .build());
        return RunTaskResponse.builder().tasks(task).build();
    }

    @Override
    public DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
        requests.add(request);
        List<Task> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String arn : request.tasks()) {
            Task task = hidden.contains(arn) ? null : tasks.get(arn);
            if (task == null) {
                failures.add(Failure.builder().arn(arn).reason("MISSING").build());
            } else {
                found.add(task);
            }
        }
        return DescribeTasksResponse.builder().tasks(found).failures(failures).build();
    }

    @Override
    public ListTasksResponse listTasks(ListTasksRequest request) {
        requests.add(request);
        if (request.startedBy() != null && request.desiredStatus() != null && !takesBothFilters) {
            throw error("InvalidParameterException", "startedBy must be the only filter");
        }
        String wanted = request.desiredStatus() == DesiredStatus.STOPPED ? "STOPPED" : "RUNNING";
        List<String> found = tasks.values().stream()
                .filter(task -> !hidden.contains(task.taskArn()))
                .filter(task -> wanted.equals(task.desiredStatus()))
                .filter(task ->
                        request.startedBy() == null || request.startedBy().equals(task.startedBy()))
                .map(Task::taskArn)
                .toList();
        int at = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        return ListTasksResponse.builder()
                .taskArns(found.subList(Math.min(at, found.size()), Math.min(at + 1, found.size())))
                .nextToken(at + 1 < found.size() ? Integer.toString(at + 1) : null)
                .build();
    }

    @Override
    public ListTaskDefinitionFamiliesResponse listTaskDefinitionFamilies(ListTaskDefinitionFamiliesRequest request) {
        return ListTaskDefinitionFamiliesResponse.builder()
                .families(definitions.keySet().stream()
                        .map(arn -> arn.substring(0, arn.indexOf(':')))
                        .filter(family -> family.startsWith(request.familyPrefix()))
                        .distinct()
                        .toList())
                .build();
    }

    @Override
    public ListTaskDefinitionsResponse listTaskDefinitions(ListTaskDefinitionsRequest request) {
        return ListTaskDefinitionsResponse.builder()
                .taskDefinitionArns(definitions.keySet().stream()
                        .filter(arn -> arn.startsWith(request.familyPrefix() + ":"))
                        .sorted(Comparator.reverseOrder())
                        .toList())
                .build();
    }

    @Override
    public DescribeTaskDefinitionResponse describeTaskDefinition(DescribeTaskDefinitionRequest request) {
        return Objects.requireNonNull(definitions.get(request.taskDefinition()));
    }

    @Override
    public DeregisterTaskDefinitionResponse deregisterTaskDefinition(DeregisterTaskDefinitionRequest request) {
        requests.add(request);
        definitions.remove(request.taskDefinition());
        return DeregisterTaskDefinitionResponse.builder().build();
    }

    @Override
    public StopTaskResponse stopTask(StopTaskRequest request) {
        requests.add(request);
        if (!tasks.containsKey(request.task())) {
            throw error("InvalidParameterException", "The referenced task was not found.");
        }
        change(
                request.task(),
                t -> t.desiredStatus("STOPPED")
                        .stopCode(TaskStopCode.USER_INITIATED)
                        .stoppedReason(request.reason())
                        .tags(List.of()));
        return StopTaskResponse.builder().build();
    }

    static EcsException error(String code, String message) {
        return (EcsException) EcsException.builder()
                .awsErrorDetails(details(code, message))
                .statusCode(400)
                .build();
    }

    static ConflictException conflict(@Nullable String arn) {
        ConflictException.Builder error = ConflictException.builder();
        error.awsErrorDetails(details("ConflictException", "another request under this token"));
        return error.resourceIds(arn == null ? List.of() : List.of(arn)).build();
    }

    private static AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
    }

    @Override
    public String serviceName() {
        return "ecs";
    }

    @Override
    public void close() {}
}
