package io.portolan.aws.internal.config;

import io.portolan.spi.ConfigKey;
import java.util.List;

/** The settings in the section {@code portolan.aws}. */
public final class AwsKeys {
    /** See the key. */
    public static final String REGION = "region";
    /** See the key. */
    public static final String ACCOUNT = "account";
    /** See the key. */
    public static final String PROFILE = "profile";
    /** See the key. */
    public static final String ACCESS_KEY = "credentials.access-key-id";
    /** See the key. */
    public static final String SECRET_KEY = "credentials.secret-access-key";
    /** See the key. */
    public static final String SESSION_TOKEN = "credentials.session-token";
    /** See the key. */
    public static final String CLUSTER = "cluster";
    /** See the key. */
    public static final String CAPACITY = "capacity";
    /** See the key. */
    public static final String SUBNETS = "subnets";
    /** See the key. */
    public static final String SECURITY_GROUPS = "security-groups";
    /** See the key. */
    public static final String PUBLIC_IP = "assign-public-ip";
    /** See the key. */
    public static final String EXECUTION_ROLE = "execution-role";
    /** See the key. */
    public static final String TASK_ROLE = "task-role";
    /** See the key. */
    public static final String INFRASTRUCTURE_ROLE = "infrastructure-role";
    /** See the key. */
    public static final String NAMESPACE = "namespace";
    /** See the key. */
    public static final String LOG_GROUP = "log-group";
    /** See the key. */
    public static final String LOG_RETENTION = "log-retention-days";
    /** See the key. */
    public static final String LOG_DRAIN = "log-drain";
    /** See the key. */
    public static final String TIMER_IMAGE = "timer-image";
    /** See the key. */
    public static final String REPOSITORY_PREFIX = "repository.prefix";
    /** See the key. */
    public static final String IMMUTABLE_TAGS = "repository.immutable-tags";
    /** See the key. */
    public static final String KEEP_IMAGES = "repository.keep-images";
    /** See the key. */
    public static final String CALL_TIMEOUT = "call-timeout";
    /** See the key. */
    public static final String DEPLOY_TIMEOUT = "deploy-timeout";
    /** See the key. */
    public static final String ENDPOINT = "endpoint";
    /** Prefix of keys by name of a volume. */
    public static final String VOLUMES = "volumes";
    /** Prefix of keys by name of a secret. */
    public static final String SECRETS = "secrets";
    /** Prefix of keys by GPU model. */
    public static final String GPU_CAPACITY = "gpu-capacity";
    /** Prefix of keys by service. */
    public static final String ENDPOINTS = "endpoints";

    /** Every key. */
    public static final List<ConfigKey> ALL = List.of(
            text(REGION, "The Region; otherwise the SDK's own chain (AWS_REGION, profile) decides."),
            text(
                    ACCOUNT,
                    "The account id, twelve digits; needed to find secrets of Secrets Manager by their bare name."),
            text(
                    PROFILE,
                    "The profile of the shared AWS configuration that holds the credentials; otherwise the default chain."),
            text(ACCESS_KEY, "A fixed access key, for emulators; otherwise the default credentials chain."),
            ConfigKey.optional(SECRET_KEY, ConfigKey.Type.SECRET, "The secret of the fixed access key."),
            ConfigKey.optional(
                    SESSION_TOKEN, ConfigKey.Type.SECRET, "The session token of the fixed access key, if it has one."),
            ConfigKey.withDefault(
                    CLUSTER, ConfigKey.Type.TEXT, "default", "Name or ARN of the ECS cluster, which must exist."),
            ConfigKey.withDefault(
                    CAPACITY,
                    ConfigKey.Type.TEXT,
                    "FARGATE",
                    "Where tasks run: FARGATE, FARGATE_SPOT, EC2, or the name of a capacity provider of the cluster."),
            text(SUBNETS, "Subnet ids, separated by commas; needed on Fargate."),
            text(SECURITY_GROUPS, "Security group ids, separated by commas; otherwise the VPC's default group."),
            ConfigKey.withDefault(
                    PUBLIC_IP,
                    ConfigKey.Type.FLAG,
                    "false",
                    "Whether tasks get a public address, which they need in a public subnet to pull images."),
            text(EXECUTION_ROLE, "ARN of the role by which ECS pulls images, reads secrets and writes logs."),
            text(TASK_ROLE, "ARN of the role that the program in the container has."),
            text(
                    INFRASTRUCTURE_ROLE,
                    "ARN of the role by which ECS makes load balancers for services with a public URL."),
            text(NAMESPACE, "Name or ARN of the Cloud Map namespace in which internal services find each other."),
            text(LOG_GROUP, "The log group of all containers; otherwise /portolan/APPLICATION."),
            ConfigKey.withDefault(
                    LOG_RETENTION,
                    ConfigKey.Type.NUMBER,
                    "30",
                    "Days that logs are kept, one of those that CloudWatch Logs knows."),
            ConfigKey.withDefault(
                    LOG_DRAIN,
                    ConfigKey.Type.DURATION,
                    "5s",
                    "How long after the end of a task its last lines are waited for before its log counts as complete."),
            ConfigKey.withDefault(
                    TIMER_IMAGE,
                    ConfigKey.Type.TEXT,
                    "public.ecr.aws/docker/library/busybox:stable",
                    "The image, with a sleep command, of the timer that ends a task at its timeout on the server."),
            text(REPOSITORY_PREFIX, "What the names of ECR repositories begin with; otherwise the application."),
            ConfigKey.withDefault(
                    IMMUTABLE_TAGS,
                    ConfigKey.Type.FLAG,
                    "false",
                    "Whether repositories that are made refuse to move a tag."),
            ConfigKey.withDefault(
                    KEEP_IMAGES,
                    ConfigKey.Type.NUMBER,
                    "0",
                    "How many images a repository that is made keeps; 0 keeps all."),
            ConfigKey.withDefault(
                    CALL_TIMEOUT, ConfigKey.Type.DURATION, "30s", "How long one request to AWS may take."),
            ConfigKey.withDefault(
                    DEPLOY_TIMEOUT, ConfigKey.Type.DURATION, "30m", "How long a deployment of a service may take."),
            text(ENDPOINT, "The URL of an emulator that answers for all services instead of AWS."),
            ConfigKey.optional(
                    ENDPOINTS + ".*",
                    ConfigKey.Type.TEXT,
                    "The URL of one service instead: ecs, ecr, logs or application-autoscaling; for VPC endpoints and emulators."),
            ConfigKey.optional(
                    VOLUMES + ".*",
                    ConfigKey.Type.TEXT,
                    "The EFS file system of a named volume: fs-ID, fs-ID:/DIRECTORY or fs-ID@fsap-ACCESSPOINT."),
            ConfigKey.optional(
                    SECRETS + ".*",
                    ConfigKey.Type.TEXT,
                    "Where the value of a named secret is: the ARN of a secret or a parameter, or ssm:NAME."),
            ConfigKey.optional(
                    GPU_CAPACITY + ".*",
                    ConfigKey.Type.TEXT,
                    "The capacity provider for a GPU model, for example nvidia-l4."));

    private AwsKeys() {}

    private static ConfigKey text(String name, String description) {
        return ConfigKey.optional(name, ConfigKey.Type.TEXT, description);
    }
}
