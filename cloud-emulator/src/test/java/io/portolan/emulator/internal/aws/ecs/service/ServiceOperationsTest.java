package io.portolan.emulator.internal.aws.ecs.service;

import static io.portolan.emulator.internal.aws.ecs.service.ServiceSetup.balanced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceNotActiveException;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.TaskField;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

class ServiceOperationsTest {
    private final ServiceSetup setup = new ServiceSetup();

    @BeforeEach
    void define() {
        setup.define("app:1");
    }

    @AfterEach
    void close() {
        setup.close();
    }

    @Test
    void createService_always_runsItsTasksAndReachesASteadyState() {
        Service created =
                setup.create(2, request -> request.tags(ServiceSetup.tag()).propagateTags(PropagateTags.SERVICE));
        assertThat(created.status()).isEqualTo("ACTIVE");
        assertThat(created.runningCount()).isZero();
        assertThat(created.serviceArn()).isEqualTo("arn:aws:ecs:us-east-1:123456789012:service/default/web");

        setup.advance(5);

        Service service = setup.describe();
        assertThat(service.runningCount()).isEqualTo(2);
        assertThat(service.pendingCount()).isZero();
        assertThat(service.taskDefinition()).endsWith("task-definition/web:1");
        assertThat(service.tags())
                .singleElement()
                .satisfies(tag -> assertThat(tag.value()).isEqualTo("sea"));
        assertThat(service.deployments()).singleElement().satisfies(deployment -> {
            assertThat(deployment.status()).isEqualTo("PRIMARY");
            assertThat(deployment.id()).startsWith("ecs-svc/");
            assertThat(deployment.rolloutState()).isEqualTo(DeploymentRolloutState.COMPLETED);
        });
        assertThat(setup.events().get(0)).isEqualTo("(service web) has reached a steady state.");
        assertThat(setup.events())
                .anyMatch(event -> event.matches(
                        "\\(service web\\) has started 2 tasks: \\(task [0-9a-f]{32}\\) \\(task [0-9a-f]{32}\\)\\."));
        assertThat(setup.tasks()).allSatisfy(task -> {
            assertThat(task.group()).isEqualTo("service:web");
            assertThat(task.startedBy()).isEqualTo(service.deployments().get(0).id());
        });
        String arn = setup.tasks().get(0).taskArn();
        assertThat(setup.ecs
                        .describeTasks(request -> request.tasks(arn).include(TaskField.TAGS))
                        .tasks()
                        .get(0)
                        .tags())
                .hasSize(1);
    }

