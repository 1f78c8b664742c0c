package io.portolan.emulator;

import static io.portolan.emulator.EcsClients.definition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.ECSExpressGatewayService;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayContainer;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceConnectClientAlias;
import software.amazon.awssdk.services.ecs.model.ServiceConnectService;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;

@Tag("docker")
class ServicesOnDockerIT {
    private static final String IMAGE = "portolan-test/emulator-busybox:1";
    private static final String GROUP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1";

    private final CloudEmulator emulator =
            CloudEmulator.builder().containers(DockerContainers.onLocalEngine()).start();
    private final EcsClient ecs = EcsClients.of(emulator);
    private final HttpClient http = HttpClient.newHttpClient();
    private URI address = URI.create("http://127.0.0.1");

    @BeforeAll
    static void makeImage(@TempDir Path context) throws Exception {
        Files.copy(Path.of("/bin/busybox"), context.resolve("busybox"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY busybox /busybox\n");
        DockerContainers engine = DockerContainers.onLocalEngine();
        engine.docker()
                .buildImageCmd(context.toFile())
                .withTags(Set.of(IMAGE))
                .start()
                .awaitImageId();
        engine.close();
    }

    @BeforeEach
    void declare() {
        emulator.aws().healthCheckInterval(Duration.ofMillis(200));
        address = emulator.aws().targetGroup(GROUP, "/index.html");
    }

    @AfterEach
    void close() {
        ecs.close();
        emulator.close();
    }

    @Test
    void update_underLoad_losesNoRequest() throws Exception {
        serve("one");
        create("web", 2, balanced());
        settled("web", ServiceDeploymentStatus.SUCCESSFUL);
        serve("two");
        AtomicBoolean stopped = new AtomicBoolean();
        Set<String> answers = ConcurrentHashMap.newKeySet();
        List<String> failures = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Void>> clients = List.of(
                CompletableFuture.runAsync(() -> load(stopped, answers, failures)),
                CompletableFuture.runAsync(() -> load(stopped, answers, failures)));

        ecs.updateService(request -> request.service("web").taskDefinition("web:2"));
        settled("web", ServiceDeploymentStatus.SUCCESSFUL);
        stopped.set(true);
        clients.forEach(CompletableFuture::join);

        assertThat(failures).isEmpty();
        assertThat(answers).containsExactlyInAnyOrder("one", "two");
        assertThat(get()).isEqualTo("two");
    }

    @Test
    void update_thatDoesNotListen_isRolledBackWhileTheOldOneServes() throws Exception {
        serve("one");
        create("web", 1, balanced());
        settled("web", ServiceDeploymentStatus.SUCCESSFUL);
        define("exit 3", "/busybox true");

        ecs.updateService(request -> request.service("web").taskDefinition("web:2"));
        settled("web", ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);

        assertThat(get()).isEqualTo("one");
    }

    @Test
    void healthCheckOfAContainer_thatFails_isSeen() {
        define("/busybox sleep 1000", "/busybox false");
        create("web", 1, request -> {});

        settled("web", ServiceDeploymentStatus.ROLLBACK_FAILED);
        assertThat(describe("web").events())
                .anyMatch(event -> event.message().endsWith("failed container health checks."));
    }

    @Test
    void services_ofOneNamespace_reachOneAnother() throws Exception {
        serve("inside");
        create(
                "back",
                1,
                request -> request.serviceConnectConfiguration(connect -> connect.enabled(true)
                        .namespace("shop")
                        .services(ServiceConnectService.builder()
                                .portName("http")
                                .clientAliases(ServiceConnectClientAlias.builder()
                                        .dnsName("back.shop.local")
                                        .port(8080)
                                        .build())
                                .build())));
        settled("back", ServiceDeploymentStatus.SUCCESSFUL);
        define(
                "/busybox mkdir /www; cd /www; /busybox wget -q -O index.html http://back.shop.local:8080/index.html;"
                        + " exec /busybox httpd -f -p 8080 -h /www",
                "/busybox test -s /www/index.html");

        create(
                "web",
                1,
                balanced()
                        .andThen(request -> request.serviceConnectConfiguration(
                                connect -> connect.enabled(true).namespace("shop"))));
        settled("web", ServiceDeploymentStatus.SUCCESSFUL);

        assertThat(get()).isEqualTo("inside");
    }

    @Test
    void expressService_updated_keepsItsAddressAndServesTheNewOne() throws Exception {
        ECSExpressGatewayService created = ecs.createExpressGatewayService(request -> request.serviceName("web")
                        .infrastructureRoleArn("arn:aws:iam::123456789012:role/infrastructure")
                        .executionRoleArn("arn:aws:iam::123456789012:role/execution")
                        .healthCheckPath("/index.html")
                        .primaryContainer(serving("one")))
                .service();
        settled("web", ServiceDeploymentStatus.SUCCESSFUL);
        address = URI.create(
                created.activeConfigurations().get(0).ingressPaths().get(0).endpoint());
        assertThat(get()).isEqualTo("one");

        ecs.updateExpressGatewayService(
                request -> request.serviceArn(created.serviceArn()).primaryContainer(serving("two")));
        settled("web", ServiceDeploymentStatus.SUCCESSFUL);

        assertThat(get()).isEqualTo("two");
    }

    private static ExpressGatewayContainer serving(String text) {
        return ExpressGatewayContainer.builder()
                .image(IMAGE)
                .containerPort(8080)
                .command("/busybox", "sh", "-c", script(text))
                .build();
    }

    private static String script(String text) {
        return "/busybox mkdir /www; /busybox printf " + text
                + " > /www/index.html; exec /busybox httpd -f -p 8080 -h /www";
    }

    private void serve(String text) {
        define(script(text), "/busybox test -s /www/index.html");
    }

    private void define(String script, String check) {
        ecs.registerTaskDefinition(definition(
                "web",
                container -> container
                        .image(IMAGE)
                        .command("/busybox", "sh", "-c", script)
                        .stopTimeout(2)
                        .healthCheck(health -> health.command(("CMD " + check).split(" ", -1))
                                .interval(5)
                                .retries(1))
                        .portMappings(PortMapping.builder()
                                .name("http")
                                .containerPort(8080)
                                .build())));
    }

    private void create(String name, int desired, Consumer<CreateServiceRequest.Builder> more) {
        ecs.createService(request -> request.serviceName(name)
                .taskDefinition("web")
                .desiredCount(desired)
                .launchType(LaunchType.FARGATE)
                .networkConfiguration(network -> network.awsvpcConfiguration(vpc -> vpc.subnets("subnet-1")))
                .deploymentConfiguration(deployment -> deployment.deploymentCircuitBreaker(
                        breaker -> breaker.enable(true).rollback(true)))
                .applyMutation(more));
    }

    private static Consumer<CreateServiceRequest.Builder> balanced() {
        return request -> request.loadBalancers(LoadBalancer.builder()
                .targetGroupArn(GROUP)
                .containerName("main")
                .containerPort(8080)
                .build());
    }

    private void settled(String service, ServiceDeploymentStatus status) {
        await().atMost(Duration.ofMinutes(2)).until(() -> newest(service).status() == status);
    }

    private ServiceDeploymentBrief newest(String service) {
        return ecs.listServiceDeployments(request -> request.service(service))
                .serviceDeployments()
                .get(0);
    }

    private Service describe(String service) {
        return ecs.describeServices(request -> request.services(service))
                .services()
                .get(0);
    }

    private void load(AtomicBoolean stopped, Set<String> answers, List<String> failures) {
        while (!stopped.get()) {
            try {
                answers.add(get());
            } catch (IOException e) {
                failures.add(e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private String get() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve("/index.html")).build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        return response.body();
    }
}
