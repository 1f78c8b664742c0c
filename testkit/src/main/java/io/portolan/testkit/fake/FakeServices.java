package io.portolan.testkit.fake;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.run.RevisionStatus.State;
import io.portolan.run.ServiceStatus;
import io.portolan.spi.ServiceDriver;
import java.util.List;
import java.util.Optional;

/** Services of the fake platform. */
final class FakeServices implements ServiceDriver {
    private final FakeConnection connection;
    private final FakePlatform platform;

    FakeServices(FakeConnection connection) {
        this.connection = connection;
        this.platform = connection.platform();
    }

    @Override
    public ServiceStatus deploy(ServiceRequest request) {
        return connection.call(FakeOperation.DEPLOY, () -> {
            synchronized (platform.lock()) {
                FakeService service = connection
                        .application()
                        .serviceOrNew(platform, request.spec().name());
                boolean serves = service.serving()
                        .filter(r -> r.request().specHash().equals(request.specHash()))
                        .isPresent();
                if (!serves) {
                    FakeRevision revision = service.addRevision(request);
                    new FakeDeployment(platform, service, revision).run();
                }
                return service.status();
            }
        });
    }

    /** Brings a revision to a number of replicas and lets it serve; the number it had stands if that fails. */
    private void change(FakeService service, FakeRevision revision, int replicas) {
        int before = revision.replicas();
        revision.replicas(replicas);
        boolean done = false;
        try {
            new FakeDeployment(platform, service, revision).run();
            done = true;
        } finally {
            if (!done) {
                revision.replicas(before);
            }
        }
    }

    @Override
    public Optional<ServiceStatus> describe(String name) {
        return connection.call(FakeOperation.DESCRIBE_SERVICE, () -> {
            synchronized (platform.lock()) {
                return service(name).map(FakeService::status);
            }
        });
    }

    @Override
    public Optional<String> document(String name, int revision) {
        return connection.call(FakeOperation.SERVICE_DOCUMENT, () -> {
            synchronized (platform.lock()) {
                return service(name)
                        .flatMap(s -> s.revision(revision))
                        .map(r -> r.request().document());
            }
        });
    }

    @Override
    public List<String> services() {
        return connection.call(FakeOperation.SERVICES, () -> {
            synchronized (platform.lock()) {
                return connection.application().services().keySet().stream()
                        .sorted()
                        .toList();
            }
        });
    }

    @Override
    public ServiceStatus scale(String name, int replicas) {
        return connection.call(FakeOperation.SCALE, () -> {
            synchronized (platform.lock()) {
                FakeService service = known(name);
                FakeRevision serving = service.serving()
                        .orElseThrow(() -> notFound("service '" + name + "' has no revision that serves"));
                change(service, serving, replicas);
                return service.status();
            }
        });
    }

    @Override
    public ServiceStatus rollback(String name, int revision) {
        return connection.call(FakeOperation.ROLLBACK, () -> {
            synchronized (platform.lock()) {
                FakeService service = known(name);
                FakeRevision target = service.revision(revision)
                        .filter(r -> r.state() == State.RETIRED || r.state() == State.SERVING)
                        .orElseThrow(() -> notFound(
                                "service '" + name + "' has no revision " + revision + " that could serve again"));
                if (target.state() == State.RETIRED) {
                    change(service, target, target.replicas());
                }
                return service.status();
            }
        });
    }

    @Override
    public void delete(String name) {
        connection.run(FakeOperation.DELETE_SERVICE, () -> {
            synchronized (platform.lock()) {
                service(name).ifPresent(FakeService::delete);
                connection.application().services().remove(name);
            }
        });
    }

    private Optional<FakeService> service(String name) {
        return Optional.ofNullable(connection.application().services().get(name));
    }

    private FakeService known(String name) {
        return service(name).orElseThrow(() -> notFound("there is no service '" + name + "'"));
    }

    private static PortolanException notFound(String message) {
        return PortolanException.builder(ErrorCode.NOT_FOUND, message)
                .provider(FakeProvider.ID.value())
                .build();
    }
}
