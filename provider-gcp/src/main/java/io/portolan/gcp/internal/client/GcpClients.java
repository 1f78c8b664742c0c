package io.portolan.gcp.internal.client;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.core.ApiFunction;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.FixedExecutorProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.httpjson.InstantiatingHttpJsonChannelProvider;
import com.google.api.gax.rpc.ClientSettings;
import com.google.api.gax.rpc.FixedHeaderProvider;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannel;
import com.google.api.gax.rpc.UnaryCallSettings;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.run.v2.ExecutionsClient;
import com.google.cloud.run.v2.ExecutionsSettings;
import com.google.cloud.run.v2.JobsClient;
import com.google.cloud.run.v2.JobsSettings;
import com.google.cloud.run.v2.RevisionsClient;
import com.google.cloud.run.v2.RevisionsSettings;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.ServicesSettings;
import com.google.cloud.run.v2.TasksClient;
import com.google.cloud.run.v2.TasksSettings;
import com.google.devtools.artifactregistry.v1.ArtifactRegistryClient;
import com.google.devtools.artifactregistry.v1.ArtifactRegistrySettings;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.id.ProviderId;
import io.portolan.spi.ProviderConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vendor's clients of one connection, each made at its first use: making one loads a thousand classes. They repeat nothing, because
 * core owns retries, and each request has a time limit, which the vendor's defaults lack. They share transport, credentials and threads.
 * Thread-safe.
 */
public final class GcpClients implements AutoCloseable {
    /** The service of jobs and services. */
    public static final String RUN = "run";
    /** The service of images. */
    public static final String ARTIFACT_REGISTRY = "artifactregistry";
    /** The service of logs. */
    public static final String LOGGING = "logging";

    private static final Logger LOG = LoggerFactory.getLogger(GcpClients.class);
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final Map<String, String> HEADERS = Map.of("user-agent", "portolan");
    private static final String GRPC = "grpc";
    private static final int REQUESTS_AT_ONCE = 8;

    private interface Maker<T> {
        T make() throws IOException;
    }

    private final GcpSettings settings;
    private final Duration timeout;
    private final boolean isGrpc;
    private final ThreadPoolExecutor requests;
    private final ScheduledThreadPoolExecutor deadlines;
    private final Map<Class<?>, Maker<? extends AutoCloseable>> makers = new LinkedHashMap<>();
    private final Map<Class<?>, Object> made = new HashMap<>();
    private final Map<String, TransportChannel> channels = new HashMap<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private @Nullable HttpTransport http;
    private @Nullable GoogleCredentials credentials;
    private boolean closed;