    @Test
    void createService_ofANameInUse_isRefusedUntilTheServiceIsInactive() {
        setup.create(1, request -> {});
        assertThatThrownBy(() -> setup.create(1, request -> {}))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Creation of service was not idempotent.");
        setup.advance(5);

        assertThatThrownBy(() -> setup.ecs.deleteService(request -> request.service("web")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("The service cannot be stopped while it is scaled above 0.");
        setup.ecs.deleteService(request -> request.service("web").force(true));
        assertThat(setup.describe().status()).isEqualTo("DRAINING");
        assertThatThrownBy(() -> setup.create(1, request -> {})).hasMessageContaining("still Draining");
        assertThatThrownBy(() -> setup.ecs.updateService(
                        request -> request.service("web").desiredCount(2)))
                .isInstanceOf(ServiceNotActiveException.class);

        setup.advance(5);
        assertThat(setup.describe().status()).isEqualTo("INACTIVE");
        assertThat(setup.tasks()).isEmpty();
        assertThat(setup.ecs.listServices().serviceArns()).isEmpty();
        assertThat(setup.create(1, request -> {}).status()).isEqualTo("ACTIVE");
    }

    @Test
    void createService_withTheSameToken_givesTheSameService() {
        Service first = setup.create(1, request -> request.clientToken("once"));

        assertThat(setup.create(1, request -> request.clientToken("once")).createdAt())
                .isEqualTo(first.createdAt());
        assertThatThrownBy(() -> setup.create(2, request -> request.clientToken("once")))
                .hasMessageContaining("not idempotent");
    }

    @Test
    void createService_thatCannotRun_isRefused() {
        assertThatThrownBy(() -> setup.create(1, request -> request.healthCheckGracePeriodSeconds(5)))
                .hasMessageContaining("only valid for services configured to use load balancers");
        assertThatThrownBy(() -> setup.create(1, balanced())).hasMessageContaining("does not exist");
        setup.emulator.aws().targetGroup(ServiceSetup.GROUP, "/");
        assertThatThrownBy(() -> setup.create(1, request -> request.loadBalancers(ServiceSetup.balancer(81))))
                .hasMessageContaining("did not have a container port 81 defined");
        assertThatThrownBy(() -> setup.create(1, request -> request.taskDefinition("nobody")))
                .hasMessageContaining("TaskDefinition not found.");
        assertThatThrownBy(() -> setup.create(
                        1,
                        request -> request.deploymentConfiguration(deployment ->
                                deployment.minimumHealthyPercent(100).maximumPercent(100))))
                .hasMessageContaining("this will block deployments");
        assertThat(setup.ecs.listServices().serviceArns()).isEmpty();
    }

    @Test
    void updateService_ofTheCountOnly_scalesWithoutADeployment() {
        setup.create(1, request -> {});
        setup.advance(5);

        setup.ecs.updateService(request -> request.service("web").desiredCount(3));
        setup.advance(5);
        assertThat(setup.describe().runningCount()).isEqualTo(3);
        setup.ecs.updateService(request -> request.service("web").desiredCount(1));
        setup.advance(5);

        Service service = setup.describe();
        assertThat(service.runningCount()).isOne();
        assertThat(service.taskDefinition()).endsWith("web:1");
        assertThat(setup.ecs
                        .listServiceDeployments(request -> request.service("web"))
                        .serviceDeployments())
                .hasSize(1);
        assertThat(setup.events()).anyMatch(event -> event.startsWith("(service web) has stopped 2 running tasks"));
    }

    @Test
    void updateService_ofTheCountOnly_needsNoActiveDefinition() {
        setup.create(1, request -> {});
        setup.advance(5);
        setup.ecs.deregisterTaskDefinition(request -> request.taskDefinition("web:1"));

        setup.ecs.updateService(request -> request.service("web").desiredCount(2));
        setup.advance(5);

        assertThat(setup.describe().runningCount()).isEqualTo(2);
    }

    @Test
    void updateService_withAnEmptyStrategy_goesBackToTheLaunchType() {
        setup.create(
                1,
                request -> request.launchType((String) null)
                        .capacityProviderStrategy(CapacityProviderStrategyItem.builder()
                                .capacityProvider("FARGATE_SPOT")
                                .weight(1)
                                .build()));
        assertThat(setup.describe().launchType()).isNull();
        assertThat(setup.describe().capacityProviderStrategy()).hasSize(1);

        setup.ecs.updateService(request ->
                request.service("web").capacityProviderStrategy(List.of()).forceNewDeployment(true));

        assertThat(setup.describe().launchType()).isEqualTo(LaunchType.FARGATE);
        assertThat(setup.describe().capacityProviderStrategy()).isEmpty();
    }

    @Test
    void task_thatIsStopped_isReplaced() {
        setup.create(1, request -> {});
        setup.advance(5);
        String first = setup.tasks().get(0).taskArn();

        setup.ecs.stopTask(request -> request.task(first));
        setup.advance(5);

        assertThat(setup.tasks()).singleElement().satisfies(task -> {
            assertThat(task.taskArn()).isNotEqualTo(first);
            assertThat(task.lastStatus()).isEqualTo("RUNNING");
        });
    }

    @Test
    void task_thatTheServiceStops_saysSo() {
        setup.create(1, request -> {});
        setup.advance(5);
        String task = setup.tasks().get(0).taskArn();

        setup.ecs.updateService(request -> request.service("web").desiredCount(0));
        setup.advance(5);

        assertThat(setup.ecs
                        .describeTasks(request -> request.tasks(task))
                        .tasks()
                        .get(0))
                .satisfies(stopped -> {
                    assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.SERVICE_SCHEDULER_INITIATED);
                    assertThat(stopped.stoppedReason())
                            .startsWith("Scaling activity initiated by (deployment ecs-svc/");
                });
    }

    @Test
    void describeServices_ofNone_saysMissing() {
        assertThat(setup.ecs
                        .describeServices(request -> request.services("nobody"))
                        .failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo("MISSING"));
        assertThatThrownBy(() -> setup.ecs.updateService(request -> request.service("nobody")))
                .isInstanceOf(ServiceNotFoundException.class);
        assertThatThrownBy(
                        () -> setup.ecs.describeServices(request -> request.services(Collections.nCopies(11, "web"))))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void listServices_ofMany_comesPageByPage() {
        for (int i = 0; i < 12; i++) {
            String name = "web-" + i;
            setup.create(0, request -> request.serviceName(name));
        }

        assertThat(setup.ecs.listServices().serviceArns()).hasSize(10);
        assertThat(setup.ecs
                        .listServicesPaginator(request -> request.maxResults(5))
                        .serviceArns())
                .hasSize(12);
    }
}
