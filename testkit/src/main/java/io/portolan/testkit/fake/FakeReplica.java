package io.portolan.testkit.fake;

import io.portolan.run.AttemptState;
import io.portolan.run.ReplicaStatus;
import io.portolan.spec.Probe;
import io.portolan.spec.ServiceSpec;
import org.jspecify.annotations.Nullable;

/** One replica of a revision. Guarded by the lock of the platform. */
final class FakeReplica {
    private final int revision;
    private final ServiceSpec spec;
    private final FakeContainer container;
    private int inFlight;
    private boolean ready;
    private boolean retired;

    FakeReplica(int revision, ServiceSpec spec, FakeContainer container) {
        this.revision = revision;
        this.spec = spec;
        this.container = container;
    }

    int revision() {
        return revision;
    }

    ServiceSpec spec() {
        return spec;
    }

    FakeContainer container() {
        return container;
    }

    String name() {
        return container.id();
    }

    boolean isReady() {
        return ready && isRunning();
    }

    boolean isRunning() {
        return container.state() == AttemptState.RUNNING;
    }

    boolean isEnded() {
        return container.state() == AttemptState.ENDED;
    }

    void becomesReady() {
        ready = true;
    }

    /** Gets no more traffic and is not replaced when it ends. */
    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    void requestBegins() {
        inFlight++;
    }

    void requestEnds() {
        inFlight--;
    }

    boolean isBusy() {
        return inFlight > 0;
    }

    /** Runs a probe. Called without the lock: the handler is the user's code. */
    boolean passes(Probe probe) {
        if (probe.check() instanceof Probe.Exec exec) {
            return isRunning() && container.exec(exec.command()) == 0;
        }
        FakeHandler handler = container.handler();
        if (handler == null || !isRunning()) {
            return false;
        }
        return !(probe.check() instanceof Probe.HttpGet get) || isGood(handler, get.path());
    }

    private static boolean isGood(FakeHandler handler, String path) {
        int status = FakeService.answer(handler, new FakeHandler.Request("GET", path, ""))
                .status();
        return status >= 200 && status < 400;
    }

    @Nullable
    FakeHandler handler() {
        return container.handler();
    }

    ReplicaStatus status() {
        Outcome outcome = container.outcome();
        String message = outcome == null || outcome.failure() == null
                ? container.state().toString()
                : outcome.failure().message();
        return new ReplicaStatus(name(), revision, isReady() && !retired, message);
    }
}
