package io.portolan.emulator.internal.aws.ecs.service;

import static io.portolan.emulator.internal.aws.ecs.service.ServiceSetup.balanced;
import static io.portolan.emulator.internal.aws.ecs.service.ServiceSetup.breaker;
import static io.portolan.emulator.internal.aws.ecs.service.ServiceSetup.primary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.emulator.aws.TaskOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DeploymentStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentRollbackMonitorsStatus;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentStopType;

class DeploymentTest {
    private final ServiceSetup setup = new ServiceSetup();

    @BeforeEach
    void define() {
        setup.emulator.aws().targetGroup(ServiceSetup.GROUP, "/health");
        setup.define("app:1");
    }

    @AfterEach
    void close() {
        setup.close();
    }

    @Test
    void update_toAnotherDefinition_startsNewTasksBeforeItStopsOldOnes() {
        setup.create(2, request -> {});
        setup.advance(5);
        String second = setup.define("app:2");

        setup.ecs.updateService(request -> request.service("web").taskDefinition("web:2"));
        setup.clock.advance(Duration.ofMillis(10));
        assertThat(setup.tasks()).hasSize(4);
        assertThat(setup.describe().deployments()).hasSize(2);
        assertThat(setup.deployment().status()).isEqualTo(ServiceDeploymentStatus.IN_PROGRESS);
        setup.advance(5);

        Service service = setup.describe();
        assertThat(service.deployments()).hasSize(1);
        assertThat(service.runningCount()).isEqualTo(2);
        assertThat(service.taskDefinition()).isEqualTo(second);
        assertThat(setup.tasks())
                .allSatisfy(task -> assertThat(task.taskDefinitionArn()).isEqualTo(second));
        ServiceDeployment deployment = setup.deployment();
        assertThat(deployment.status()).isEqualTo(ServiceDeploymentStatus.SUCCESSFUL);
        assertThat(deployment.sourceServiceRevisions()).hasSize(1);
        assertThat(setup.ecs
                        .describeServiceRevisions(request -> request.serviceRevisionArns(
                                deployment.targetServiceRevision().arn()))
                        .serviceRevisions()
                        .get(0)
                        .taskDefinition())
                .isEqualTo(second);
        assertThat(setup.ecs
                        .listServiceDeployments(
                                request -> request.service("web").status(ServiceDeploymentStatus.SUCCESSFUL))
                        .serviceDeployments())
                .hasSize(2);
    }

    @Test
    void update_withNothingNew_deploysOnlyIfForced() {
        setup.create(1, request -> {});
        setup.advance(5);

        setup.ecs.updateService(request -> request.service("web").taskDefinition("web:1"));
        assertThat(setup.describe().deployments()).hasSize(1);
        setup.ecs.updateService(request -> request.service("web").forceNewDeployment(true));
        assertThat(setup.describe().deployments()).hasSize(2);
    }

