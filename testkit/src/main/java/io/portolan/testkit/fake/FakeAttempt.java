package io.portolan.testkit.fake;

import io.portolan.id.AttemptKey;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.StopReason;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One attempt of a task. Guarded by the lock of the platform. */
final class FakeAttempt {
    private final AttemptKey key;
    private final FakeContainer container;
    private @Nullable StopReason stopReason;
    private int launchCalls;
    private int starts;

    FakeAttempt(AttemptKey key, FakeContainer container) {
        this.key = key;
        this.container = container;
    }

    void launched() {
        launchCalls++;
    }

    boolean isStarted() {
        return container.state() != AttemptState.PENDING;
    }

    void start(FakeProgram program) {
        starts++;
        container.start(program);
    }

    /** What the platform refuses for good ends without a process. */
    void refuse(Failure failure) {
        start(FakeProgram.refused(failure));
    }

    void stop(StopReason reason, Duration grace) {
        if (container.state() != AttemptState.ENDED && stopReason == null) {
            stopReason = Objects.requireNonNull(reason, "reason");
        }
        container.stop(grace);
    }

    FakeContainer container() {
        return container;
    }

    AttemptKey key() {
        return key;
    }

    boolean isActive() {
        return container.state().isActive();
    }

    int launchCalls() {
        return launchCalls;
    }

    int starts() {
        return starts;
    }

    AttemptStatus status() {
        AttemptStatus.Builder status = AttemptStatus.builder(key, container.state())
                .nativeId(container.id())
                .timings(container.timings())
                .stopReason(stopReason);
        Outcome outcome = container.outcome();
        if (outcome != null) {
            status.exitCode(outcome.exitCode()).signal(outcome.signal());
            status.failure(stopReason == null ? outcome.failure() : stopped(stopReason));
        }
        return status.build();
    }

    private static Failure stopped(StopReason reason) {
        return reason == StopReason.TIMEOUT
                ? Failure.of(FailureCause.TIMEOUT, "the attempt ran longer than the job allows")
                : Failure.of(FailureCause.CANCELLED, "the execution was cancelled");
    }
}
