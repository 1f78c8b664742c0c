package io.portolan.emulator.internal.aws.ecs.service;

import static io.portolan.emulator.EcsClients.definition;

import io.portolan.emulator.CloudEmulator;
import io.portolan.emulator.ContainerRuntime.ContainerSpec;
import io.portolan.emulator.EcsClients;
import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.SimulatedContainers;
import io.portolan.emulator.SimulatedProgram;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;

/** An emulator with simulated containers on a manual clock. Images whose names begin with {@code bad} end at once. */
final class ServiceSetup implements AutoCloseable {
    static final String GROUP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef";
    static final String ROLE = "arn:aws:iam::123456789012:role/infrastructure";

    final EmulatorClock clock = EmulatorClock.manual();
    final Set<String> unhealthyImages = ConcurrentHashMap.newKeySet();
    final CloudEmulator emulator = CloudEmulator.builder()
            .clock(clock)
            .containers(SimulatedContainers.running(ServiceSetup::program)
                    .healthyWhen(container -> !unhealthyImages.contains(container.image())))
            .start();
    final EcsClient ecs = EcsClients.of(emulator);

    private static SimulatedProgram program(ContainerSpec container) {
        return container.image().startsWith("bad") ? SimulatedProgram.exiting(1) : SimulatedProgram.serving();
    }

    /** Registers a definition with a port. */
    String define(String image) {
        return ecs.registerTaskDefinition(definition(
                        "web",
                        container -> container
                                .image(image)
                                .portMappings(PortMapping.builder()
                                        .name("http")
                                        .containerPort(8080)
                                        .build())))
                .taskDefinition()
                .taskDefinitionArn();
    }

    Service create(int desired, Consumer<CreateServiceRequest.Builder> more) {
        return ecs.createService(request -> request.serviceName("web")
                        .taskDefinition("web")
                        .desiredCount(desired)
                        .launchType(LaunchType.FARGATE)
                        .networkConfiguration(network -> network.awsvpcConfiguration(vpc -> vpc.subnets("subnet-1")))
                        .applyMutation(more))
                .service();
    }

    static Consumer<CreateServiceRequest.Builder> breaker() {
        return request -> request.deploymentConfiguration(deployment -> deployment.deploymentCircuitBreaker(
                breaker -> breaker.enable(true).rollback(true)));
    }

    static Consumer<CreateServiceRequest.Builder> balanced() {
        return request -> request.loadBalancers(balancer(8080));
    }

    static LoadBalancer balancer(int port) {
        return LoadBalancer.builder()
                .targetGroupArn(GROUP)
                .containerName("main")
                .containerPort(port)
                .build();
    }

    static Tag tag() {
        return Tag.builder().key("team").value("sea").build();
    }

    void advance(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    Service describe() {
        return ecs.describeServices(request -> request.services("web").include(ServiceField.TAGS))
                .services()
                .get(0);
    }

    List<String> events() {
        return describe().events().stream().map(ServiceEvent::message).toList();
    }

    ServiceDeployment deployment() {
        String arn = ecs.listServiceDeployments(request -> request.service("web"))
                .serviceDeployments()
                .get(0)
                .serviceDeploymentArn();
        return ecs.describeServiceDeployments(request -> request.serviceDeploymentArns(arn))
                .serviceDeployments()
                .get(0);
    }

    /** The tasks that are not to stop. */
    List<Task> tasks() {
        List<String> arns = ecs.listTasks(request -> request.serviceName("web")).taskArns();
        return arns.isEmpty()
                ? List.of()
                : ecs.describeTasks(request -> request.tasks(arns)).tasks();
    }

    static Deployment primary(Service service) {
        return service.deployments().get(0);
    }

    @Override
    public void close() {
        ecs.close();
        emulator.close();
    }
}
