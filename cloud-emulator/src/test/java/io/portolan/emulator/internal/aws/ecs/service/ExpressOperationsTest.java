package io.portolan.emulator.internal.aws.ecs.service;

import static io.portolan.emulator.internal.aws.ecs.service.ServiceSetup.ROLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.AccessType;
import software.amazon.awssdk.services.ecs.model.CreateExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.ECSExpressGatewayService;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayServiceConfiguration;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayServiceStatusCode;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;

class ExpressOperationsTest {
    private final ServiceSetup setup = new ServiceSetup();

    @AfterEach
    void close() {
        setup.close();
    }

    @Test
    void create_ofAContainer_runsItBehindAnAddress() {
        ECSExpressGatewayService created = create(request -> request.scalingTarget(
                        scaling -> scaling.minTaskCount(2).maxTaskCount(4))
                .tags(ServiceSetup.tag()));

        assertThat(created.status().statusCode()).isEqualTo(ExpressGatewayServiceStatusCode.ACTIVE);
        assertThat(created.infrastructureRoleArn()).isEqualTo(ROLE);
        assertThat(created.activeConfigurations()).singleElement().satisfies(configuration -> {
            assertThat(configuration.cpu()).isEqualTo("256");
            assertThat(configuration.memory()).isEqualTo("512");
            assertThat(configuration.healthCheckPath()).isEqualTo("/ping");
            assertThat(configuration.primaryContainer().image()).isEqualTo("app:1");
            assertThat(configuration.ingressPaths()).singleElement().satisfies(path -> {
                assertThat(path.accessType()).isEqualTo(AccessType.PUBLIC);
                assertThat(path.endpoint()).matches("http://127\\.0\\.0\\.1:\\d+");
            });
        });
        setup.advance(5);

        assertThat(setup.describe().runningCount()).isEqualTo(2);
        assertThat(setup.describe().tags()).hasSize(1);
        assertThat(setup.ecs.listServices().serviceArns()).containsExactly(created.serviceArn());
        assertThat(setup.deployment().status()).isEqualTo(ServiceDeploymentStatus.SUCCESSFUL);
    }

    @Test
    void create_ofAnOwnDefinition_needsAContainerNamedMain() {
        String web = setup.define("app:1");

        assertThatThrownBy(() -> setup.ecs.createExpressGatewayService(
                        request -> request.infrastructureRoleArn(ROLE).taskDefinitionArn(web)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("a container named Main");
    }

    @Test
    void update_always_keepsTheAddressAndWhatIsNotGiven() {
        ECSExpressGatewayService created = create(request -> request.healthCheckPath("/well"));
        setup.advance(5);

        ExpressGatewayServiceConfiguration target = setup.ecs
                .updateExpressGatewayService(request -> request.serviceArn(created.serviceArn())
                        .primaryContainer(container -> container.image("app:2").containerPort(8080)))
                .service()
                .targetConfiguration();
        assertThat(target.healthCheckPath()).isEqualTo("/well");
        setup.advance(10);

        ExpressGatewayServiceConfiguration active =
                describe(created).activeConfigurations().get(0);
        assertThat(describe(created).activeConfigurations()).hasSize(1);
        assertThat(active.serviceRevisionArn()).isEqualTo(target.serviceRevisionArn());
        assertThat(active.primaryContainer().image()).isEqualTo("app:2");
        assertThat(active.ingressPaths())
                .isEqualTo(created.activeConfigurations().get(0).ingressPaths());
        assertThat(setup.deployment().status()).isEqualTo(ServiceDeploymentStatus.SUCCESSFUL);
    }

    @Test
    void update_ofTheScaleOnly_deploysNothing() {
        ECSExpressGatewayService created = create(request -> {});
        setup.advance(5);

        setup.ecs.updateExpressGatewayService(
                request -> request.serviceArn(created.serviceArn()).scalingTarget(scaling -> scaling.minTaskCount(3)));
        setup.advance(5);

        assertThat(setup.describe().runningCount()).isEqualTo(3);
        assertThat(describe(created)
                        .activeConfigurations()
                        .get(0)
                        .scalingTarget()
                        .maxTaskCount())
                .isEqualTo(20);
        assertThat(setup.ecs
                        .listServiceDeployments(request -> request.service("web"))
                        .serviceDeployments())
                .hasSize(1);
    }

    @Test
    void update_thatNeverRuns_goesBackToTheOldConfiguration() {
        ECSExpressGatewayService created = create(request -> {});
        setup.advance(5);

        setup.ecs.updateExpressGatewayService(request -> request.serviceArn(created.serviceArn())
                .primaryContainer(container -> container.image("bad:2").containerPort(8080)));
        setup.advance(30);

        assertThat(setup.deployment().status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
        assertThat(describe(created).activeConfigurations())
                .singleElement()
                .satisfies(configuration ->
                        assertThat(configuration.primaryContainer().image()).isEqualTo("app:1"));
    }

    @Test
    void delete_always_drainsBeforeItIsInactive() {
        ECSExpressGatewayService created = create(request -> {});
        setup.advance(5);

        assertThat(setup.ecs
                        .deleteExpressGatewayService(request -> request.serviceArn(created.serviceArn()))
                        .service()
                        .status()
                        .statusCode())
                .isEqualTo(ExpressGatewayServiceStatusCode.DRAINING);
        setup.advance(5);

        assertThat(describe(created).status().statusCode()).isEqualTo(ExpressGatewayServiceStatusCode.INACTIVE);
        assertThat(setup.tasks()).isEmpty();
        assertThatThrownBy(() -> setup.ecs.describeExpressGatewayService(
                        request -> request.serviceArn("arn:aws:ecs:us-east-1:123456789012:service/default/nobody")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    private ECSExpressGatewayService create(Consumer<CreateExpressGatewayServiceRequest.Builder> more) {
        return setup.ecs
                .createExpressGatewayService(request -> request.serviceName("web")
                        .infrastructureRoleArn(ROLE)
                        .executionRoleArn("arn:aws:iam::123456789012:role/execution")
                        .primaryContainer(container -> container.image("app:1").containerPort(8080))
                        .applyMutation(more))
                .service();
    }

    private ECSExpressGatewayService describe(ECSExpressGatewayService service) {
        return setup.ecs
                .describeExpressGatewayService(request -> request.serviceArn(service.serviceArn()))
                .service();
    }
}
