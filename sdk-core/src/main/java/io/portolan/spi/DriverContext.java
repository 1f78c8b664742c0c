package io.portolan.spi;

import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;

/**
 * What core gives to a driver.
 *
 * @param clock the time; tests give their own
 * @param threads makes daemon threads with names that say whose they are; for the few threads that a driver needs of its own
 * @param limits the platform's request buckets, for requests that are not a logical call of their own
 */
public record DriverContext(Clock clock, ThreadFactory threads, RequestLimits limits) {
    /** Checks for null. */
    public DriverContext {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(threads, "threads");
        Objects.requireNonNull(limits, "limits");
    }

    /**
     * Without request buckets.
     *
     * @param clock the time
     * @param threads makes daemon threads
     */
    public DriverContext(Clock clock, ThreadFactory threads) {
        this(clock, threads, RequestLimits.NONE);
    }
}
