package io.portolan.local.internal.job;

import static io.portolan.local.fixture.TestEngine.key;
import static io.portolan.local.fixture.TestEngine.launch;
import static io.portolan.local.fixture.TestEngine.ref;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Container;
import io.portolan.local.fixture.TestEngine;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.FailureCause;
import io.portolan.run.StopReason;
import io.portolan.spec.JobSpec;
import io.portolan.spi.AttemptRef;
import io.portolan.spi.CloudDriver;
import io.portolan.spi.TaskLauncher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttemptStopIT {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestEngine engine = new TestEngine();

    @AfterAll
    void clean() {
        engine.close();
    }

    private JobSpec obedient() {
        return engine.job("sh", "-c", "trap 'exit 5' TERM; while true; do sleep 0.1; done")
                .build();
    }

    private JobSpec stubborn() {
        return engine.job("sh", "-c", "trap '' TERM; echo up; while true; do sleep 0.1; done")
                .stopGracePeriod(SECOND)
                .build();
    }

    private AttemptRef started(String execution, JobSpec spec) {
        AttemptRef ref = ref(launch(engine.jobs(), key(execution), spec));
        // Its trap is set once it has written or, for the obedient one, soon after: the signal is repeated by nobody.
        Awaitility.await()
                .until(() -> !engine.docker()
                        .topContainerCmd(ref.nativeId())
                        .exec()
                        .getProcesses()[0][0]
                        .isEmpty());
        return ref;
    }

    @Test
    void stop_ofAProgramThatObeys_endsWithItsCodeAndTheReason() {
        AttemptRef ref = started("obeys", obedient());
        Awaitility.await().until(() -> {
            engine.jobs().stop(ref, StopReason.CANCELLED, HOUR);
            return engine.jobs().describe(List.of(ref)).get(0).state() == AttemptState.ENDED;
        });

        AttemptStatus status =
                engine.jobs(Map.of()).list(key("obeys").execution()).get(0);
        assertThat(status.stopReason()).hasValue(StopReason.CANCELLED);
        assertThat(status.failure().orElseThrow().cause()).isEqualTo(FailureCause.CANCELLED);
        assertThat(status.exitCode().orElseThrow()).isIn(5, 137, 143);
        assertThat(status.isSuccess()).isFalse();
    }

    @Test
    void stop_ofAProgramThatDoesNotObey_killsItAfterTheGracePeriodAndBlocksNobody() {
        AttemptRef ref = started("stubborn", stubborn());

        long before = System.nanoTime();
        engine.jobs().stop(ref, StopReason.TIMEOUT, SECOND);
        Duration call = Duration.ofNanos(System.nanoTime() - before);
        AttemptStatus stopping = engine.jobs().describe(List.of(ref)).get(0);
        AttemptStatus end = TestEngine.end(engine.jobs(), ref);

        assertThat(call).isLessThan(SECOND);
        assertThat(stopping.state()).isEqualTo(AttemptState.STOPPING);
        assertThat(stopping.stopReason()).hasValue(StopReason.TIMEOUT);
        assertThat(end.stopReason()).hasValue(StopReason.TIMEOUT);
        assertThat(end.failure().orElseThrow().cause()).isEqualTo(FailureCause.TIMEOUT);
        assertThat(end.signal()).hasValue(9);
    }

    @Test
    void stop_withoutGrace_killsAtOnce() {
        AttemptRef ref = started("nograce", stubborn());

        engine.jobs().stop(ref, StopReason.CANCELLED, Duration.ZERO);

        assertThat(engine.jobs().describe(List.of(ref)).get(0).state()).isEqualTo(AttemptState.ENDED);
    }

    @Test
    void stop_ofAnAttemptThatEnded_changesNothing() {
        AttemptStatus end = engine.run(key("ended"), engine.job("true").build());

        engine.jobs().stop(ref(end), StopReason.CANCELLED, SECOND);

        assertThat(engine.jobs().describe(List.of(ref(end))).get(0)).isEqualTo(end);
    }

    @Test
    void stop_twiceWithDifferentReasons_keepsTheFirst() {
        AttemptRef ref = started("twice", stubborn());

        engine.jobs().stop(ref, StopReason.TIMEOUT, SECOND);
        engine.jobs(Map.of()).stop(ref, StopReason.CANCELLED, SECOND);

        assertThat(TestEngine.end(engine.jobs(), ref).stopReason()).hasValue(StopReason.TIMEOUT);
    }

    @Test
    void stop_ofAnUnknownAttempt_isNoError() {
        engine.jobs().stop(new AttemptRef(key("unknown"), "0123456789ab"), StopReason.CANCELLED, SECOND);

        assertThat(engine.jobs()
                        .describe(List.of(new AttemptRef(key("unknown"), "0123456789ab")))
                        .get(0)
                        .state())
                .isEqualTo(AttemptState.GONE);
    }

    @Test
    void stopThatAnotherConnectionBegan_isFinishedByWhoeverLooksNext() {
        AttemptRef ref = started("crashed", stubborn());
        String name = engine.docker()
                .inspectContainerCmd(ref.nativeId())
                .exec()
                .getName()
                .substring(1);
        // What a JVM leaves that dies right after it recorded the reason.
        engine.docker()
                .renameContainerCmd(ref.nativeId())
                .withName(name + ".timeout")
                .exec();

        AttemptStatus end = TestEngine.end(engine.jobs(Map.of()), ref);

        assertThat(end.stopReason()).hasValue(StopReason.TIMEOUT);
        assertThat(end.signal()).hasValue(9);
    }

    @Test
    void close_duringTheGracePeriod_letsTheEngineFinishTheStop() {
        CloudDriver closing = engine.driver(Map.of());
        AttemptRef ref = started("closed", stubborn());

        ((TaskLauncher) closing.jobs()).stop(ref, StopReason.CANCELLED, Duration.ofSeconds(2));
        closing.close();

        // Looked at by the list only: nothing of this SDK takes part in the stop any more.
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> engine
                                .docker()
                                .listContainersCmd()
                                .withShowAll(true)
                                .withIdFilter(List.of(ref.nativeId()))
                                .exec()
                                .stream()
                                .map(Container::getState)
                                .allMatch("exited"::equals));
    }
}
