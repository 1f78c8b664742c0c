package io.portolan.aws.internal;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.client.AwsClients;
import io.portolan.aws.internal.config.AwsKeys;
import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.definition.Labels;
import io.portolan.aws.internal.definition.TaskDefinitions;
import io.portolan.aws.internal.image.EcrRegistry;
import io.portolan.aws.internal.job.EcsTaskLauncher;
import io.portolan.aws.internal.job.JobObjects;
import io.portolan.aws.internal.log.AwsLogDriver;
import io.portolan.aws.internal.log.LogGroups;
import io.portolan.aws.internal.service.EcsServiceDriver;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.images.ImageCache;
import io.portolan.images.RegistryAccess;
import io.portolan.images.RegistryImageDriver;
import io.portolan.run.OwnedResource;
import io.portolan.run.PruneReport;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ImageDriver;
import io.portolan.spi.JobDriver;
import io.portolan.spi.LogDriver;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.ServiceDriver;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

/** One connection to AWS. Opens nothing until the first call. */
public final class AwsDriver implements CloudDriver {
    private final ThreadFactory threads;
    private final AwsClients clients;
    private final EcsTaskLauncher jobs;
    private final JobObjects jobObjects;
    private final EcsServiceDriver services;
    private final AwsLogDriver logs;
    private final ImageDriver images;

    /**
     * A connection.
     *
     * @param config the settings
     * @param context what core gives
     */
    public AwsDriver(ProviderConfig config, DriverContext context) {
        this.threads = context.threads();
        this.clients = new AwsClients(config);
        AwsCalls calls = new AwsCalls(context.limits());
        String group = AwsSettings.of(config).logGroup();
        Map<String, String> ours = Map.of(Labels.MANAGED_BY, Labels.PORTOLAN, Labels.APPLICATION, config.application());
        LogGroups groups = new LogGroups(clients::logs, calls, ours);
        Runnable logGroup = () -> groups.ensure(group, config.number(AwsKeys.LOG_RETENTION));
        this.jobs = new EcsTaskLauncher(
                clients,
                calls,
                new TaskDefinitions(clients, calls, config.application()),
                logGroup,
                config,
                context.clock());
        this.jobObjects = new JobObjects(jobs, clients, calls, config, context.clock());
        this.services = new EcsServiceDriver(clients, calls, logGroup, config, context.clock());
        this.logs = new AwsLogDriver(
                clients::logs,
                calls,
                new TaskLogTargets(jobs, services, context.clock()),
                group,
                context.clock(),
                config.duration(AwsKeys.LOG_DRAIN));
        this.images = new RegistryImageDriver(
                new EcrRegistry(new EcrRegistry.Tools(clients::ecr, calls, clients::region, ours), config, context),
                ImageCache.ofUser(),
                RegistryAccess.ofMachine());
    }

    @Override
    public JobDriver jobs() {
        return jobs;
    }

    @Override
    public ServiceDriver services() {
        return services;
    }

    @Override
    public LogDriver logs() {
        return logs;
    }

    @Override
    public ImageDriver images() {
        return images;
    }

    @Override
    public List<OwnedResource> list() {
        FutureTask<List<OwnedResource>> ofServices = new FutureTask<>(services::owned);
        threads.newThread(ofServices).start();
        List<OwnedResource> ofJobs = jobObjects.list();
        return Stream.concat(ofJobs.stream(), result(ofServices).stream())
                .sorted(Comparator.comparing(OwnedResource::createdAt))
                .toList();
    }

    private static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortolanException(ErrorCode.CANCELLED, "the thread was interrupted while AWS was asked");
        }
    }

    @Override
    public PruneReport prune(boolean dryRun) {
        PruneReport ofJobs = jobObjects.prune(dryRun);
        List<OwnedResource> leftovers = services.leftovers();
        if (!dryRun) {
            services.removeLeftovers(leftovers);
        }
        return new PruneReport(
                Stream.concat(ofJobs.removed().stream(), leftovers.stream()).toList(), ofJobs.failed());
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return clients.find(type);
    }

    @Override
    public void close() {
        clients.close();
    }
}
