package io.portolan.local.internal.job;

import static io.portolan.local.fixture.TestEngine.key;
import static io.portolan.local.fixture.TestEngine.launch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.AttemptKey;
import io.portolan.local.LocalOptions;
import io.portolan.local.fixture.EngineProxy;
import io.portolan.local.fixture.EngineProxy.Answer;
import io.portolan.local.fixture.TestEngine;
import io.portolan.local.internal.container.ContainerRequest;
import io.portolan.local.internal.container.Containers;
import io.portolan.local.internal.container.Labels;
import io.portolan.local.internal.container.Names;
import io.portolan.local.internal.engine.DockerEngine;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.StopReason;
import io.portolan.spec.JobSpec;
import io.portolan.spec.Volume;
import io.portolan.spi.AttemptLaunch;
import io.portolan.spi.AttemptRef;
import io.portolan.spi.TaskLauncher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One process for each attempt, counted by what the containers themselves write into a shared volume. */
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExactlyOnceIT {
    private static final Map<String, String> SOON = Map.of(JobKeys.ADOPT_AFTER, "300ms");

    private final TestEngine engine = new TestEngine();
    private final DockerEngine docker = new DockerEngine(engine.config(Map.of()), engine.context());
    private final AttemptContainers attempts = new AttemptContainers(docker, engine.application());

    @AfterAll
    void clean() {
        docker.close();
        engine.close();
    }

    /** Adds a line to a file that is named as the execution, then ends with code 0. */
    private JobSpec counting() {
        return engine.job("sh", "-c", "echo ran >> /data/$CLOUD_RUN_EXECUTION")
                .volume("/data", Volume.named("count"))
                .options(LocalOptions.NONE.networkMode("none"))
                .build();
    }

    /** How many lines the file of an execution has. */
    private int runs(String execution) {
        return engine.run(
                        key("count-" + execution),
                        counting().toBuilder()
                                .command(
                                        "sh",
                                        "-c",
                                        "test -f /data/" + execution + " || exit 0; exit $(wc -l < /data/" + execution
                                                + ")")
                                .build())
                .exitCode()
                .orElseThrow();
    }

    /** What a JVM leaves that dies between creating a container and starting it. */
    private AttemptName orphan(AttemptKey key) {
        AttemptName name = AttemptName.owned(Names.attempt(engine.application(), key));
        Containers containers = new Containers(docker, engine.config(Map.of()));
        containers.create(containers.map(new ContainerRequest(
                counting(),
                name.toString(),
                Labels.attempt(engine.application(), "job", key),
                new AttemptLaunch(key, counting()).environment(),
                Map.of(),
                null)));
        return name;
    }

    @Test
    void launch_ofFiftyAttemptsByTwoConnectionsAtOnce_runsEachOnce() throws Exception {
        int n = 50;
        TaskLauncher one = engine.jobs(SOON);
        TaskLauncher other = engine.jobs(SOON);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<AttemptStatus>> results = new ArrayList<>();
        CyclicBarrier together = new CyclicBarrier(2);
        for (int i = 0; i < n; i++) {
            AttemptKey key = key("race-" + i);
            for (TaskLauncher launcher : List.of(one, other)) {
                results.add(threads.submit(() -> {
                    together.await();
                    return launch(launcher, key, counting());
                }));
            }
        }
        for (Future<AttemptStatus> result : results) {
            assertThat(TestEngine.end(one, TestEngine.ref(result.get())).isSuccess())
                    .isTrue();
        }
        threads.shutdown();

        AttemptStatus count = engine.run(
                key("race-count"),
                counting().toBuilder()
                        .command(
                                "sh",
                                "-c",
                                "for f in /data/race-*; do test $(wc -l < $f) = 1 || exit 99; done; "
                                        + "exit $(ls /data | grep -c ^race-)")
                        .build());
        assertThat(count.exitCode()).hasValue(n);
        for (int i = 0; i < n; i++) {
            assertThat(attempts.of(key("race-" + i)))
                    .as("containers of attempt %s", i)
                    .hasSize(1);
        }
    }

    @Test
    void launch_afterTheCreatorDied_takesItsContainerOver() {
        AttemptKey key = key("orphan");
        AttemptName dead = orphan(key);

        AttemptStatus status = launch(engine.jobs(SOON), key, counting());

        assertThat(TestEngine.end(engine.jobs(), TestEngine.ref(status)).isSuccess())
                .isTrue();
        assertThat(attempts.start(dead))
                .as("the creator was only slow, and starts now")
                .isFalse();
        assertThat(attempts.of(key)).hasSize(1);
        assertThat(runs("orphan")).isEqualTo(1);
    }

    @Test
    void launch_afterSeveralCreatorsDied_keepsOneContainer() {
        AttemptKey key = key("orphans");
        List<AttemptName> dead = List.of(orphan(key), orphan(key), orphan(key));

        AttemptStatus status = launch(engine.jobs(SOON), key, counting());

        assertThat(TestEngine.end(engine.jobs(), TestEngine.ref(status)).isSuccess())
                .isTrue();
        assertThat(dead).noneMatch(attempts::start);
        assertThat(attempts.of(key)).hasSize(1);
        assertThat(runs("orphans")).isEqualTo(1);
    }

    @Test
    void launch_byManyConnectionsAfterTheCreatorDied_runsOnce() throws Exception {
        AttemptKey key = key("adopters");
        orphan(key);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<AttemptStatus>> results = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            TaskLauncher launcher = engine.jobs(SOON);
            results.add(threads.submit(() -> launch(launcher, key, counting())));
        }
        for (Future<AttemptStatus> result : results) {
            TestEngine.end(engine.jobs(), TestEngine.ref(result.get()));
        }
        threads.shutdown();

        assertThat(attempts.of(key)).hasSize(1);
        assertThat(runs("adopters")).isEqualTo(1);
    }

    @Test
    void launch_whoseStartIsAnsweredToNobody_runsOnce() {
        AtomicBoolean lost = new AtomicBoolean();
        try (EngineProxy proxy =
                new EngineProxy(request -> request.path().endsWith("/start") && lost.compareAndSet(false, true)
                        ? new Answer.Lose()
                        : EngineProxy.forward(request))) {
            TaskLauncher jobs = engine.jobs(Map.of("docker-host", proxy.host()));
            AttemptKey key = key("lost-start");

            assertThatThrownBy(() -> jobs.launch(new AttemptLaunch(key, counting())))
                    .isInstanceOfSatisfying(
                            PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
            AttemptStatus status = launch(jobs, key, counting());

            assertThat(TestEngine.end(jobs, TestEngine.ref(status)).isSuccess()).isTrue();
            assertThat(attempts.of(key)).hasSize(1);
            assertThat(runs("lost-start")).isEqualTo(1);
        }
    }

    @Test
    void launch_whoseCreateIsAnsweredToNobody_runsOnce() {
        AtomicBoolean lost = new AtomicBoolean();
        try (EngineProxy proxy = new EngineProxy(
                request -> request.path().contains("/containers/create") && lost.compareAndSet(false, true)
                        ? new Answer.Lose()
                        : EngineProxy.forward(request))) {
            TaskLauncher jobs = engine.jobs(Map.of("docker-host", proxy.host()));
            AttemptKey key = key("lost-create");

            assertThatThrownBy(() -> jobs.launch(new AttemptLaunch(key, counting())))
                    .isInstanceOf(PortolanException.class);
            AttemptStatus status = launch(jobs, key, counting());

            assertThat(TestEngine.end(jobs, TestEngine.ref(status)).isSuccess()).isTrue();
            assertThat(attempts.of(key)).hasSize(1);
            assertThat(runs("lost-create")).isEqualTo(1);
        }
    }

    @Test
    void launch_ofAnAttemptThatWasStoppedBeforeItStarted_doesNotStartIt() {
        AttemptKey key = key("stopped-first");
        AttemptName name = orphan(key);
        String id = attempts.of(key).get(0).id();

        engine.jobs().stop(new AttemptRef(key, id), StopReason.CANCELLED, Duration.ofSeconds(1));
        AttemptStatus status = launch(engine.jobs(SOON), key, counting());

        assertThat(status.state()).isEqualTo(AttemptState.ENDED);
        assertThat(status.stopReason()).hasValue(StopReason.CANCELLED);
        assertThat(attempts.start(name)).isFalse();
        assertThat(runs("stopped-first")).isZero();
    }

    @Test
    void launch_ofTheSameAttemptWithAnotherSpec_isAConflict() {
        AttemptKey key = key("other-spec");
        engine.run(key, counting());
        AttemptKey other = new AttemptKey(key.execution(), "fedcba9876543210", 0, 0);

        assertThatThrownBy(() -> engine.jobs().launch(new AttemptLaunch(other, counting())))
                .isInstanceOfSatisfying(
                        PortolanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
        assertThat(runs("other-spec")).isEqualTo(1);
    }

    @Test
    void refusedStart_seenByAnotherConnection_isTheSameVerdictAndIsNotRetried() {
        AttemptKey key = key("refused");
        JobSpec spec = engine.job("no-such-program").build();
        AttemptStatus first = launch(engine.jobs(), key, spec);

        AttemptStatus again = launch(engine.jobs(SOON), key, spec);
        AttemptStatus listed = engine.jobs(SOON).list(key.execution()).get(0);

        assertThat(first.state()).isEqualTo(AttemptState.ENDED);
        assertThat(again.failure()).isEqualTo(listed.failure());
        assertThat(again.failure().orElseThrow().cause())
                .isEqualTo(first.failure().orElseThrow().cause());
        assertThat(attempts.of(key)).hasSize(1);
    }
}
