package io.portolan.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.local.internal.container.Labels;
import io.portolan.run.ReplicaStatus;
import io.portolan.run.RevisionStatus;
import io.portolan.run.RevisionStatus.State;
import io.portolan.run.ServiceStatus;
import io.portolan.spec.Probe;
import io.portolan.spec.Scaling;
import io.portolan.spec.ServiceSpec;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds when processes die, hang, are interrupted or come at the same time. */
@Tag("docker")
@Timeout(240)
public class ServiceCrashIT {
    private final ServiceFixture app = new ServiceFixture(Map.of("drain-timeout", "5s"));

    @AfterEach
    void cleanUp() {
        app.close();
    }

    /** Deploys one service in a JVM of its own: application, text, startup timeout in seconds, path of the probe. */
    public static void main(String[] args) {
        ServiceFixture other = new ServiceFixture(args[0], Map.of("drain-timeout", "5s"));
        other.deploy(WebImage.web("web", args[1])
                .readiness(Probe.http(args[3]).startupTimeout(Duration.ofSeconds(Long.parseLong(args[2]))))
                .build());
        Runtime.getRuntime().halt(7); // as if it was killed: no clean-up of any kind
    }

    @Test
    void service_callerIsGone_servesOn() throws Exception {
        Process caller = caller("one", "60", "/healthz");

        assertThat(caller.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(caller.exitValue()).isEqualTo(7);

        ServiceStatus status = app.driver.describe("web").orElseThrow();
        assertThat(ServiceFixture.get(status.endpoint().orElseThrow())).isEqualTo("one");
    }

    @Test
    void deploy_callerKilledInTheMiddle_formerServesAndNextCleansUp() throws Exception {
        URI uri = app.deploy(WebImage.web("web", "one").build()).endpoint().orElseThrow();
        Process caller = caller("two", "100", "/nothing");
        await().atMost(Duration.ofSeconds(60)).until(() -> replicas() == 2);
        assertThat(app.driver.describe("web").orElseThrow().revisions())
                .extracting(RevisionStatus::state)
                .containsExactly(State.DEPLOYING, State.SERVING);

        caller.destroyForcibly().waitFor();

        assertThat(ServiceFixture.get(uri)).isEqualTo("one");
        assertThat(app.driver.describe("web").orElseThrow().revisions())
                .extracting(RevisionStatus::state)
                .containsExactly(State.FAILED, State.SERVING);
        assertThat(app.driver.leftovers()).extracting("kind").containsExactly("container");
        ServiceStatus status = app.deploy(WebImage.web("web", "three").build());
        assertThat(status.revisions())
                .extracting(RevisionStatus::state)
                .containsExactly(State.SERVING, State.FAILED, State.RETIRED);
        assertThat(replicas()).isEqualTo(1);
        assertThat(app.driver.leftovers()).isEmpty();
    }

    @Test
    void deploy_interrupted_restoresWhatWas() throws InterruptedException {
        URI uri = app.deploy(WebImage.web("web", "one").build()).endpoint().orElseThrow();
        ServiceSpec slow = WebImage.web("web", "two")
                .readiness(Probe.http("/nothing").startupTimeout(Duration.ofMinutes(2)))
                .build();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread deployment = new Thread(() -> app.deploy(slow));
        deployment.setUncaughtExceptionHandler((t, e) -> thrown.set(e));
        deployment.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> replicas() == 2);

        deployment.interrupt();
        deployment.join(60_000);

        assertThat(thrown.get())
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        assertThat(replicas()).isEqualTo(1);
        assertThat(ServiceFixture.get(uri)).isEqualTo("one");
    }