    /**
     * Clients by the settings; opens nothing and starts no thread.
     *
     * @param config the section {@code portolan.gcp}
     * @param threads makes the threads that requests run on
     * @throws PortolanException UNSUPPORTED if the transport is gRPC and its runtime is not there
     */
    public GcpClients(ProviderConfig config, ThreadFactory threads) {
        this.settings = GcpSettings.of(config);
        this.timeout = config.duration(GcpKeys.CALL_TIMEOUT);
        this.isGrpc = settings.text(GcpKeys.TRANSPORT).filter(GRPC::equals).isPresent();
        if (isGrpc) {
            GrpcTransport.require();
        }
        this.requests = new ThreadPoolExecutor(
                REQUESTS_AT_ONCE, REQUESTS_AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        requests.allowCoreThreadTimeOut(true);
        this.deadlines = new ScheduledThreadPoolExecutor(1, threads);
        deadlines.setRemoveOnCancelPolicy(true);
        deadlines.setKeepAliveTime(10, TimeUnit.SECONDS);
        deadlines.allowCoreThreadTimeOut(true);
        knowMakers();
    }

    private void knowMakers() {
        makers.put(JobsClient.class, () -> {
            JobsSettings.Builder builder = isGrpc ? JobsSettings.newBuilder() : JobsSettings.newHttpJsonBuilder();
            return JobsClient.create(
                    shared(builder, RUN).applyToAllUnaryMethods(once()).build());
        });
        makers.put(ExecutionsClient.class, () -> {
            ExecutionsSettings.Builder builder =
                    isGrpc ? ExecutionsSettings.newBuilder() : ExecutionsSettings.newHttpJsonBuilder();
            return ExecutionsClient.create(
                    shared(builder, RUN).applyToAllUnaryMethods(once()).build());
        });
        makers.put(TasksClient.class, () -> {
            TasksSettings.Builder builder = isGrpc ? TasksSettings.newBuilder() : TasksSettings.newHttpJsonBuilder();
            return TasksClient.create(
                    shared(builder, RUN).applyToAllUnaryMethods(once()).build());
        });
        makers.put(ServicesClient.class, () -> {
            ServicesSettings.Builder builder =
                    isGrpc ? ServicesSettings.newBuilder() : ServicesSettings.newHttpJsonBuilder();
            return ServicesClient.create(
                    shared(builder, RUN).applyToAllUnaryMethods(once()).build());
        });
        makers.put(RevisionsClient.class, () -> {
            RevisionsSettings.Builder builder =
                    isGrpc ? RevisionsSettings.newBuilder() : RevisionsSettings.newHttpJsonBuilder();
            return RevisionsClient.create(
                    shared(builder, RUN).applyToAllUnaryMethods(once()).build());
        });
        makers.put(ArtifactRegistryClient.class, () -> {
            ArtifactRegistrySettings.Builder builder =
                    isGrpc ? ArtifactRegistrySettings.newBuilder() : ArtifactRegistrySettings.newHttpJsonBuilder();
            return ArtifactRegistryClient.create(shared(builder, ARTIFACT_REGISTRY)
                    .applyToAllUnaryMethods(once())
                    .build());
        });
    }

    /**
     * Cloud Run jobs.
     *
     * @return the same at every call
     */
    public JobsClient jobs() {
        return client(JobsClient.class);
    }

    /**
     * Executions of Cloud Run jobs.
     *
     * @return the same at every call
     */
    public ExecutionsClient executions() {
        return client(ExecutionsClient.class);
    }

    /**
     * Tasks of executions.
     *
     * @return the same at every call
     */
    public TasksClient tasks() {
        return client(TasksClient.class);
    }

    /**
     * Cloud Run services.
     *
     * @return the same at every call
     */
    public ServicesClient services() {
        return client(ServicesClient.class);
    }

    /**
     * Revisions of Cloud Run services.
     *
     * @return the same at every call
     */
    public RevisionsClient revisions() {
        return client(RevisionsClient.class);
    }

    /**
     * Artifact Registry.
     *
     * @return the same at every call
     */
    public ArtifactRegistryClient artifactRegistry() {
        return client(ArtifactRegistryClient.class);
    }

    /**
     * A client by its class, for what the SDK does not cover.
     *
     * @param <T> its type
     * @param type its class
     * @return empty if there is none of this type
     */
    public <T> Optional<T> find(Class<T> type) {
        return makers.containsKey(type) ? Optional.of(client(type)) : Optional.empty();
    }

    /**
     * The URL of a service, for requests without the vendor's client.
     *
     * @param service for example {@link #LOGGING}
     * @return without a slash at its end
     */
    public URI endpoint(String service) {
        return override(service).orElseGet(() -> URI.create("https://" + host(service)));
    }

    /**
     * What a request without the vendor's client authenticates itself by. May ask the platform for a new token.
     *
     * @return an OAuth access token that is good for some minutes, empty if requests carry none
     * @throws PortolanException UNAUTHENTICATED if there are no credentials
     */
    public Optional<AccessToken> token() {
        GoogleCredentials own;
        try {
            synchronized (this) {
                own = resolvedCredentials().orElse(null);
            }
            if (own == null) {
                return Optional.empty();
            }
            // A token that was given has no end and cannot be renewed.
            if (own.getAccessToken() == null || own.getAccessToken().getExpirationTime() != null) {
                own.refreshIfExpired();
            }
            return Optional.of(own.getAccessToken());
        } catch (IOException e) {
            throw GcpErrors.broken(e, "oauth2:Token", "credentials");
        }
    }

    private synchronized <T> T client(Class<T> type) {
        if (closed) {
            throw PortolanException.builder(
                            ErrorCode.CANCELLED,
                            "the connection to Google Cloud is closed; open a new one with Cloud.connect")
                    .provider(ProviderId.GCP.value())
                    .build();
        }
        Object known = made.get(type);
        if (known != null) {
            return type.cast(known);
        }
        try {
            AutoCloseable client = Objects.requireNonNull(makers.get(type)).make();
            opened.push(client);
            made.put(type, client);
            return type.cast(client);
        } catch (IOException e) {
            throw GcpErrors.broken(e, "client", "gcp");
        } catch (RuntimeException e) {
            throw GcpErrors.map(e, "client", "gcp");
        }
    }

    private <B extends ClientSettings.Builder<?, B>> B shared(B builder, String service) throws IOException {
        Optional<GoogleCredentials> own = resolvedCredentials();
        return builder.setTransportChannelProvider(FixedTransportChannelProvider.create(channel(service)))
                .setBackgroundExecutorProvider(FixedExecutorProvider.create(deadlines))
                .setCredentialsProvider(
                        own.isPresent() ? FixedCredentialsProvider.create(own.get()) : NoCredentialsProvider.create())
                // It watches streams, of which there are none, and would wake up every ten seconds.
                .setWatchdogProvider(null);
    }

    private ApiFunction<UnaryCallSettings.Builder<?, ?>, Void> once() {
        return call -> {
            call.setSimpleTimeoutNoRetriesDuration(timeout);
            return null;
        };
    }

    private TransportChannel channel(String service) throws IOException {
        TransportChannel known = channels.get(service);
        if (known != null) {
            return known;
        }
        Optional<URI> override = override(service);
        override.ifPresent(uri -> LOG.info("requests to {} go to {} as the configuration says", service, uri));
        TransportChannel channel = isGrpc
                ? GrpcTransport.channel(host(service), override.orElse(null), HEADERS, requests)
                : restChannel(endpoint(service));
        channels.put(service, channel);
        opened.addLast(channel);
        return channel;
    }

    private TransportChannel restChannel(URI endpoint) throws IOException {
        if (http == null) {
            http = new NetHttpTransport.Builder().build();
        }
        return InstantiatingHttpJsonChannelProvider.newBuilder()
                .setEndpoint(endpoint.toString())
                .setHttpTransport(http)
                .setHeaderProvider(FixedHeaderProvider.create(HEADERS))
                .setExecutor(requests)
                .build()
                .getTransportChannel();
    }

    private Optional<URI> override(String service) {
        return settings.endpoint(service).map(URI::create);
    }

    private static String host(String service) {
        return service + ".googleapis.com";
    }

    private Optional<GoogleCredentials> resolvedCredentials() throws IOException {
        String kind = settings.required(GcpKeys.CREDENTIALS);
        if (kind.equals("none")) {
            return Optional.empty();
        }
        if (credentials == null) {
            credentials = kind.equals("token")
                    ? GoogleCredentials.create(new AccessToken(settings.required(GcpKeys.TOKEN), (Date) null))
                    : GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
        }
        return Optional.of(credentials);
    }

    @Override
    public synchronized void close() {
        closed = true;
        opened.forEach(client -> {
            try {
                client.close();
            } catch (Exception e) {
                LOG.debug("a client of Google Cloud could not be closed", e);
            }
        });
        opened.clear();
        made.clear();
        deadlines.shutdownNow();
        requests.shutdownNow();
    }
}
