package io.portolan.aws.internal.service;

import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ProviderId;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import io.portolan.spi.ProviderConfig;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayScalingTarget;
import software.amazon.awssdk.services.ecs.model.Service;

/** Changes how many replicas a service has, or may have. Thread-safe. */
final class ReplicaCount {
    private final EcsServices services;
    private final Autoscaling autoscaling;
    private final Rollout rollout;
    private final ServiceReader reader;
    private final ProviderConfig config;

    ReplicaCount(
            EcsServices services,
            Autoscaling autoscaling,
            Rollout rollout,
            ServiceReader reader,
            ProviderConfig config) {
        this.services = services;
        this.autoscaling = autoscaling;
        this.rollout = rollout;
        this.reader = reader;
        this.config = config;
    }

    /** What follows a deployment: the load is followed, or not any more. */
    void deployed(ServiceSpec spec, @Nullable Revision before) {
        AwsSettings settings = AwsSettings.of(config, spec);
        if (ServiceMapper.isExpress(spec, settings)) {
            return;
        }
        if (!spec.scaling().isFixed()) {
            autoscaling.follow(spec, settings);
        } else if (before != null && !before.spec().scaling().isFixed()) {
            autoscaling.end(spec.name(), settings);
        }
    }

    /** Lets a service that someone scaled have what its spec says. Changes nothing if it has. */
    void restore(ServiceView view, ServiceSpec spec) {
        AwsSettings settings = AwsSettings.of(config, spec);
        int fewest = ServiceMapper.fewest(spec);
        Scaling wanted = Scaling.between(fewest, Math.max(fewest, spec.scaling().max()));
        if (EcsServices.isExpress(view.service())) {
            if (express(view.service()).filter(range -> !range.equals(wanted)).isPresent()) {
                services.send(
                        spec.name(),
                        ExpressServiceMapper.scale(view.service().serviceArn(), wanted.min(), wanted.max(), settings));
                awaitBetween(spec.name(), wanted);
            }
        } else if (!spec.scaling().isFixed()) {
            if (autoscaling.range(spec.name(), settings).filter(wanted::equals).isEmpty()) {
                autoscaling.follow(spec, settings);
            }
        } else if (view.service().desiredCount() != fewest) {
            services.desire(spec.name(), fewest);
            awaitBetween(spec.name(), wanted);
        }
    }

    /** Exactly so many replicas, whatever the load. */
    void set(ServiceView view, Revision serving, int replicas) {
        ServiceSpec spec = serving.spec();
        AwsSettings settings = AwsSettings.of(config, spec);
        if (EcsServices.isExpress(view.service())) {
            services.send(
                    spec.name(), ExpressServiceMapper.scale(view.service().serviceArn(), replicas, replicas, settings));
        } else {
            if (!spec.scaling().isFixed()) {
                autoscaling.range(spec.name(), replicas, replicas, settings);
            }
            services.desire(spec.name(), replicas);
        }
        awaitBetween(spec.name(), Scaling.fixed(replicas));
    }

    private Optional<Scaling> express(Service service) {
        return services.express(service)
                .flatMap(express -> express.activeConfigurations().stream()
                        .map(configuration -> configuration.scalingTarget())
                        .filter(target ->
                                target != null && target.minTaskCount() != null && target.maxTaskCount() != null)
                        .map((ExpressGatewayScalingTarget target) ->
                                Scaling.between(target.minTaskCount(), target.maxTaskCount()))
                        .findFirst());
    }

    private void awaitBetween(String name, Scaling range) {
        boolean done = rollout.until(
                null,
                () -> reader.read(name)
                        .filter(view -> isBetween(view.service(), range))
                        .filter(view -> view.tasks().size() <= range.max())
                        .filter(view -> view.status().ready())
                        .isPresent());
        if (!done) {
            throw PortolanException.builder(
                            ErrorCode.FAILED,
                            "Service '" + name + "' did not come to " + range.min() + " to " + range.max()
                                    + " ready replicas within portolan.aws.deploy-timeout; look at its status")
                    .provider(ProviderId.AWS.value())
                    .resource(name)
                    .build();
        }
    }

    private static boolean isBetween(Service service, Scaling range) {
        return service.desiredCount() >= range.min()
                && service.desiredCount() <= range.max()
                && service.runningCount().equals(service.desiredCount())
                && service.pendingCount() == 0;
    }
}
