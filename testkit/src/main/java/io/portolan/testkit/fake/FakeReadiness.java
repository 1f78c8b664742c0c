package io.portolan.testkit.fake;

import io.portolan.spec.Probe;

/** Marks a replica as ready as soon as it passes its probe, on the timers of the platform. */
final class FakeReadiness {
    private final FakePlatform platform;
    private final FakeReplica replica;
    private final Probe probe;

    FakeReadiness(FakePlatform platform, FakeReplica replica) {
        this.platform = platform;
        this.replica = replica;
        this.probe = replica.spec().readiness();
    }

    void watch() {
        platform.execute(this::check);
    }

    /** One check more, when the replica has begun to listen. */
    void tryNow() {
        platform.execute(this::passes);
    }

    private void check() {
        if (!replica.isEnded() && !passes()) {
            platform.after(probe.interval(), () -> platform.execute(this::check));
        }
    }

    private boolean passes() {
        boolean passes = replica.passes(probe);
        if (passes) {
            synchronized (platform.lock()) {
                replica.becomesReady();
                platform.lock().notifyAll();
            }
        }
        return passes;
    }
}
