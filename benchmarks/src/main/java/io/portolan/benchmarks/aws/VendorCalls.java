package io.portolan.benchmarks.aws;

import io.portolan.benchmarks.rounds.Contender;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/** The reference: RunTask, and DescribeTasks until the task has stopped, called on the vendor's client by hand. */
final class VendorCalls implements Contender {
    private static final String CLUSTER = "default";

    private final EcsClient ecs;
    private final Duration poll;
    private final RunTaskRequest request;

    /**
     * Calls over one client.
     *
     * @param ecs the client; not closed with this
     * @param definition what to run
     * @param poll time before each look
     */
    VendorCalls(EcsClient ecs, String definition, Duration poll) {
        this.ecs = ecs;
        this.poll = poll;
        this.request = RunTaskRequest.builder()
                .cluster(CLUSTER)
                .taskDefinition(definition)
                .launchType(LaunchType.FARGATE)
                .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets(EmulatedEcs.SUBNET)))
                .build();
    }

    @Override
    public String name() {
        return "AWS SDK";
    }

    @Override
    public void once() throws InterruptedException {
        RunTaskResponse started = ecs.runTask(request);
        if (started.tasks().size() != 1) {
            throw new IllegalStateException("RunTask answered " + started);
        }
        DescribeTasksRequest look = DescribeTasksRequest.builder()
                .cluster(CLUSTER)
                .tasks(started.tasks().get(0).taskArn())
                .build();
        Task task;
        do {
            TimeUnit.MILLISECONDS.sleep(poll.toMillis());
            task = ecs.describeTasks(look).tasks().get(0);
        } while (!"STOPPED".equals(task.lastStatus()));
        if (task.containers().get(0).exitCode() != 0) {
            throw new IllegalStateException("the task ended as " + task);
        }
    }
}
