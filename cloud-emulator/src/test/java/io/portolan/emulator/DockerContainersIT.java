package io.portolan.emulator;

import static io.portolan.emulator.EcsClients.definition;
import static io.portolan.emulator.EcsClients.describe;
import static io.portolan.emulator.EcsClients.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

@Tag("docker")
class DockerContainersIT {
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    /** Made once and left on the engine. */
    private static final String IMAGE = "portolan-test/emulator-busybox:1";

    private final DockerContainers containers = DockerContainers.onLocalEngine();
    private final CloudEmulator emulator =
            CloudEmulator.builder().containers(containers).start();
    private final EcsClient ecs = EcsClients.of(emulator);

    @BeforeAll
    static void makeImage(@TempDir Path context) throws Exception {
        Files.copy(BUSYBOX, context.resolve("busybox"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY busybox /busybox\n");
        DockerContainers engine = DockerContainers.onLocalEngine();
        engine.docker()
                .buildImageCmd(context.toFile())
                .withTags(Set.of(IMAGE))
                .start()
                .awaitImageId();
        engine.close();
    }

    @AfterEach
    void close() {
        ecs.close();
        emulator.close();
    }

    @Test
    void command_withASecret_endsWithItsCode() {
        emulator.aws().secret("token", "7");
        Task task = finished(container -> container
                .secrets(Secret.builder().name("CODE").valueFrom("token").build())
                .command("/busybox", "sh", "-c", "exit $CODE"));

        assertThat(task.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(task.containers().get(0).exitCode()).isEqualTo(7);
        assertThat(task.containers().get(0).imageDigest()).startsWith("sha256:");
    }

    @Test
    void command_thatIsNotThere_failsTheStart() {
        Task task = finished(container -> container.command("/nothing"));

        assertThat(task.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(task.stoppedReason()).startsWith("CannotStartContainerError: ");
    }

    @Test
    void command_thatNeedsTooMuchMemory_isKilled() {
        Task task = finished(container -> container
                .memory(16)
                .command("/busybox", "sh", "-c", "x=xxxxxxxxxxxxxxxx; while true; do x=$x$x; done"));

        assertThat(task.containers().get(0).exitCode()).isEqualTo(137);
        assertThat(task.containers().get(0).reason()).startsWith("OutOfMemoryError");
    }

    @Test
    void port_ofARunningTask_isReachedOnTheLoopback() throws Exception {
        String arn = started(container -> container
                .portMappings(PortMapping.builder().containerPort(8080).build())
                .stopTimeout(2)
                .command("/busybox", "httpd", "-f", "-p", "8080"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> describe(ecs, arn).lastStatus().equals("RUNNING"));
        String published = containers
                .docker()
                .listContainersCmd()
                .withLabelFilter(containers.labels())
                .exec()
                .get(0)
                .getPorts()[0]
                .getPublicPort()
                .toString();

        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + published + "/none"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        ecs.stopTask(request -> request.task(arn));

        assertThat(answer.statusCode()).isEqualTo(404);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> describe(ecs, arn).lastStatus().equals("STOPPED"));
        assertThat(describe(ecs, arn).stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
    }

    private Task finished(Consumer<ContainerDefinition.Builder> container) {
        String arn = started(container);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> describe(ecs, arn).lastStatus().equals("STOPPED"));
        return describe(ecs, arn);
    }

    private String started(Consumer<ContainerDefinition.Builder> container) {
        ecs.registerTaskDefinition(definition("it", container.andThen(builder -> builder.image(IMAGE))));
        return start(ecs, "it").taskArn();
    }
}
