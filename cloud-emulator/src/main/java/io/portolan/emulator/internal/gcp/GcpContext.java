package io.portolan.emulator.internal.gcp;

import io.portolan.emulator.EmulatorClock;
import io.portolan.emulator.gcp.GcpEmulator;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** What all APIs share: one lock for all state, the clock and the controls. */
public final class GcpContext {
    private final ReentrantLock lock = new ReentrantLock();
    private final GcpEmulator gcp;
    private final EmulatorClock clock;

    /**
     * Nothing is there yet.
     *
     * @param gcp the controls
     * @param clock by which states move on
     */
    public GcpContext(GcpEmulator gcp, EmulatorClock clock) {
        this.gcp = gcp;
        this.clock = clock;
    }

    /** The clock. */
    public EmulatorClock clock() {
        return clock;
    }

    /** The controls. */
    public GcpEmulator gcp() {
        return gcp;
    }

    /** The time as the APIs write it. */
    public String now() {
        return text(clock.instant());
    }

    /** A time as the APIs write it. */
    public static String text(Instant time) {
        return DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(ChronoUnit.MICROS));
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
