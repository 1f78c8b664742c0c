package io.portolan.emulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time of an emulator, by which its states move on. It runs by itself or is turned by a test. */
public abstract class EmulatorClock extends Clock implements AutoCloseable {

    /** Something that is to happen later. */
    @FunctionalInterface
    public interface Scheduled {
        /** Keeps it from happening, if it has not begun. */
        void cancel();
    }

    EmulatorClock() {}

    /**
     * A clock that runs by itself.
     *
     * @return the clock
     */
    public static EmulatorClock real() {
        return real(1);
    }

    /**
     * A clock that runs by itself.
     *
     * @param speed how many seconds it counts in one second
     * @return the clock
     */
    public static EmulatorClock real(double speed) {
        return new RunningClock(speed);
    }

    /**
     * A clock that stands still until it is turned.
     *
     * @return the clock
     */
    public static EmulatorClock manual() {
        return new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    }

    /**
     * Runs something later, never within this call.
     *
     * @param delay how much later
     * @param action what to run
     * @return by which it is cancelled
     */
    public abstract Scheduled schedule(Duration delay, Runnable action);

    /**
     * Turns a manual clock. All that is due by then has run when this returns, in the order in which it was due.
     *
     * @param time by how much
     * @throws IllegalStateException if the clock runs by itself
     */
    public abstract void advance(Duration time);

    /**
     * Whether the clock is turned by hand.
     *
     * @return false if it runs by itself
     */
    public abstract boolean isManual();

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }

    /** Forgets what has not happened yet. */
    @Override
    public abstract void close();
}
