package io.portolan.run;

import io.portolan.error.PortolanException;
import java.time.Duration;
import java.util.Optional;

/**
 * A running read of logs. Thread-safe. Logs never decide or delay how an execution ends: if they cannot be read, that is said here and
 * nowhere else.
 */
public interface LogFollower extends AutoCloseable {
    /**
     * How far lines were given to the consumer.
     *
     * @return pass it to {@code followLogs} to go on from here
     */
    LogCursor cursor();

    /**
     * Waits until all lines were given to the consumer.
     *
     * @param atMost how long
     * @return true if the logs are complete, false if time ran out, reading failed or the follower was closed
     */
    boolean awaitEnd(Duration atMost);

    /**
     * Why reading ended early.
     *
     * @return empty while all is well
     */
    Optional<PortolanException> failure();

    /** Stops following. Returns when no more line will be given to the consumer. Idempotent. */
    @Override
    void close();
}
