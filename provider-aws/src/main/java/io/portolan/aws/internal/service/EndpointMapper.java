package io.portolan.aws.internal.service;

import io.portolan.aws.internal.config.AwsSettings;
import io.portolan.aws.internal.config.OptionNames;
import java.net.URI;
import java.util.Comparator;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.AccessType;
import software.amazon.awssdk.services.ecs.model.ECSExpressGatewayService;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayServiceConfiguration;
import software.amazon.awssdk.services.ecs.model.IngressPathSummary;

/** Where the outside reaches a service. Pure. */
final class EndpointMapper {
    private EndpointMapper() {}

    /** The URL that ECS made; the newest configuration that has one says it, the public one first. */
    static Optional<URI> express(ECSExpressGatewayService service) {
        return service.activeConfigurations().stream()
                .flatMap(configuration -> endpoint(configuration).stream())
                .findFirst();
    }

    private static Optional<URI> endpoint(ExpressGatewayServiceConfiguration configuration) {
        return configuration.ingressPaths().stream()
                .filter(path -> path.endpoint() != null && !path.endpoint().isBlank())
                .min(Comparator.comparingInt(
                        (IngressPathSummary path) -> path.accessType() == AccessType.PUBLIC ? 0 : 1))
                .map(path -> uri(path.endpoint()));
    }

    /** The URL that the option says. */
    static Optional<URI> targetGroup(AwsSettings settings) {
        return settings.option(OptionNames.TARGET_GROUP_URL).map(EndpointMapper::uri);
    }

    private static URI uri(String text) {
        return URI.create(text.contains("://") ? text.strip() : "https://" + text.strip());
    }
}