    @Test
    void update_thatNeverRuns_isRolledBackByTheCircuitBreaker() {
        setup.create(2, breaker());
        setup.advance(5);
        String good = primary(setup.describe()).id();
        setup.define("bad:2");

        setup.ecs.updateService(request -> request.service("web").taskDefinition("web:2"));
        setup.advance(30);

        Service service = setup.describe();
        assertThat(service.taskDefinition()).endsWith("web:1");
        assertThat(service.runningCount()).isEqualTo(2);
        assertThat(service.deployments()).singleElement().satisfies(deployment -> {
            assertThat(deployment.id()).isEqualTo(good);
            assertThat(deployment.rolloutState()).isEqualTo(DeploymentRolloutState.COMPLETED);
        });
        ServiceDeployment deployment = setup.deployment();
        assertThat(deployment.status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
        assertThat(deployment.statusReason())
                .isEqualTo("Service deployment rolled back because the circuit breaker threshold was exceeded.");
        assertThat(deployment.deploymentCircuitBreaker()).satisfies(breaker -> {
            assertThat(breaker.status()).isEqualTo(ServiceDeploymentRollbackMonitorsStatus.TRIGGERED);
            assertThat(breaker.threshold()).isEqualTo(3);
            assertThat(breaker.failureCount()).isBetween(3, 4);
        });
        assertThat(deployment.rollback().serviceRevisionArn())
                .isEqualTo(deployment.sourceServiceRevisions().get(0).arn());
        assertThat(setup.events())
                .contains("(service web) rolling back to deployment " + good + ".")
                .anyMatch(event -> event.endsWith("deployment failed: tasks failed to start."));
    }

    @Test
    void update_thatNeverPassesHealthChecks_isRolledBackAndKeepsTheOldTasks() {
        setup.create(1, breaker().andThen(balanced()));
        setup.advance(5);
        String old = setup.tasks().get(0).taskArn();
        setup.define("app:2");
        setup.unhealthyImages.add("app:2");

        setup.ecs.updateService(request -> request.service("web").taskDefinition("web:2"));
        setup.advance(60);

        assertThat(setup.deployment().status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
        assertThat(setup.tasks())
                .singleElement()
                .satisfies(task -> assertThat(task.taskArn()).isEqualTo(old));
        assertThat(setup.events())
                .anyMatch(event -> event.endsWith("is unhealthy in (target-group " + ServiceSetup.GROUP
                        + ") due to (reason Health checks failed)."))
                .contains("(service web) registered 1 targets in (target-group " + ServiceSetup.GROUP + ")");
    }

    @Test
    void firstDeployment_thatNeverRuns_failsWithoutTasks() {
        setup.define("bad:1");
        setup.create(1, breaker());
        setup.advance(30);

        assertThat(setup.deployment().status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_FAILED);
        assertThat(setup.tasks()).isEmpty();
        assertThat(primary(setup.describe())).satisfies(deployment -> {
            assertThat(deployment.rolloutState()).isEqualTo(DeploymentRolloutState.FAILED);
            assertThat(deployment.desiredCount()).isZero();
            assertThat(deployment.failedTasks()).isEqualTo(3);
        });
    }

    @Test
    void deployment_withoutCircuitBreaker_goesOnTrying() {
        setup.emulator.aws().faults().nextTask(TaskOutcome.capacityFailure(), TaskOutcome.exitCode(3));
        setup.create(1, request -> {});
        setup.advance(30);

        assertThat(setup.deployment().status()).isEqualTo(ServiceDeploymentStatus.SUCCESSFUL);
        assertThat(setup.events()).anyMatch(event -> event.contains("was unable to place a task."));
    }

    @Test
    void task_thatFailsHealthChecksLater_isReplaced() {
        setup.create(1, balanced());
        setup.advance(5);
        String first = setup.tasks().get(0).taskArn();

        setup.unhealthyImages.add("app:1");
        setup.clock.advance(Duration.ofMillis(3100));
        setup.unhealthyImages.clear();
        setup.advance(10);

        assertThat(setup.tasks())
                .singleElement()
                .satisfies(task -> assertThat(task.taskArn()).isNotEqualTo(first));
        assertThat(setup.ecs
                        .describeTasks(request -> request.tasks(first))
                        .tasks()
                        .get(0)
                        .stoppedReason())
                .isEqualTo("Task failed ELB health checks in (target-group " + ServiceSetup.GROUP + ")");
        assertThat(setup.deployment().status()).isEqualTo(ServiceDeploymentStatus.SUCCESSFUL);
    }

    @Test
    void blueGreen_always_keepsOldTasksUntilAllNewOnesAreHealthy() {
        setup.create(
                2,
                balanced()
                        .andThen(request -> request.deploymentConfiguration(
                                deployment -> deployment.strategy(DeploymentStrategy.BLUE_GREEN))));
        setup.advance(5);
        setup.define("app:2");
        setup.unhealthyImages.add("app:2");

        setup.ecs.updateService(request -> request.service("web").taskDefinition("web:2"));
        setup.advance(3);
        assertThat(setup.tasks()).hasSize(4);
        assertThat(setup.deployment().lifecycleStageAsString()).isEqualTo("SCALE_UP");
        setup.unhealthyImages.clear();
        setup.advance(5);

        assertThat(setup.deployment().status()).isEqualTo(ServiceDeploymentStatus.SUCCESSFUL);
        assertThat(setup.tasks()).hasSize(2);
    }

    @Test
    void stopServiceDeployment_withRollback_bringsTheOldRevisionBack() {
        setup.create(1, request -> {});
        setup.advance(5);
        setup.define("app:2");
        setup.ecs.updateService(request -> request.service("web").taskDefinition("web:2"));
        String arn = setup.deployment().serviceDeploymentArn();

        setup.ecs.stopServiceDeployment(
                request -> request.serviceDeploymentArn(arn).stopType(StopServiceDeploymentStopType.ROLLBACK));
        assertThat(setup.deployment().status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_REQUESTED);
        setup.advance(5);

        assertThat(setup.deployment().status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
        assertThat(setup.describe().taskDefinition()).endsWith("web:1");
        assertThatThrownBy(() -> setup.ecs.stopServiceDeployment(request -> request.serviceDeploymentArn(arn)))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void update_whileAnotherOneGoesOn_replacesIt() {
        setup.create(1, request -> {});
        setup.advance(5);
        setup.define("bad:2");
        String third = setup.define("app:3");
        setup.ecs.updateService(request -> request.service("web").taskDefinition("web:2"));
        setup.advance(2);

        setup.ecs.updateService(request -> request.service("web").taskDefinition("web:3"));
        setup.advance(10);

        assertThat(setup.describe().taskDefinition()).isEqualTo(third);
        assertThat(setup.ecs
                        .listServiceDeployments(request -> request.service("web"))
                        .serviceDeployments())
                .extracting(brief -> brief.status())
                .isEqualTo(List.of(
                        ServiceDeploymentStatus.SUCCESSFUL,
                        ServiceDeploymentStatus.STOPPED,
                        ServiceDeploymentStatus.SUCCESSFUL));
    }
}