    @Test
    void deploy_twoAtOnce_oneServesWhole() throws InterruptedException {
        app.deploy(WebImage.web("web", "zero").build());
        List<LocalServiceDriver> drivers = List.of(app.another(Map.of()), app.another(Map.of()));
        List<String> outcomes = java.util.Collections.synchronizedList(new ArrayList<>());
        CountDownLatch together = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            LocalServiceDriver driver = drivers.get(i);
            ServiceSpec spec =
                    WebImage.web("web", "racer" + i).scaling(Scaling.fixed(2)).build();
            Thread thread = new Thread(() -> {
                try {
                    together.await();
                    driver.deploy(ServiceFixture.request(spec));
                    outcomes.add("ok");
                } catch (PortolanException e) {
                    outcomes.add(e.code().name());
                } catch (InterruptedException e) {
                    outcomes.add("interrupted");
                }
            });
            thread.start();
            threads.add(thread);
        }
        together.countDown();
        for (Thread thread : threads) {
            thread.join(120_000);
        }

        ServiceStatus status = app.driver.describe("web").orElseThrow();
        assertThat(outcomes).hasSize(2).contains("ok").allMatch(o -> o.equals("ok") || o.equals("CONFLICT"));
        assertThat(status.ready()).isTrue();
        assertThat(status.serving()).map(RevisionStatus::number).contains(3);
        assertThat(status.replicas()).extracting(ReplicaStatus::name).containsExactly("r3-1", "r3-2");
        assertThat(ServiceFixture.get(status.endpoint().orElseThrow())).startsWith("racer");
    }

    @Test
    void replica_processEnds_isRestartedByTheEngine() {
        String script = "mkdir -p /tmp/www && echo ok > /tmp/www/healthz && (httpd -f -p $PORT -h /tmp/www &)"
                + " ; while test ! -e /tmp/die; do sleep 0.1; done; rm /tmp/die; exit 3";
        app.deploy(WebImage.web("web", "one").command("/bin/sh", "-c", script).build());
        String container = replica();

        exec(container, "touch", "/tmp/die");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                app.driver.describe("web").orElseThrow().replicas())
                        .extracting(ReplicaStatus::message)
                        .containsExactly("running, 1 restart"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> app.driver.describe("web").orElseThrow().ready());
    }

    @Test
    void replica_failsLiveness_isRestartedByTheSdk() {
        app.deploy(WebImage.web("web", "one")
                .liveness(
                        Probe.http("/healthz").interval(Duration.ofMillis(300)).failureThreshold(2))
                .build());
        String container = replica();
        String before = startedAt(container);

        exec(container, "rm", "/tmp/www/healthz");

        await().atMost(Duration.ofSeconds(60)).until(() -> !startedAt(container).equals(before));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> app.driver.describe("web").orElseThrow().ready());
    }

    @Test
    void deploy_outOfMemory_saysSo() {
        ServiceSpec hungry = WebImage.web("web", "one")
                .command("/bin/sh", "-c", "exec dd if=/dev/zero of=/dev/null bs=900M count=1")
                .build();

        assertThatThrownBy(() -> app.deploy(hungry)).hasMessageContaining("killed for lack of memory");
        assertThat(app.everything()).isEmpty();
    }

    private Process caller(String text, String startupSeconds, String path) throws IOException {
        return new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServiceCrashIT.class.getName(),
                        app.application,
                        text,
                        startupSeconds,
                        path)
                .inheritIO()
                .start();
    }

    private long replicas() {
        return app.containers().stream()
                .filter(c -> "replica".equals(c.getLabels().get(Labels.KIND)))
                .count();
    }

    private String replica() {
        return app.containers().stream()
                .filter(c -> "replica".equals(c.getLabels().get(Labels.KIND)))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    private String startedAt(String container) {
        return app.engine.read(
                "inspect",
                container,
                c -> c.inspectContainerCmd(container).exec().getState().getStartedAt());
    }

    private void exec(String container, String... command) {
        String id = app.engine.change(
                "exec",
                container,
                c -> c.execCreateCmd(container).withCmd(command).exec().getId());
        app.engine.stream(
                "exec",
                container,
                c -> c.execStartCmd(id)
                        .withDetach(true)
                        .exec(new com.github.dockerjava.api.async.ResultCallback.Adapter<>()));
    }
}
