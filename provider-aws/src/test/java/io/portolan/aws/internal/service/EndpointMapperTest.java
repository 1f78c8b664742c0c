package io.portolan.aws.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.AccessType;
import software.amazon.awssdk.services.ecs.model.ECSExpressGatewayService;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayServiceConfiguration;
import software.amazon.awssdk.services.ecs.model.IngressPathSummary;

class EndpointMapperTest {
    private static IngressPathSummary path(AccessType access, String endpoint) {
        return IngressPathSummary.builder()
                .accessType(access)
                .endpoint(endpoint)
                .build();
    }

    private static ECSExpressGatewayService service(IngressPathSummary... paths) {
        return ECSExpressGatewayService.builder()
                .activeConfigurations(ExpressGatewayServiceConfiguration.builder()
                        .ingressPaths(paths)
                        .build())
                .build();
    }

    @Test
    void express_withoutScheme_isHttps() {
        assertThat(EndpointMapper.express(service(path(AccessType.PUBLIC, "we-1.ecs.eu-central-1.on.aws"))))
                .contains(URI.create("https://we-1.ecs.eu-central-1.on.aws"));
    }

    @Test
    void express_withScheme_isTakenAsItIs() {
        assertThat(EndpointMapper.express(service(
                        path(AccessType.PRIVATE, "http://10.0.0.1:80"),
                        path(AccessType.PUBLIC, "http://localhost:8080"))))
                .contains(URI.create("http://localhost:8080"));
    }

    @Test
    void express_beforeItHasOne_isEmpty() {
        assertThat(EndpointMapper.express(service())).isEmpty();
    }
}
