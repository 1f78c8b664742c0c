package io.portolan.local.internal.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Version;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ProviderConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine: found and connected to at the first call. Thread-safe.
 *
 * <p>Status calls, streams and submissions have connections of their own, so that none can starve another: a hundred containers being
 * started do not delay a look at those that run, and logs delay neither.
 */
public final class DockerEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DockerEngine.class);
    private static final int STATUS_CONNECTIONS = 8;
    private static final int STREAM_CONNECTIONS = 256;

    private final ProviderConfig config;
    private final DriverContext context;
    private final EngineLocator locator;
    private final Map<String, String> environment;
    private @Nullable Connection connection;
    private @Nullable ScheduledExecutorService scheduler;
    private boolean closed;

    /**
     * An engine that is not connected yet.
     *
     * @param config where it is
     * @param context makes threads
     */
    public DockerEngine(ProviderConfig config, DriverContext context) {
        this(config, context, System.getenv(), Path.of(System.getProperty("user.home", ".")));
    }

    DockerEngine(ProviderConfig config, DriverContext context, Map<String, String> environment, Path home) {
        this.config = config;
        this.context = context;
        this.environment = Map.copyOf(environment);
        this.locator = new EngineLocator(environment, home);
    }

    /**
     * Makes a short call that reads.
     *
     * @param operation what is asked, for messages, for example {@code inspect}
     * @param resource what it is about
     * @param call the call
     * @param <T> its answer
     * @return its answer
     * @throws PortolanException for every error
     */
    public <T> T read(String operation, String resource, Function<DockerClient, T> call) {
        Connection open = connection();
        return mapped(operation, resource, open, () -> open.timeout().run(() -> call.apply(open.status())));
    }

    /**
     * Makes a short call that changes something.
     *
     * @param operation what is asked, for messages, for example {@code start}
     * @param resource what it is about
     * @param call the call
     * @param <T> its answer
     * @return its answer
     * @throws PortolanException for every error
     */
    public <T> T change(String operation, String resource, Function<DockerClient, T> call) {
        Connection open = connection();
        return mapped(operation, resource, open, () -> open.timeout().run(() -> call.apply(open.submissions())));
    }

    /**
     * Hands something over to the engine that it goes on with by itself: sends the call and does not wait for its end.
     *
     * @param operation what is asked, for messages
     * @param resource what it is about
     * @param patience how long to wait for an answer; the connection is closed then
     * @param call the call
     * @throws PortolanException for every error but a missing answer
     */
    public void handOver(String operation, String resource, Duration patience, Consumer<DockerClient> call) {
        Connection open = connection();
        CallTimeout brief = new CallTimeout(scheduler(), patience);
        try {
            brief.run(() -> {
                call.accept(open.submissions());
                return true;
            });
        } catch (CallTimeout.Expired e) {
            LOG.debug("handed over operation={} resource={}", operation, resource);
        } catch (RuntimeException e) {
            throw DockerErrors.map(e, operation, resource, open.address().toString());
        }
    }

    /**
     * Makes a call that may last: a build, a pull, a read of logs, events. Without a time limit; ends when the thread is interrupted.
     *
     * @param operation what is asked, for messages, for example {@code pull}
     * @param resource what it is about
     * @param call the call
     * @param <T> its answer
     * @return its answer
     * @throws PortolanException for every error
     */
    public <T> T stream(String operation, String resource, Function<DockerClient, T> call) {
        Connection open = connection();
        return mapped(operation, resource, open, () -> call.apply(open.streams()));
    }

    /**
     * Gives an error that came by a callback its meaning.
     *
     * @param error an error of docker-java
     * @param operation what was asked
     * @param resource what it was about
     * @return the exception to throw
     */
    public PortolanException error(Throwable error, String operation, String resource) {
        RuntimeException runtime = error instanceof RuntimeException r ? r : new IllegalStateException(error);
        return DockerErrors.map(
                runtime, operation, resource, connection().address().toString());
    }

    /**
     * The engine's own words about itself. Connects if it is not connected.
     *
     * @return asked once
     */
    public EngineVersion version() {
        return connection().version();
    }

    /**
     * Where the engine is, in the form of {@code DOCKER_HOST}. Connects if it is not connected.
     *
     * @return for example {@code unix:///var/run/docker.sock}
     */
    public String address() {
        return connection().address().host().toString();
    }

    /**
     * The client of short calls, for {@code unwrap}. Connects if it is not connected.
     *
     * @return docker-java's client
     */
    public DockerClient client() {
        return connection().status();
    }

    /**
     * One thread for what must happen later: time limits, kills after a grace period, reconnects. Tasks must be short.
     *
     * @return the same at every call
     */
    public synchronized ScheduledExecutorService scheduler() {
        if (closed) {
            throw closedError();
        }
        if (scheduler == null) {
            scheduler = Schedulers.single(context.threads());
        }
        return scheduler;
    }

    /**
     * Directory of the configuration of the {@code docker} command, where registry credentials are.
     *
     * @return may not exist
     */
    public Path dockerConfigDirectory() {
        return locator.dockerConfig();
    }

    /** Whose engine it is; does not connect. */
    @Override
    public String toString() {
        return "DockerEngine[application=" + config.application() + "]";
    }

    /** Closes connections and the thread. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        if (scheduler != null) {
            scheduler.shutdownNow();
        }
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private synchronized Connection connection() {
        if (closed) {
            throw closedError();
        }
        if (connection == null) {
            connection = connect();
        }
        return connection;
    }

    private Connection connect() {
        EngineAddress address =
                locator.locate(config.text(EngineKeys.DOCKER_HOST).orElse(null));
        Duration limit = config.duration(EngineKeys.CALL_TIMEOUT);
        CallTimeout timeout = new CallTimeout(scheduler(), limit);
        DockerClient unversioned = EngineClients.open(address, null, 1, limit);
        try {
            EngineVersion version = mapped(
                    "version",
                    "engine",
                    address,
                    () -> timeout.run(() -> version(unversioned.versionCmd().exec())));
            LOG.debug("engine={} version={} api={}", address, version.engine(), version.api());
            return new Connection(
                    address,
                    version,
                    timeout,
                    EngineClients.open(address, version.api(), STATUS_CONNECTIONS, limit),
                    EngineClients.open(address, version.api(), config.number(EngineKeys.CONNECTIONS), limit),
                    EngineClients.open(address, version.api(), STREAM_CONNECTIONS, null));
        } finally {
            EngineClients.close(unversioned);
        }
    }

    private EngineVersion version(Version answer) {
        String asked = environment.getOrDefault("DOCKER_API_VERSION", "");
        String oldest = answer.getMinAPIVersion();
        ApiVersion api = asked.isBlank()
                ? ApiVersion.negotiate(
                        ApiVersion.parse(text(answer.getApiVersion()), "ApiVersion of the engine"),
                        oldest == null || oldest.isBlank()
                                ? null
                                : ApiVersion.parse(oldest, "MinAPIVersion of the engine"))
                : ApiVersion.parse(asked, "DOCKER_API_VERSION");
        return new EngineVersion(
                text(answer.getVersion()), api, text(answer.getArch()), text(answer.getOperatingSystem()));
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }

    private static <T> T mapped(String operation, String resource, Connection open, Supplier<T> call) {
        return mapped(operation, resource, open.address(), call);
    }

    private static <T> T mapped(String operation, String resource, EngineAddress address, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw DockerErrors.map(e, operation, resource, address.toString());
        }
    }

    private static PortolanException closedError() {
        return PortolanException.builder(
                        ErrorCode.CANCELLED, "The connection to the Docker engine is closed; open a new Cloud")
                .provider("local")
                .build();
    }

    /** What an open connection holds. */
    private record Connection(
            EngineAddress address,
            EngineVersion version,
            CallTimeout timeout,
            DockerClient status,
            DockerClient submissions,
            DockerClient streams) {
        void close() {
            EngineClients.close(status);
            EngineClients.close(submissions);
            EngineClients.close(streams);
        }
    }
}
