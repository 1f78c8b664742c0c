package io.portolan.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.portolan.emulator.gcp.GcpEmulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("docker")
class CloudRunServicesOnDockerIT {
    private static final String IMAGE = "portolan-test/emulator-busybox:1";

    private final CloudEmulator emulator =
            CloudEmulator.builder().containers(DockerContainers.onLocalEngine()).start();
    private final GcpRest rest = GcpRest.of(emulator);
    private final HttpClient http = HttpClient.newHttpClient();

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
    void askOften() {
        emulator.gcp().probeInterval(Duration.ofMillis(200));
    }

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void update_underLoad_losesNoRequest() throws Exception {
        create(serving("one"));
        String uri = uri();
        assertThat(get(uri)).isEqualTo("one");
        AtomicBoolean stopped = new AtomicBoolean();
        Set<String> answers = ConcurrentHashMap.newKeySet();
        List<String> failures = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> client = CompletableFuture.runAsync(() -> load(uri, stopped, answers, failures));

        patch("template", serving("two"));
        stopped.set(true);
        client.join();

        assertThat(failures).isEmpty();
        assertThat(answers).contains("one");
        assertThat(get(uri)).isEqualTo("two");
    }

    @Test
    void update_thatDoesNotListen_failsWhileTheOldOneServes() throws Exception {
        create(serving("one"));

        JsonNode operation = patch(
                "template",
                template(
                        "/busybox echo no port here; exec /busybox sleep 1000",
                        ",'startupProbe':{'tcpSocket':{},'timeoutSeconds':1,'periodSeconds':1,'failureThreshold':2}"));

        assertThat(operation.at("/error/message").asText()).contains("is not ready and cannot serve traffic");
        assertThat(get(uri())).isEqualTo("one");
        assertThat(lines()).contains("no port here");
    }

    @Test
    void canary_andRollback_moveTraffic() throws Exception {
        create(serving("one"));
        String old = shortName(rest.get("services/web").at("/latestReadyRevision"));
        String pinned = "{'type':'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION','revision':'" + old + "','percent':%d}";

        patch(
                "template,traffic",
                serving("two") + ",'traffic':[" + pinned.formatted(50)
                        + ",{'type':'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST','percent':50}]");
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(get(uri()));
        }
        patch("traffic", "'traffic':[" + pinned.formatted(100) + "]");

        assertThat(answers.stream().filter("one"::equals)).hasSize(5);
        assertThat(get(uri())).isEqualTo("one");
    }

    @Test
    void httpProbe_thatFails_keepsARevisionFromServing() {
        create(
                template(
                        script("one"),
                        ",'startupProbe':{'httpGet':{'path':'/absent'},'timeoutSeconds':1,'periodSeconds':1,'failureThreshold':2}"));

        assertThat(rest.get("services/web")
                        .at("/terminalCondition/revisionReason")
                        .asText())
                .isEqualTo("HEALTH_CHECK_CONTAINER_ERROR");
    }

    private static String script(String text) {
        return "/busybox mkdir /www; /busybox printf " + text
                + " > /www/index.html; exec /busybox httpd -f -p $PORT -h /www";
    }

    private static String serving(String text) {
        return template(script(text), "");
    }

    private static String template(String script, String more) {
        return "'template':{'containers':[{'image':'" + IMAGE + "','command':['/busybox','sh','-c'],'args':['" + script
                + "']" + more + "}]}";
    }

    private JsonNode create(String members) {
        return ended(rest.post("services?serviceId=web", "{'invokerIamDisabled':true," + members + "}"));
    }

    private JsonNode patch(String mask, String members) {
        return ended(rest.patch("services/web?updateMask=" + mask, "{" + members + "}"));
    }

    private JsonNode ended(GcpRest.Answer answer) {
        String operation = "/v2/" + answer.at("/name").asText();
        assertThat(answer.status()).isEqualTo(200);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> rest.get(operation).at("/done").asBoolean());
        return rest.get(operation).body();
    }

    private String uri() {
        return rest.get("services/web").at("/uri").asText();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        rest.post("/v2/entries:list", "{'resourceNames':['projects/" + GcpEmulator.PROJECT + "']}")
                .at("/entries")
                .forEach(entry -> lines.add(entry.path("textPayload").asText()));
        return lines;
    }

    private static String shortName(JsonNode name) {
        return name.asText().substring(name.asText().lastIndexOf('/') + 1);
    }

    private void load(String uri, AtomicBoolean stopped, Set<String> answers, List<String> failures) {
        while (!stopped.get()) {
            try {
                answers.add(get(uri));
            } catch (IOException e) {
                failures.add(e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private String get(String uri) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(uri + "/index.html")).build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        return response.body();
    }
}
