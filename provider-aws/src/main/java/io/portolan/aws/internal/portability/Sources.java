package io.portolan.aws.internal.portability;

/** Where the rules of findings are from, with their dates. */
final class Sources {
    static final String FARGATE =
            "docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html (2026-07)";
    static final String CONTAINER = "ECS API, ContainerDefinition (2026-08)";
    static final String STORAGE = "ECS API, EphemeralStorage (2026-08)";
    static final String SECRET = "ECS API, Secret (2026-08)";
    static final String RUN_TASK = "ECS API, RunTask (2026-08)";
    static final String HEALTH = "ECS API, HealthCheck (2026-08)";
    static final String EXPRESS = "ECS API, CreateExpressGatewayService (2026-08)";
    static final String DEPLOYMENT = "ECS API, DeploymentConfiguration (2026-08)";
    static final String TAGS = "ECS API, RunTaskRequest.tags (2026-08)";
    static final String VOLUME = "ECS API, EFSVolumeConfiguration (2026-08)";
    static final String NETWORK = "ECS API, AwsVpcConfiguration (2026-08)";

    private Sources() {}
}
