package io.portolan.aws.internal.client;

import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.spi.ProviderConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;

/**
 * The vendor's clients of one connection, each made at its first use: making one loads a thousand classes. They repeat nothing, because
 * core owns retries. Thread-safe.
 */
public final class AwsClients implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AwsClients.class);

    private final ProviderConfig config;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private @Nullable SdkHttpClient http;
    private @Nullable AwsCredentialsProvider credentials;
    private @Nullable Region region;
    private @Nullable EcsClient ecs;
    private @Nullable EcrClient ecr;
    private @Nullable CloudWatchLogsClient logs;
    private @Nullable ApplicationAutoScalingClient scaling;
    private boolean closed;

    /**
     * Clients by the settings; opens nothing.
     *
     * @param config the section {@code portolan.aws}
     */
    public AwsClients(ProviderConfig config) {
        this.config = config;
    }

    /**
     * The Region.
     *
     * @return for example {@code eu-central-1}
     */
    public synchronized String region() {
        return resolvedRegion().id();
    }

    /**
     * Amazon ECS.
     *
     * @return the same at every call
     */
    public synchronized EcsClient ecs() {
        requireOpen();
        if (ecs == null) {
            ecs = opened(() -> configured(EcsClient.builder(), "ecs").build());
        }
        return ecs;
    }

    /**
     * Amazon ECR.
     *
     * @return the same at every call
     */
    public synchronized EcrClient ecr() {
        requireOpen();
        if (ecr == null) {
            ecr = opened(() -> configured(EcrClient.builder(), "ecr").build());
        }
        return ecr;
    }

    /**
     * CloudWatch Logs.
     *
     * @return the same at every call
     */
    public synchronized CloudWatchLogsClient logs() {
        requireOpen();
        if (logs == null) {
            logs = opened(
                    () -> configured(CloudWatchLogsClient.builder(), "logs").build());
        }
        return logs;
    }

    /**
     * Application Auto Scaling.
     *
     * @return the same at every call
     */
    public synchronized ApplicationAutoScalingClient scaling() {
        requireOpen();
        if (scaling == null) {
            scaling = opened(() -> configured(ApplicationAutoScalingClient.builder(), "application-autoscaling")
                    .build());
        }
        return scaling;
    }

    /**
     * A client by its class, for what the SDK does not cover.
     *
     * @param <T> its type
     * @param type its class
     * @return empty if there is none of this type
     */
    public <T> Optional<T> find(Class<T> type) {
        Map<Class<?>, Supplier<Object>> clients = Map.of(
                EcsClient.class, this::ecs,
                EcrClient.class, this::ecr,
                CloudWatchLogsClient.class, this::logs,
                ApplicationAutoScalingClient.class, this::scaling);
        return Optional.ofNullable(clients.get(type)).map(client -> type.cast(client.get()));
    }

    private void requireOpen() {
        if (closed) {
            throw AwsErrors.closed("client");
        }
    }

    private <C extends AutoCloseable> C opened(Supplier<C> maker) {
        try {
            C client = maker.get();
            opened.add(client);
            return client;
        } catch (RuntimeException e) {
            throw AwsErrors.map(e, "client", "aws");
        }
    }

    private <
                    B extends
                            AwsSyncClientBuilder<B, ?>
                                    & software.amazon.awssdk.awscore.client.builder.AwsClientBuilder<B, ?>>
            B configured(B builder, String service) {
        Duration timeout = config.duration(AwsKeys.CALL_TIMEOUT);
        builder.httpClient(sharedHttp(timeout))
                .credentialsProvider(resolvedCredentials())
                .region(resolvedRegion())
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(timeout)
                        .build());
        endpoint(service).ifPresent(uri -> {
            LOG.info("requests to {} go to {} as the configuration says", service, uri);
            builder.endpointOverride(uri);
        });
        return builder;
    }

    private Optional<URI> endpoint(String service) {
        String own = config.under(AwsKeys.ENDPOINTS).get(service);
        return Optional.ofNullable(own).or(() -> config.text(AwsKeys.ENDPOINT)).map(URI::create);
    }

    private SdkHttpClient sharedHttp(Duration timeout) {
        if (http == null) {
            http = UrlConnectionHttpClient.builder()
                    .connectionTimeout(timeout.compareTo(Duration.ofSeconds(10)) < 0 ? timeout : Duration.ofSeconds(10))
                    .socketTimeout(timeout)
                    .build();
        }
        return http;
    }

    private AwsCredentialsProvider resolvedCredentials() {
        if (credentials == null) {
            credentials = findCredentials();
        }
        return credentials;
    }

    private AwsCredentialsProvider findCredentials() {
        Optional<String> key = config.text(AwsKeys.ACCESS_KEY);
        Optional<String> secret = config.text(AwsKeys.SECRET_KEY);
        if (key.isPresent() && secret.isPresent()) {
            return StaticCredentialsProvider.create(config.text(AwsKeys.SESSION_TOKEN)
                    .<software.amazon.awssdk.auth.credentials.AwsCredentials>map(
                            token -> AwsSessionCredentials.create(key.get(), secret.get(), token))
                    .orElseGet(() -> AwsBasicCredentials.create(key.get(), secret.get())));
        }
        return config.text(AwsKeys.PROFILE)
                .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    private Region resolvedRegion() {
        if (region == null) {
            region = config.text(AwsKeys.REGION)
                    .map(Region::of)
                    .orElseGet(() ->
                            DefaultAwsRegionProviderChain.builder().build().getRegion());
        }
        return region;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (http != null) {
            opened.add(http);
        }
        opened.forEach(client -> {
            try {
                client.close();
            } catch (Exception e) {
                LOG.debug("a client of AWS could not be closed", e);
            }
        });
        opened.clear();
    }
}
