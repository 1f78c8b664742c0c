package io.portolan.gcp.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.cloud.run.v2.CreateJobRequest;
import com.google.cloud.run.v2.GetJobRequest;
import com.google.cloud.run.v2.Job;
import com.google.cloud.run.v2.JobsClient;
import com.google.cloud.run.v2.UpdateJobRequest;
import com.google.devtools.artifactregistry.v1.ArtifactRegistryClient;
import com.google.devtools.artifactregistry.v1.GetRepositoryRequest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.Retryability;
import io.portolan.gcp.internal.config.GcpKeys;
import io.portolan.spi.ProviderConfig;
import io.portolan.spi.RequestLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcpClientsTest {
    private static final String JOB = "projects/p/locations/europe-west1/jobs/etl";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final GcpCalls calls = new GcpCalls(RequestLimits.NONE);
    private volatile int status = 200;
    private volatile String body = "{}";
    private volatile boolean isSilent;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(workers);
        server.start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.stop(0);
        workers.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String override = exchange.getRequestHeaders().getFirst("X-HTTP-Method-Override");
        requests.add((override == null ? exchange.getRequestMethod() : override) + " "
                + exchange.getRequestURI().getPath());
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (isSilent) {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private GcpClients clients(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                GcpKeys.PROJECT,
                "p",
                GcpKeys.REGION,
                "europe-west1",
                GcpKeys.CREDENTIALS,
                "none",
                GcpKeys.ENDPOINT,
                "http://127.0.0.1:" + server.getAddress().getPort()));
        values.putAll(more);
        return new GcpClients(new ProviderConfig("app", GcpKeys.ALL, values), task -> {
            Thread thread = new Thread(task, "portolan-gcp");
            thread.setDaemon(true);
            return thread;
        });
    }

    private Job get(GcpClients clients) {
        GetJobRequest request = GetJobRequest.newBuilder().setName(JOB).build();
        return calls.call(
                "run:GetJob", JOB, () -> clients.jobs().getJobCallable().futureCall(request));
    }

    private PortolanException refusedGet(GcpClients clients) {
        return catchThrowableOfType(PortolanException.class, () -> get(clients));
    }

    @Test
    void new_untilTheFirstUse_opensNothing() {
        try (GcpClients clients = clients(Map.of(GcpKeys.ENDPOINT, "http://127.0.0.1:1"))) {
            assertThat(clients.endpoint(GcpClients.LOGGING)).hasToString("http://127.0.0.1:1");
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void endpoint_withoutOverride_isGoogles() {
        GcpClients clients =
                new GcpClients(new ProviderConfig("app", GcpKeys.ALL, Map.of()), Executors.defaultThreadFactory());

        assertThat(clients.endpoint(GcpClients.LOGGING)).hasToString("https://logging.googleapis.com");
    }

    @Test
    void request_withoutCredentials_goesToTheEndpointOfTheSettings() {
        body = "{\"name\":\"" + JOB + "\",\"etag\":\"1\",\"launchStage\":4}";

        try (GcpClients clients = clients(Map.of())) {
            assertThat(get(clients).getEtag()).isEqualTo("1");
            assertThat(clients.token()).isEmpty();
        }

        assertThat(requests).containsExactly("GET /v2/" + JOB);
        assertThat(authorizations).containsExactly("null");
    }

    @Test
    void request_withAGivenToken_carriesIt() {
        try (GcpClients clients = clients(Map.of(GcpKeys.CREDENTIALS, "token", GcpKeys.TOKEN, "secret-token"))) {
            get(clients);

            assertThat(clients.token())
                    .hasValueSatisfying(
                            token -> assertThat(token.getTokenValue()).isEqualTo("secret-token"));
        }

        assertThat(authorizations).containsExactly("Bearer secret-token");
    }

    @Test
    void endpoint_ofOneService_coversTheCommonOne() {
        try (GcpClients clients = clients(Map.of(
                GcpKeys.ENDPOINT,
                "http://127.0.0.1:1",
                GcpKeys.ENDPOINTS + ".artifactregistry",
                "http://127.0.0.1:" + server.getAddress().getPort()))) {
            GetRepositoryRequest request = GetRepositoryRequest.newBuilder()
                    .setName("projects/p/locations/europe-west1/repositories/app")
                    .build();
            calls.call(
                    "artifactregistry:GetRepository",
                    "app",
                    () -> clients.artifactRegistry().getRepositoryCallable().futureCall(request));

            PortolanException refused = refusedGet(clients);

            assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(refused.retryability()).isEqualTo(Retryability.YES);
            assertThat(refused).hasMessageContaining("cannot be reached");
        }
        assertThat(requests).containsExactly("GET /v1/projects/p/locations/europe-west1/repositories/app");
    }

    @ParameterizedTest
    @CsvSource({
        "404, NOT_FOUND, NOT_FOUND",
        "409, ABORTED, CONFLICT",
        "409, ALREADY_EXISTS, ALREADY_EXISTS",
        "429, RESOURCE_EXHAUSTED, THROTTLED",
        "500, INTERNAL, PROVIDER_ERROR",
        "502, '', PROVIDER_ERROR",
        "503, UNAVAILABLE, UNAVAILABLE",
        "504, DEADLINE_EXCEEDED, TIMEOUT"
    })
    void refusal_isMapped_andNotRepeated(int http, String said, ErrorCode code) {
        status = http;
        body = said.isEmpty()
                ? "<html>bad gateway</html>"
                : "{\"error\":{\"code\":" + http + ",\"message\":\"said so\",\"status\":\"" + said + "\"}}";

        try (GcpClients clients = clients(Map.of())) {
            assertThat(refusedGet(clients).code()).isEqualTo(code);
        }

        assertThat(requests).hasSize(1);
    }

    @Test
    void create_ofAnExistingName_isNoConflict() {
        status = 409;
        body =
                "{\"error\":{\"code\":409,\"message\":\"Resource 'etl' already exists.\",\"status\":\"ALREADY_EXISTS\"}}";
        CreateJobRequest request = CreateJobRequest.newBuilder()
                .setParent("projects/p/locations/europe-west1")
                .setJobId("etl")
                .build();

        try (GcpClients clients = clients(Map.of())) {
            assertThatThrownBy(() -> calls.call(
                            "run:CreateJob",
                            JOB,
                            () -> clients.jobs().createJobCallable().futureCall(request)))
                    .isInstanceOfSatisfying(
                            PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
        }
    }

    /** What the emulator and every stub must know: there is no PATCH in the JDK's old client. */
    @Test
    void update_isAPostThatSaysPatch() {
        body = "{\"name\":\"projects/p/locations/europe-west1/operations/1\"}";
        UpdateJobRequest request = UpdateJobRequest.newBuilder()
                .setJob(Job.newBuilder().setName(JOB).setEtag("1"))
                .build();

        try (GcpClients clients = clients(Map.of())) {
            calls.call(
                    "run:UpdateJob",
                    JOB,
                    () -> clients.jobs().updateJobCallable().futureCall(request));
        }

        assertThat(requests).containsExactly("PATCH /v2/" + JOB);
        assertThat(bodies.get(0)).contains("\"etag\":\"1\"");
    }

    @Test
    void silence_longerThanTheTimeout_isATimeout() {
        isSilent = true;

        try (GcpClients clients = clients(Map.of(GcpKeys.CALL_TIMEOUT, "200ms"))) {
            PortolanException late = refusedGet(clients);

            assertThat(late.code()).isEqualTo(ErrorCode.TIMEOUT);
            assertThat(late.retryability()).isEqualTo(Retryability.UNKNOWN_OUTCOME);
        }
    }

    @Test
    void interrupt_endsTheWait() throws InterruptedException {
        isSilent = true;
        AtomicReference<Throwable> thrown = new AtomicReference<>();

        try (GcpClients clients = clients(Map.of())) {
            Thread caller = new Thread(() -> {
                thrown.set(refusedGet(clients));
                assertThat(Thread.interrupted()).isTrue();
            });
            caller.start();
            await().until(() -> !requests.isEmpty());

            caller.interrupt();
            caller.join(Duration.ofSeconds(10).toMillis());
        }

        assertThat(thrown.get())
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }

    @Test
    void close_whileARequestWaits_cancelsIt() throws InterruptedException {
        isSilent = true;
        AtomicReference<PortolanException> thrown = new AtomicReference<>();
        GcpClients clients = clients(Map.of());
        Thread caller = new Thread(() -> thrown.set(refusedGet(clients)));
        caller.start();
        await().until(() -> !requests.isEmpty());

        clients.close();
        release.countDown();
        caller.join(Duration.ofSeconds(10).toMillis());

        assertThat(caller.isAlive()).isFalse();
    }

    @Test
    void request_afterClose_isCancelled() {
        GcpClients clients = clients(Map.of());
        JobsClient jobs = clients.jobs();
        get(clients);
        clients.close();
        GetJobRequest request = GetJobRequest.newBuilder().setName(JOB).build();

        assertThat(refusedGet(clients).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThatThrownBy(() -> calls.call(
                        "run:GetJob", JOB, () -> jobs.getJobCallable().futureCall(request)))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }

    @Test
    void clients_ofOneConnection_areMadeOnceAndFoundByTheirClass() {
        try (GcpClients clients = clients(Map.of())) {
            assertThat(clients.find(JobsClient.class)).containsSame(clients.jobs());
            assertThat(clients.find(ArtifactRegistryClient.class)).containsSame(clients.artifactRegistry());
            assertThat(clients.executions()).isSameAs(clients.executions());
            assertThat(clients.tasks()).isSameAs(clients.tasks());
            assertThat(clients.services()).isSameAs(clients.services());
            assertThat(clients.revisions()).isSameAs(clients.revisions());
            assertThat(clients.find(String.class)).isEmpty();
        }
    }

    @Test
    void grpc_withoutItsRuntime_isRefusedBeforeAnythingIsOpened() {
        assertThatThrownBy(() -> clients(Map.of(GcpKeys.TRANSPORT, "grpc")))
                .isInstanceOfSatisfying(PortolanException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED);
                    assertThat(e).hasMessageContaining("io.grpc:grpc-core").hasMessageContaining("'rest'");
                });
        assertThat(requests).isEmpty();
    }
}
