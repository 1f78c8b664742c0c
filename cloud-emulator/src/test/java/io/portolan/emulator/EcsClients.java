package io.portolan.emulator;

import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/** The real client, on an emulator, and usual requests. */
public final class EcsClients {
    private EcsClients() {}

    public static EcsClient of(CloudEmulator emulator) {
        return EcsClient.builder()
                .endpointOverride(emulator.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    /** A Fargate definition with one container. */
    public static Consumer<RegisterTaskDefinitionRequest.Builder> definition(
            String family, Consumer<ContainerDefinition.Builder> container) {
        return request -> request.family(family)
                .requiresCompatibilities(Compatibility.FARGATE)
                .networkMode(NetworkMode.AWSVPC)
                .cpu("256")
                .memory("512")
                .executionRoleArn("arn:aws:iam::123456789012:role/execution")
                .containerDefinitions(ContainerDefinition.builder()
                        .name("main")
                        .image("app:1")
                        .applyMutation(container)
                        .build());
    }

    public static void register(EcsClient ecs, String family) {
        ecs.registerTaskDefinition(definition(family, container -> {}));
    }

    public static Consumer<RunTaskRequest.Builder> run(String family) {
        return request -> request.taskDefinition(family)
                .launchType(LaunchType.FARGATE)
                .networkConfiguration(network -> network.awsvpcConfiguration(vpc -> vpc.subnets("subnet-1")));
    }

    public static Task start(EcsClient ecs, String family) {
        return ecs.runTask(run(family)).tasks().get(0);
    }

    public static Task describe(EcsClient ecs, String arn) {
        List<Task> tasks = ecs.describeTasks(request -> request.tasks(arn)).tasks();
        return tasks.get(0);
    }
}
