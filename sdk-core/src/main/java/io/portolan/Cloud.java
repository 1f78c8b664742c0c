package io.portolan;

import io.portolan.config.CloudConfig;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.error.UnsupportedSpecException;
import io.portolan.id.ProviderId;
import io.portolan.internal.call.Operation;
import io.portolan.internal.call.Traffic;
import io.portolan.internal.job.EngineSupport;
import io.portolan.internal.job.EngineThreads;
import io.portolan.internal.job.JobEngine;
import io.portolan.internal.job.ManagedEngine;
import io.portolan.internal.job.TaskEngine;
import io.portolan.internal.provider.Providers;
import io.portolan.internal.service.Deployments;
import io.portolan.plan.DeploymentPlan;
import io.portolan.portability.CapabilitySet;
import io.portolan.portability.PortabilityReport;
import io.portolan.run.OwnedResource;
import io.portolan.run.PruneReport;
import io.portolan.spec.JobSpec;
import io.portolan.spec.ServiceSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.CloudProvider;
import io.portolan.spi.ExecutionRecord;
import io.portolan.spi.JobDriver;
import io.portolan.spi.ManagedJobs;
import io.portolan.spi.TaskLauncher;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open connection to one provider: the entry of this SDK.
 *
 * <pre>{@code
 * try (Cloud cloud = Cloud.connect()) {
 *   JobExecution run = cloud.jobs().run(spec, ExecutionId.of("nightly-2026-11-22"));
 *   JobResult result = run.await(Duration.ofHours(1));
 * }
 * }</pre>
 *
 * <p>Opening makes no remote call. Thread-safe; one per application is enough. It has at most a handful of daemon threads, however much
 * runs, and none while nothing does. Closing ends the threads and waits of this JVM; what runs at the provider goes on.
 */
public final class Cloud implements AutoCloseable {
    private final Connection connection;
    private final EngineThreads threads = new EngineThreads();
    private final JobEngine jobEngine;
    private final Jobs jobs;
    private final Services services;
    private final Images images;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Cloud(CloudConfig config, CloudProvider provider) {
        this.connection = new Connection(config, provider, Clock.systemUTC());
        this.jobEngine = engine(config);
        this.jobs = new Jobs(connection, jobEngine);
        this.services = new Services(connection, new Deployments(threads.deployments(), threads.callbacks()));
        this.images = new Images(connection);
    }

    private JobEngine engine(CloudConfig config) {
        EngineSupport support = new EngineSupport(
                connection.driver(),
                connection.caller(),
                config.engine(),
                connection.clock(),
                threads,
                connection.logEngine());
        JobDriver driver = connection.driver().jobs();
        if (driver instanceof ManagedJobs managed) {
            return new ManagedEngine(support, managed);
        }
        return new TaskEngine(support, (TaskLauncher) driver, Cloud::job);
    }

    private static JobSpec job(ExecutionRecord kept) {
        return (JobSpec) SpecYaml.read(kept.spec());
    }

    /**
     * Connects as {@code portolan.yaml}, the environment ({@code PORTOLAN_*}) and system properties ({@code portolan.*}) say.
     *
     * @return the connection
     * @throws InvalidSpecException with everything that is wrong in the configuration
     */
    public static Cloud connect() {
        return connect(CloudConfig.load());
    }

    /**
     * Connects with a configuration; the provider is found on the class path.
     *
     * @param config the configuration
     * @return the connection
     * @throws InvalidSpecException with everything that is wrong in the configuration
     */
    public static Cloud connect(CloudConfig config) {
        return connect(config, Providers.find(config.provider()));
    }

    /**
     * Connects with a provider that is given, for tests and for providers that are not on the class path.
     *
     * @param config the configuration
     * @param provider the provider
     * @return the connection
     * @throws InvalidSpecException with everything that is wrong in the configuration
     */
    public static Cloud connect(CloudConfig config, CloudProvider provider) {
        return new Cloud(Objects.requireNonNull(config, "config"), Objects.requireNonNull(provider, "provider"));
    }

    /**
     * The provider.
     *
     * @return its id
     */
    public ProviderId provider() {
        return connection.provider().id();
    }

    /**
     * The application: the scope of names, of {@link #list()} and {@link #prune()}.
     *
     * @return its name
     */
    public String application() {
        return connection.section().application();
    }

    /**
     * What the provider can do.
     *
     * @return the capabilities
     */
    public CapabilitySet capabilities() {
        return connection.capabilities();
    }

    /**
     * Jobs.
     *
     * @return the same at every call
     */
    public Jobs jobs() {
        return jobs;
    }

    /**
     * Services.
     *
     * @return the same at every call
     */
    public Services services() {
        return services;
    }

    /**
     * Images.
     *
     * @return the same at every call
     */
    public Images images() {
        return images;
    }

    /**
     * What running or deploying a spec would do: the native requests, the difference to what is deployed, every finding. Makes
     * nothing. A service is looked at; a platform that can be asked whether it would take the spec (Cloud Run) is asked, once, and where it does
     * not answer the plan is made without.
     *
     * @param spec a job or a service
     * @return the plan
     * @throws UnsupportedSpecException if this provider cannot run the spec
     * @throws PortolanException if the platform says that it would not take the spec
     */
    public DeploymentPlan plan(WorkloadSpec spec) {
        return spec instanceof ServiceSpec service ? services.plan(service) : jobs.plan((JobSpec) spec);
    }

    /**
     * What becomes of a spec on this provider. Makes no remote call.
     *
     * @param spec a job or a service
     * @return the report
     */
    public PortabilityReport portability(WorkloadSpec spec) {
        return Portability.check(spec, connection.provider(), connection.section());
    }

    /**
     * Everything that this SDK made at the provider for this application and that is still there.
     *
     * @return oldest first
     * @throws PortolanException if the provider could not be asked
     */
    public List<OwnedResource> list() {
        return connection
                .caller()
                .call(
                        Traffic.STATUS,
                        Operation.idempotent("cloud.list", null),
                        () -> connection.driver().list());
    }

    /**
     * Removes what is finished or orphaned, and only what this SDK made for this application: ended executions with their logs, leftovers
     * of failed or interrupted deployments. What runs, and named volumes, stay.
     *
     * @return what was removed
     * @throws PortolanException if the provider could not be asked
     */
    public PruneReport prune() {
        return prune(false);
    }

    /**
     * Removes what is finished or orphaned, or only says what that would be.
     *
     * @param dryRun true to remove nothing
     * @return what was or would be removed
     * @throws PortolanException if the provider could not be asked
     */
    public PruneReport prune(boolean dryRun) {
        return connection
                .caller()
                .call(
                        Traffic.STATUS,
                        Operation.idempotent("cloud.prune", null),
                        () -> connection.driver().prune(dryRun));
    }

    /**
     * The vendor's client, for what this SDK does not cover. What is done with it is not portable.
     *
     * @param <T> its type
     * @param type its class
     * @return empty if this provider has none of this type
     */
    public <T> Optional<T> unwrap(Class<T> type) {
        return connection.driver().unwrap(type);
    }

    /**
     * Ends waits and threads of this JVM. Waits end with CANCELLED; executions and services go on as far as the provider carries them. A
     * deployment that is under way is given up and what was before is restored. Idempotent.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            jobEngine.close();
            connection.logEngine().close();
            threads.close();
            connection.driver().close();
        }
    }
}
