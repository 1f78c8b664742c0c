package io.portolan.testkit.fake;

import io.portolan.spec.Probe;

/** Kills a replica whose liveness probe fails too often in a row. */
final class FakeLiveness {
    private final FakePlatform platform;
    private final FakeReplica replica;
    private int failures;

    FakeLiveness(FakePlatform platform, FakeReplica replica) {
        this.platform = platform;
        this.replica = replica;
    }

    void begin() {
        replica.spec().liveness().ifPresent(this::later);
    }

    private void later(Probe probe) {
        platform.after(probe.interval(), () -> platform.execute(() -> check(probe)));
    }

    private void check(Probe probe) {
        if (replica.isEnded() || replica.isRetired()) {
            return;
        }
        boolean counts = replica.isReady();
        failures = !counts || replica.passes(probe) ? 0 : failures + 1;
        if (failures >= probe.failureThreshold()) {
            replica.container().kill(Outcome.signal(Outcome.SIGKILL));
        } else {
            later(probe);
        }
    }
}
