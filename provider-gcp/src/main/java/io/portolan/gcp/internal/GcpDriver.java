package io.portolan.gcp.internal;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import io.portolan.gcp.internal.client.GcpCalls;
import io.portolan.gcp.internal.client.GcpClients;
import io.portolan.gcp.internal.config.GcpSettings;
import io.portolan.gcp.internal.definition.Labels;
import io.portolan.gcp.internal.image.ArtifactRegistry;
import io.portolan.gcp.internal.job.CloudRunJobs;
import io.portolan.gcp.internal.job.JobObjects;
import io.portolan.gcp.internal.log.GcpLogDriver;
import io.portolan.gcp.internal.log.RevisionLines;
import io.portolan.gcp.internal.service.CloudRunServiceDriver;
import io.portolan.run.OwnedResource;
import io.portolan.run.PruneReport;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.DriverContext;
import io.portolan.spi.ImageDriver;
import io.portolan.spi.JobDriver;
import io.portolan.spi.LogDriver;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.ServiceDriver;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One connection to Google Cloud. Opens nothing until the first call. */
public final class GcpDriver implements CloudDriver {
    private final GcpClients clients;
    private final Concerns concerns;
    private final List<OwnedObjects> objects;
    private final Validation validation;

    /**
     * The drivers of a connection.
     *
     * @param jobs runs jobs
     * @param services runs services
     * @param logs reads logs
     * @param images moves images
     */
    private record Concerns(JobDriver jobs, ServiceDriver services, LogDriver logs, ImageDriver images) {}

    private GcpDriver(GcpClients clients, Concerns concerns, List<OwnedObjects> objects, Validation validation) {
        this.clients = clients;
        this.concerns = concerns;
        this.objects = List.copyOf(objects);
        this.validation = validation;
    }

    /**
     * A connection as the settings say; opens nothing.
     *
     * @param config the section {@code portolan.gcp}
     * @param context what core gives
     * @return the connection
     * @throws InvalidSpecException if settings are missing or cannot be right
     */
    public static GcpDriver open(ProviderConfig config, DriverContext context) {
        GcpSettings settings = GcpSettings.of(config);
        List<Violation> violations = settings.violations();
        if (!violations.isEmpty()) {
            throw new InvalidSpecException("configuration", violations);
        }
        Clock clock = context.clock();
        GcpClients clients = new GcpClients(config, context.threads());
        GcpCalls calls = new GcpCalls(context.limits());
        CloudRunJobs jobs = new CloudRunJobs(clients, calls, config, clock);
        RevisionLines lines = new RevisionLines(clients, calls, settings, clock);
        CloudRunServiceDriver services = new CloudRunServiceDriver(clients, calls, lines::last, config, clock);
        GcpLogDriver logs = new GcpLogDriver(
                clients, calls, new CloudRunLogTargets(jobs::view, services::find, clock), settings, clock);
        ImageDriver images = ArtifactRegistry.driver(
                clients,
                calls,
                settings,
                Map.of(Labels.MANAGED_BY, Labels.PORTOLAN, Labels.APPLICATION, config.application()),
                clock);
        JobObjects objects = jobs.objects();
        return new GcpDriver(
                clients,
                new Concerns(jobs, services, logs, images),
                List.of(
                        new OwnedObjects(objects::list, objects::prune),
                        new OwnedObjects(services::owned, dryRun -> new PruneReport(List.of(), List.of()))),
                new Validation(clients, calls, config));
    }

    @Override
    public JobDriver jobs() {
        return concerns.jobs();
    }

    @Override
    public ServiceDriver services() {
        return concerns.services();
    }

    @Override
    public LogDriver logs() {
        return concerns.logs();
    }

    @Override
    public ImageDriver images() {
        return concerns.images();
    }

    @Override
    public void validate(WorkloadSpec spec) {
        validation.check(spec);
    }

    @Override
    public List<OwnedResource> list() {
        return objects.stream()
                .flatMap(own -> own.list().get().stream())
                .sorted(Comparator.comparing(OwnedResource::createdAt))
                .toList();
    }

    @Override
    public PruneReport prune(boolean dryRun) {
        List<OwnedResource> removed = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        objects.forEach(own -> {
            PruneReport report = own.prune().apply(dryRun);
            removed.addAll(report.removed());
            failed.addAll(report.failed());
        });
        return new PruneReport(removed, failed);
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
