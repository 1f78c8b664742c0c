package io.portolan.emulator.internal.aws.ecs;

import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.aws.AwsEmulator;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** What all parts of ECS share: one lock for all state, the clock and the controls. */
public final class EcsContext {
    private final ReentrantLock lock = new ReentrantLock();
    private final AwsEmulator aws;
    private final EmulatorClock clock;

    EcsContext(AwsEmulator aws, EmulatorClock clock) {
        this.aws = aws;
        this.clock = clock;
    }

    /** The clock. */
    public EmulatorClock clock() {
        return clock;
    }

    /** The controls. */
    public AwsEmulator aws() {
        return aws;
    }

    /**
     * Works on the state.
     *
     * @param work done while no other work is
     */
    public <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Works on the state.
     *
     * @param work done while no other work is
     */
    public void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Works on the state later.
     *
     * @param delay how much later
     * @param work done while no other work is
     */
    public EmulatorClock.Scheduled later(Duration delay, Runnable work) {
        return clock.schedule(delay, () -> locked(work));
    }
}
