package io.portolan.aws.moto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.Cloud;
import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.image.EcrRepositories;
import io.portolan.config.CloudConfig;
import io.portolan.config.EngineSettings;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.id.ProviderId;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.LogFollower;
import io.portolan.run.OwnedResource;
import io.portolan.run.Phase;
import io.portolan.spec.Exposure;
import io.portolan.spec.JobSpec;
import io.portolan.spec.Port;
import io.portolan.spec.ServiceSpec;
import io.portolan.spi.RequestLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * A second judge of the requests, which knows nothing of this project. moto runs no containers: each look at a task moves it on, and it ends
 * with exit code 0. It starts a second task under the same client token and knows no MISSING, so that what runs once is shown elsewhere.
 */
@Tag("moto")
@DisplayName("Against moto")
class MotoIT {
    private static final MotoServer MOTO = MotoServer.start();
    private static final MotoGaps GAPS = MotoGaps.before(MOTO.endpoint());
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Cloud cloud = connect();

    @AfterAll
    static void stop() {
        GAPS.close();
        MOTO.close();
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private static Cloud connect() {
        return connect(Duration.ofMillis(100));
    }

    private static Cloud connect(Duration poll) {
        CloudConfig config = CloudConfig.builder(ProviderId.AWS)
                .application("moto")
                .engine(EngineSettings.DEFAULT
                        .pollInterval(poll, poll.multipliedBy(2))
                        .logInterval(Duration.ofMillis(100)))
                .set("region", "us-east-1")
                .set("credentials.access-key-id", "test")
                .set("credentials.secret-access-key", "test")
                .set("endpoint", GAPS.endpoint())
                .set("subnets", MOTO.ec2("DescribeSubnets", "subnetId"))
                .set("security-groups", MOTO.ec2("DescribeSecurityGroups", "groupId")) // it fails without
                .set("execution-role", "arn:aws:iam::123456789012:role/execution")
                .build();
        Cloud cloud = Cloud.connect(config);
        cloud.unwrap(EcsClient.class).orElseThrow().createCluster(r -> r.clusterName("default"));
        return cloud;
    }

    private static JobSpec job(int tasks) {
        return JobSpec.builder("etl")
                .image("app:1")
                .args("--day", "1")
                .tasks(tasks)
                .build();
    }

    @Test
    void job_registeredRunDescribedAndListed_succeeds() {
        JobExecution execution = cloud.jobs().run(job(3), ExecutionId.of("moto-1"));

        JobResult result = execution.await(LIMIT);

        assertThat(result.phase()).as(result.toString()).isEqualTo(Phase.SUCCEEDED);
        assertThat(cloud.jobs().list()).contains(ExecutionId.of("moto-1"));
    }

    @Test
    void execution_ofAnotherSpecUnderTheSameId_isAConflict() {
        cloud.jobs().run(job(1), ExecutionId.of("moto-2"));

        PortolanException error =
                catchThrowableOfType(PortolanException.class, () -> cloud.jobs().run(job(2), ExecutionId.of("moto-2")));

        assertThat(error).isNotNull();
        assertThat(error.code()).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void execution_attachedAndDeleted_isGone() {
        cloud.jobs().run(job(1), ExecutionId.of("moto-3")).await(LIMIT);
        try (Cloud other = connect()) {
            JobExecution found = other.jobs().find(ExecutionId.of("moto-3")).orElseThrow();
            assertThat(found.await(LIMIT).phase()).isEqualTo(Phase.SUCCEEDED);
            found.delete();
        }

        assertThat(cloud.jobs().find(ExecutionId.of("moto-3"))).isEmpty();
        assertThat(cloud.unwrap(CloudWatchLogsClient.class)
                        .orElseThrow()
                        .describeLogGroups(r -> r.logGroupNamePrefix("/portolan/moto/execution/moto-3"))
                        .logGroups())
                .isEmpty();
    }

    @Test
    void job_cancelledWhileItRuns_isStoppedWithTheReason() {
        // Each look moves a task of moto on: without one it stays as it was started.
        try (Cloud patient = connect(Duration.ofMinutes(10))) {
            JobExecution execution = patient.jobs().run(job(1), ExecutionId.of("moto-cancel"));
            EcsClient ecs = patient.unwrap(EcsClient.class).orElseThrow();
            Awaitility.await().atMost(LIMIT).until(() -> !tasks(ecs, "RUNNING").isEmpty());

            execution.cancel();

            assertThat(execution.await(LIMIT).phase()).isEqualTo(Phase.CANCELLED);
            Task task = ecs.describeTasks(r -> r.tasks(tasks(ecs, "STOPPED"))).tasks().stream()
                    .filter(t -> String.valueOf(t.stoppedReason()).contains("cancel"))
                    .findFirst()
                    .orElseThrow();
            assertThat(task.lastStatus()).isEqualTo("STOPPED");
        }
    }

    private static List<String> tasks(EcsClient ecs, String desired) {
        return ecs.listTasks(r -> r.desiredStatus(desired)).taskArns();
    }

    @Test
    void log_writtenToTheStreamThatTheDefinitionNames_isRead() {
        JobExecution execution = cloud.jobs().run(job(1), ExecutionId.of("moto-log"));
        execution.await(LIMIT);
        write(streamOf(execution), "one", "two");

        List<String> lines = new CopyOnWriteArrayList<>();
        try (LogFollower follower = execution.followLogs(line -> lines.add(line.text()))) {
            assertThat(follower.awaitEnd(LIMIT)).isTrue();
        }

        assertThat(lines).containsExactly("one", "two");
    }

    private record Stream(String group, String name) {}

    /** Where the agent of ECS would write, by the task and its definition. */
    private Stream streamOf(JobExecution execution) {
        EcsClient ecs = cloud.unwrap(EcsClient.class).orElseThrow();
        String arn =
                execution.status().tasks().get(0).attempts().get(0).nativeId().orElseThrow();
        Task task = ecs.describeTasks(r -> r.tasks(arn)).tasks().get(0);
        ContainerDefinition container = ecs.describeTaskDefinition(r -> r.taskDefinition(task.taskDefinitionArn()))
                .taskDefinition()
                .containerDefinitions()
                .get(0);
        Map<String, String> options = container.logConfiguration().options();
        String id = task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1);
        return new Stream(
                options.get("awslogs-group"), options.get("awslogs-stream-prefix") + "/" + container.name() + "/" + id);
    }

    private void write(Stream stream, String... lines) {
        CloudWatchLogsClient logs = cloud.unwrap(CloudWatchLogsClient.class).orElseThrow();
        logs.createLogStream(r -> r.logGroupName(stream.group()).logStreamName(stream.name()));
        logs.putLogEvents(r -> r.logGroupName(stream.group())
                .logStreamName(stream.name())
                .logEvents(Arrays.stream(lines)
                        .map(line -> InputLogEvent.builder()
                                .message(line)
                                .timestamp(System.currentTimeMillis())
                                .build())
                        .toList()));
    }

    @Test
    void repository_thatIsMissing_isMadeOnDemandWithItsPolicy() {
        EcrClient ecr = cloud.unwrap(EcrClient.class).orElseThrow();
        EcrRepositories.Rules rules = new EcrRepositories.Rules(true, 5, Map.of("portolan:application", "moto"));

        new EcrRepositories(() -> ecr, new AwsCalls(RequestLimits.NONE), rules).ensure("moto/etl");
        new EcrRepositories(() -> ecr, new AwsCalls(RequestLimits.NONE), rules).ensure("moto/etl");

        assertThat(ecr.describeRepositories(r -> r.repositoryNames("moto/etl")).repositories())
                .singleElement()
                .satisfies(made -> assertThat(made.imageTagMutability()).isEqualTo(ImageTagMutability.IMMUTABLE));
        assertThat(ecr.getLifecyclePolicy(r -> r.repositoryName("moto/etl")).lifecyclePolicyText())
                .contains("imageCountMoreThan");
    }

    private static ServiceSpec service(String version) {
        return ServiceSpec.builder("web")
                .image("web:" + version)
                .port(Port.http(8080))
                .exposure(Exposure.INTERNAL)
                .build();
    }

    @Test
    void service_createdUpdatedListedAndDeleted_isWhatMotoHas() {
        cloud.services().deploy(service("1")).awaitReady(LIMIT);
        Service created = motoService();
        assertThat(created.status()).isEqualTo("ACTIVE");
        assertThat(created.desiredCount()).isEqualTo(1);
        assertThat(imageOf(created)).isEqualTo("web:1");

        cloud.services().deploy(service("2")).awaitReady(LIMIT);
        assertThat(imageOf(motoService())).isEqualTo("web:2");
        assertThat(cloud.services().list()).containsExactly("web");
        assertThat(cloud.list()).extracting(OwnedResource::kind).contains("service");

        cloud.services().delete("web");
        assertThat(cloud.services().list()).isEmpty();
        assertThat(motoService().status()).isEqualTo("INACTIVE");
    }

    private Service motoService() {
        EcsClient ecs = cloud.unwrap(EcsClient.class).orElseThrow();
        String arn = ecs.listServices().serviceArns().get(0);
        return ecs.describeServices(r -> r.services(arn)).services().get(0);
    }

    private String imageOf(Service service) {
        return cloud.unwrap(EcsClient.class)
                .orElseThrow()
                .describeTaskDefinition(r -> r.taskDefinition(service.taskDefinition()))
                .taskDefinition()
                .containerDefinitions()
                .get(0)
                .image();
    }
}
