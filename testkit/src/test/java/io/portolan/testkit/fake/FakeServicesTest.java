package io.portolan.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.run.LogSource;
import io.portolan.run.ReplicaStatus;
import io.portolan.run.RevisionStatus;
import io.portolan.run.RevisionStatus.State;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.Exposure;
import io.portolan.spec.JobSpec;
import io.portolan.spec.Port;
import io.portolan.spec.Probe;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.ServiceDriver;
import io.portolan.spi.ServiceDriver.ServiceRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeServicesTest {
    private static final ServiceSpec WEB = ServiceSpec.builder("web")
            .image("web:1")
            .env("MARK", "one")
            .stopGracePeriod(Duration.ZERO)
            .build();
    private static final ServiceSpec WEB_TWO =
            WEB.toBuilder().env("MARK", "two").build();

    private final FakePlatform platform = FakePlatform.create();
    private final CloudDriver driver = FakeSetup.open(FakeProvider.on(platform));
    private final ServiceDriver services = driver.services();
    private final HttpClient http = HttpClient.newHttpClient();

    FakeServicesTest() {
        platform.program("web:1", process -> {
            process.print("started " + process.env("MARK").orElse(""));
            process.serve(request -> FakeHandler.Response.ok(process.env("MARK").orElse("") + " " + process.hostname()
                    + " " + process.env("PORT").orElse("")));
            return 0;
        });
    }

    @AfterEach
    void close() {
        services.services().forEach(services::delete);
        driver.close();
        platform.close();
    }

    private ServiceStatus deploy(ServiceSpec spec) {
        return services.deploy(new ServiceRequest(spec, Integer.toHexString(spec.hashCode()), "doc of " + spec));
    }

    private String get(URI uri) {
        try {
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void deploy_new_answersAtItsEndpointWithItsPort() {
        ServiceStatus status = deploy(WEB);

        assertThat(status.ready()).isTrue();
        assertThat(get(status.endpoint().orElseThrow())).startsWith("one ").endsWith(" 8080");
    }

    @Test
    void deploy_replicas_allAnswer() {
        ServiceStatus status = deploy(WEB.toBuilder().scaling(Scaling.fixed(3)).build());

        URI uri = status.endpoint().orElseThrow();
        assertThat(List.of(get(uri), get(uri), get(uri))).doesNotHaveDuplicates();
    }

    @Test
    void deploy_changed_keepsTheEndpointAndRetiresTheOld() {
        URI uri = deploy(WEB).endpoint().orElseThrow();

        ServiceStatus status = deploy(WEB_TWO);

        assertThat(status.endpoint()).contains(uri);
        assertThat(get(uri)).startsWith("two");
        assertThat(status.revisions()).extracting(RevisionStatus::state).containsExactly(State.SERVING, State.RETIRED);
    }

    @Test
    void deploy_same_isLeftAlone() {
        List<String> before =
                deploy(WEB).replicas().stream().map(ReplicaStatus::name).toList();

        ServiceStatus status = deploy(WEB);

        assertThat(status.replicas()).extracting(ReplicaStatus::name).containsExactlyElementsOf(before);
        assertThat(status.revisions()).hasSize(1);
    }

    @Test
    void deploy_programThatEnds_failsAndKeepsTheOldServing() {
        URI uri = deploy(WEB).endpoint().orElseThrow();
        platform.program("bad:1", process -> {
            process.print("no database");
            return 3;
        });

        assertThatThrownBy(() -> deploy(WEB.toBuilder().image("bad:1").build()))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FAILED))
                .hasMessageContaining("no database")
                .hasMessageContaining("exit code 3");

        assertThat(get(uri)).startsWith("one");
        assertThat(services.describe("web").orElseThrow().revisions())
                .extracting(RevisionStatus::state)
                .containsExactly(State.FAILED, State.SERVING);
    }

    @Test
    void deploy_neverReady_failsAfterTheStartupTimeout() {
        platform.program("web:1", FakeProgram.serves(request -> new FakeHandler.Response(500, "not yet")));

        assertThatThrownBy(() -> deploy(WEB.toBuilder()
                        .readiness(Probe.http("/").startupTimeout(Duration.ofMillis(50)))
                        .build()))
                .hasMessageContaining("readiness probe");
    }

    @Test
    void deploy_overtaken_isAConflictAndLeavesTheLaterOne() throws Exception {
        platform.program("slow:1", FakeProgram.neverStarts());
        ExecutorService pool = Executors.newSingleThreadExecutor();
        Future<ServiceStatus> slow =
                pool.submit(() -> deploy(WEB.toBuilder().image("slow:1").build()));
        await().until(() -> services.describe("web").isPresent());

        deploy(WEB_TWO);

        assertThatThrownBy(slow::get).hasMessageContaining("overtook");
        assertThat(get(services.describe("web").orElseThrow().endpoint().orElseThrow()))
                .startsWith("two");
        pool.shutdownNow();
    }

    @Test
    void scale_upAndDown_changesTheReplicas() {
        deploy(WEB);

        assertThat(services.scale("web", 3).replicas()).hasSize(3);
        assertThat(services.scale("web", 1).replicas()).hasSize(1);
    }

    @Test
    void rollback_toTheFirst_servesItAgain() {
        URI uri = deploy(WEB).endpoint().orElseThrow();
        deploy(WEB_TWO);

        services.rollback("web", 1);

        assertThat(get(uri)).startsWith("one");
        assertThatThrownBy(() -> services.rollback("web", 7)).hasMessageContaining("no revision 7");
    }

    @Test
    void deploy_withZeroReplicas_startsOneAtTheFirstRequest() {
        ServiceStatus status =
                deploy(WEB.toBuilder().scaling(Scaling.between(0, 1)).build());

        assertThat(status.replicas()).isEmpty();
        assertThat(get(status.endpoint().orElseThrow())).startsWith("one");
    }

    @Test
    void replica_thatDies_isReplaced() {
        AtomicBoolean die = new AtomicBoolean();
        platform.program("web:1", FakeProgram.serves(request -> {
            if (request.path().equals("/alive") && die.getAndSet(false)) {
                return new FakeHandler.Response(500, "sick");
            }
            return FakeHandler.Response.ok("well");
        }));
        ServiceStatus status = deploy(WEB.toBuilder()
                .liveness(Probe.http("/alive").interval(Duration.ofMillis(10)).failureThreshold(1))
                .build());
        String first = status.replicas().get(0).name();

        die.set(true);

        await().untilAsserted(
                        () -> assertThat(services.describe("web").orElseThrow().replicas())
                                .hasSize(1)
                                .allMatch(r -> r.ready() && !r.name().equals(first)));
    }

    @Test
    void service_internal_answersByNameOnly() throws Exception {
        ServiceStatus status = deploy(WEB.toBuilder()
                .exposure(Exposure.INTERNAL)
                .port(Port.http(9000))
                .build());
        List<String> seen = new CopyOnWriteArrayList<>();
        platform.program("asks:1", process -> {
            seen.add(process.get("http://" + status.internalAddress() + "/").body());
            return 0;
        });

        assertThat(status.endpoint()).isEmpty();
        assertThat(status.internalAddress()).isEqualTo("web:9000");
        JobSpec asks = JobSpec.builder("asks").image("asks:1").build();
        FakeRuns.run(driver, asks);
        await().until(() -> seen.size() == 1);
        assertThat(seen.get(0)).startsWith("one");
    }

    @Test
    void logs_ofAllReplicas_canBeRead() {
        deploy(WEB.toBuilder().scaling(Scaling.fixed(2)).build());

        List<LogSource> sources = driver.logs().serviceSources("web");

        assertThat(sources)
                .hasSize(2)
                .allSatisfy(source -> assertThat(driver.logs()
                                .readService("web", source, null, 10)
                                .lines())
                        .extracting(line -> line.text())
                        .containsExactly("started one"));
    }

    @Test
    void delete_service_freesItsName() {
        deploy(WEB);

        services.delete("web");
        services.delete("web");

        assertThat(services.services()).isEmpty();
        assertThat(services.describe("web")).isEmpty();
    }

    @Test
    void document_ofARevision_isWhatWasGiven() {
        deploy(WEB);

        assertThat(services.document("web", 1)).contains("doc of " + WEB);
        assertThat(services.document("web", 2)).isEmpty();
    }
}
