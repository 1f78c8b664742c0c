package io.portolan.spi;

import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;

/**
 * What core gives to a driver.
 *
 * @param clock the time; tests give their own
 * @param threads makes daemon threads with names that say whose they are; for the few threads that a driver needs of its own
 */
public record DriverContext(Clock clock, ThreadFactory threads) {
    /** Checks for null. */
    public DriverContext {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(threads, "threads");
    }
}
