package io.portolan.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("docker")
class CloudRunJobsOnDockerIT {
    /** Made once and left on the engine. */
    private static final String IMAGE = "portolan-test/emulator-busybox:1";

    private final CloudEmulator emulator =
            CloudEmulator.builder().containers(DockerContainers.onLocalEngine()).start();
    private final GcpRest rest = GcpRest.of(emulator);

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

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void tasks_runAsContainers_withTheirIndexesRetriesAndExitCodes() {
        JsonNode done = ended(
                "'taskCount':2", "'maxRetries':1", "exit $((CLOUD_RUN_TASK_INDEX * 10 + CLOUD_RUN_TASK_ATTEMPT))");

        assertThat(done.path("succeededCount").asInt()).isEqualTo(1);
        assertThat(done.path("failedCount").asInt()).isEqualTo(1);
        JsonNode failed =
                rest.get("/v2/" + done.path("name").asText() + "/tasks").at("/tasks/1");
        assertThat(failed.at("/lastAttemptResult/exitCode").asInt()).isEqualTo(11);
        assertThat(failed.path("retried").asInt()).isEqualTo(1);
    }

    @Test
    void attempt_thatTakesTooLong_isStopped() {
        JsonNode done =
                ended("'taskCount':1", "'maxRetries':0,'timeout':'1s'", "trap : TERM; while :; do sleep 0.1; done");

        assertThat(done.at("/conditions/0/message").asText()).endsWith("The configured timeout was reached.");
    }

    private JsonNode ended(String template, String task, String script) {
        String created = "{'startExecutionToken':'t','template':{" + template + ",'template':{" + task
                + ",'containers':[{'name':'main','image':'" + IMAGE
                + "','command':['/busybox','sh','-c'],'args':['" + script + "']}]}}}";
        assertThat(rest.post("jobs?jobId=a", created).status()).isEqualTo(200);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> rest.get("jobs/a/executions/a-t").body().has("completionTime"));
        return rest.get("jobs/a/executions/a-t").body();
    }
}
