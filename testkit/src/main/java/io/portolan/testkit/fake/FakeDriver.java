package io.portolan.testkit.fake;

import io.portolan.run.OwnedResource;
import io.portolan.run.PruneReport;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.WorkloadSpec;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.ImageDriver;
import io.portolan.spi.JobDriver;
import io.portolan.spi.LogDriver;
import io.portolan.spi.ServiceDriver;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One open connection to the fake platform. */
final class FakeDriver implements CloudDriver {
    private final FakeConnection connection;
    private final JobDriver jobs;
    private final ServiceDriver services;
    private final ImageDriver images;
    private final LogDriver logs;

    FakeDriver(FakeConnection connection, boolean managed) {
        this.connection = connection;
        this.jobs = managed ? new FakeManagedJobs(connection) : new FakeLauncher(connection);
        this.services = new FakeServices(connection);
        this.images = new FakeImageDriver(connection);
        this.logs = new FakeLogs(connection);
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
    public void validate(WorkloadSpec spec) {
        connection.run(FakeOperation.VALIDATE, () -> {});
    }

    @Override
    public List<OwnedResource> list() {
        return connection.call(FakeOperation.LIST_OWNED, () -> {
            synchronized (connection.platform().lock()) {
                FakeApplication application = connection.application();
                return Stream.concat(
                                application.executions().values().stream().map(FakeDriver::resource),
                                application.services().values().stream().map(FakeDriver::resource))
                        .sorted(Comparator.comparing(OwnedResource::createdAt))
                        .toList();
            }
        });
    }

    private static OwnedResource resource(FakeService service) {
        ServiceStatus status = service.status();
        return new OwnedResource(
                "service",
                service.name(),
                service.name(),
                status.ready() ? "READY" : "NOT_READY",
                status.revisions().get(status.revisions().size() - 1).createdAt(),
                Map.of("service", service.name()));
    }

    private static OwnedResource resource(FakeExecution execution) {
        return new OwnedResource(
                "execution",
                execution.record().id().value(),
                execution.record().id().value(),
                execution.isOver() ? "OVER" : "ACTIVE",
                execution.record().createdAt(),
                Map.of("job", execution.record().job()));
    }

    @Override
    public PruneReport prune(boolean dryRun) {
        return connection.call(FakeOperation.PRUNE, () -> {
            synchronized (connection.platform().lock()) {
                List<FakeExecution> over = connection.application().executions().values().stream()
                        .filter(FakeExecution::isOver)
                        .toList();
                if (!dryRun) {
                    over.forEach(e -> connection.application().forget(e.record().id()));
                }
                return new PruneReport(over.stream().map(FakeDriver::resource).toList(), List.of());
            }
        });
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return type.isInstance(connection.platform())
                ? Optional.of(type.cast(connection.platform()))
                : Optional.empty();
    }

    @Override
    public void close() {
        connection.close();
    }
}
