package io.portolan.gcp.internal.config;

import io.portolan.spi.ConfigKey;
import java.util.List;

/** The settings in the section {@code portolan.gcp}. */
public final class GcpKeys {
    /** See the key. */
    public static final String PROJECT = "project";
    /** See the key. */
    public static final String REGION = "region";
    /** See the key. */
    public static final String CREDENTIALS = "credentials.kind";
    /** See the key. */
    public static final String TOKEN = "credentials.token";
    /** See the key. */
    public static final String TRANSPORT = "transport";
    /** See the key. */
    public static final String ENDPOINT = "endpoint";
    /** Prefix of keys by service: {@code run}, {@code logging}, {@code artifactregistry}. */
    public static final String ENDPOINTS = "endpoints";
    /** See the key. */
    public static final String REGISTRY = "registry";
    /** See the key. */
    public static final String REPOSITORY = "repository.name";
    /** See the key. */
    public static final String CREATE_REPOSITORY = "repository.create";
    /** See the key. */
    public static final String IMMUTABLE_TAGS = "repository.immutable-tags";
    /** See the key. */
    public static final String KEEP_IMAGES = "repository.keep-images";
    /** See the key. */
    public static final String SERVICE_ACCOUNT = "service-account";
    /** See the key. */
    public static final String NETWORK = "network";
    /** See the key. */
    public static final String SUBNETWORK = "subnetwork";
    /** See the key. */
    public static final String NETWORK_TAGS = "network-tags";
    /** See the key. */
    public static final String CONNECTOR = "vpc-connector";
    /** See the key. */
    public static final String EGRESS = "vpc-egress";
    /** See the key. */
    public static final String PUBLIC_ACCESS = "public-access";
    /** See the key. */
    public static final String GPU_REDUNDANCY = "gpu-zonal-redundancy";
    /** See the key. */
    public static final String CALL_TIMEOUT = "call-timeout";
    /** See the key. */
    public static final String DEPLOY_TIMEOUT = "deploy-timeout";
    /** See the key. */
    public static final String LOG_DRAIN = "log-drain";
    /** Prefix of keys by name of a volume. */
    public static final String VOLUMES = "volumes";
    /** Prefix of keys by name of a secret. */
    public static final String SECRETS = "secrets";
    /** Prefix of keys by name of a limit. */
    public static final String LIMITS = "limits";
    /** Prefix of keys by number of CPUs. */
    public static final String SHAPES = "shapes";
    /** Prefix of keys by GPU model. */
    public static final String GPUS = "gpus";

    /** Every key. */
    public static final List<ConfigKey> ALL = List.of(
            text(PROJECT, "The id of the project that everything is made in; required."),
            text(REGION, "The region, for example europe-west1; required."),
            ConfigKey.withDefault(
                    CREDENTIALS,
                    ConfigKey.Type.TEXT,
                    "adc",
                    "Who calls: adc (Application Default Credentials), token (credentials.token) or none, for emulators."),
            ConfigKey.optional(
                    TOKEN,
                    ConfigKey.Type.SECRET,
                    "The OAuth access token of credentials.kind token; it is not renewed."),
            ConfigKey.withDefault(
                    TRANSPORT,
                    ConfigKey.Type.TEXT,
                    "rest",
                    "How Google's clients talk: rest, or grpc if the application brings the gRPC runtime."),
            text(ENDPOINT, "The URL of an emulator that answers for all services instead of Google Cloud."),
            ConfigKey.optional(
                    ENDPOINTS + ".*",
                    ConfigKey.Type.TEXT,
                    "The URL of one service instead: run, logging or artifactregistry; for private access and emulators."),
            text(
                    REGISTRY,
                    "Host and port of another registry that images are published to and run from, instead of"
                            + " REGION-docker.pkg.dev; http://HOST:PORT on a loopback address goes without TLS."),
            text(REPOSITORY, "The Artifact Registry repository of images; otherwise the application."),
            ConfigKey.withDefault(
                    CREATE_REPOSITORY,
                    ConfigKey.Type.FLAG,
                    "true",
                    "Whether the repository is made when it is missing."),
            ConfigKey.withDefault(
                    IMMUTABLE_TAGS,
                    ConfigKey.Type.FLAG,
                    "false",
                    "Whether a repository that is made refuses to move a tag."),
            ConfigKey.withDefault(
                    KEEP_IMAGES,
                    ConfigKey.Type.NUMBER,
                    "0",
                    "How many versions of an image a repository that is made keeps; 0 keeps all."),
            text(
                    SERVICE_ACCOUNT,
                    "The service account that containers have, by e-mail; otherwise the project's default one."),
            text(NETWORK, "The VPC network that containers reach directly: a name or projects/P/global/networks/N."),
            text(SUBNETWORK, "The subnetwork of the region that containers get addresses of."),
            text(NETWORK_TAGS, "Network tags of the containers, separated by commas."),
            text(CONNECTOR, "The Serverless VPC Access connector, instead of network and subnetwork."),
            ConfigKey.withDefault(
                    EGRESS,
                    ConfigKey.Type.TEXT,
                    "PRIVATE_RANGES_ONLY",
                    "What goes through the VPC: PRIVATE_RANGES_ONLY or ALL_TRAFFIC."),
            ConfigKey.withDefault(
                    PUBLIC_ACCESS,
                    ConfigKey.Type.TEXT,
                    "NO_INVOKER_CHECK",
                    "How a public service is opened: NO_INVOKER_CHECK (invokerIamDisabled) or ALL_USERS (an IAM binding)."),
            ConfigKey.withDefault(
                    GPU_REDUNDANCY,
                    ConfigKey.Type.FLAG,
                    "false",
                    "Whether GPUs are kept in a second zone, which needs a quota of its own."),
            ConfigKey.withDefault(
                    CALL_TIMEOUT, ConfigKey.Type.DURATION, "30s", "How long one request to Google Cloud may take."),
            ConfigKey.withDefault(
                    DEPLOY_TIMEOUT, ConfigKey.Type.DURATION, "15m", "How long a deployment of a service may take."),
            ConfigKey.withDefault(
                    LOG_DRAIN,
                    ConfigKey.Type.DURATION,
                    "10s",
                    "How long after the end of an attempt its last lines are waited for; they arrive late."),
            ConfigKey.optional(
                    VOLUMES + ".*",
                    ConfigKey.Type.TEXT,
                    "What carries a named volume: gs://BUCKET, gs://BUCKET/DIRECTORY or nfs://SERVER/PATH."),
            ConfigKey.optional(
                    SECRETS + ".*",
                    ConfigKey.Type.TEXT,
                    "Where the value of a named secret is: NAME or projects/PROJECT/secrets/NAME of Secret Manager."),
            ConfigKey.optional(
                    LIMITS + ".*",
                    ConfigKey.Type.TEXT,
                    "A limit of the platform that has changed: job-tasks, job-retries, job-timeout, gpu-job-timeout,"
                            + " concurrency, request-timeout or environment-variables."),
            ConfigKey.optional(
                    SHAPES + ".*",
                    ConfigKey.Type.TEXT,
                    "The memory that a number of CPUs can have, for example shapes.16: 8Gi-64Gi."),
            ConfigKey.optional(
                    GPUS + ".*",
                    ConfigKey.Type.TEXT,
                    "A GPU model that the platform has: ACCELERATOR CPUS MEMORY, for example nvidia-l4 4 16Gi."));

    private GcpKeys() {}

    private static ConfigKey text(String name, String description) {
        return ConfigKey.optional(name, ConfigKey.Type.TEXT, description);
    }
}
