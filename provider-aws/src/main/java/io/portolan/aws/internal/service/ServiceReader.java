package io.portolan.aws.internal.service;

import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.option.ServiceExposure;
import io.portolan.spec.ServiceSpec;
import io.portolan.spi.ProviderConfig;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Service;

/** Reads all that is known of a service. Thread-safe. */
final class ServiceReader {
    private final EcsServices services;
    private final Revisions revisions;
    private final ProviderConfig config;

    ServiceReader(EcsServices services, Revisions revisions, ProviderConfig config) {
        this.services = services;
        this.revisions = revisions;
        this.config = config;
    }

    /** A service that is there and not about to go. */
    Optional<ServiceView> read(String name) {
        return services.find(name)
                .filter(service -> !EcsServices.isGoing(service))
                .map(service -> view(name, service));
    }

    private ServiceView view(String name, Service service) {
        List<Revision> known = revisions.list(name);
        ServiceView view = new ServiceView(name, service, known, services.tasks(name, DesiredStatus.RUNNING), null);
        return new ServiceView(
                name, service, known, view.tasks(), endpoint(view).orElse(null));
    }

    private Optional<URI> endpoint(ServiceView view) {
        if (EcsServices.isExpress(view.service())) {
            return services.express(view.service()).flatMap(EndpointMapper::express);
        }
        Revision serving = view.serving();
        if (serving == null) {
            return Optional.empty();
        }
        ServiceSpec spec = serving.spec();
        AwsSettings settings = AwsSettings.of(config, spec);
        return ExposureMapper.of(spec, settings) == ServiceExposure.TARGET_GROUP
                ? EndpointMapper.targetGroup(settings)
                : Optional.empty();
    }
}
