package io.portolan.gcp.internal.log;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many reads of logs are left in this minute, for all followers of a connection. Who gets none does not wait, but comes again: a wait
 * would hold up all other followers. Thread-safe.
 */
final class ReadBudget {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Clock clock;
    private final int perMinute;
    private final Deque<Instant> reads = new ArrayDeque<>();
    private Instant pausedUntil = Instant.MIN;

    ReadBudget(Clock clock, int perMinute) {
        this.clock = clock;
        this.perMinute = perMinute;
    }

    int perMinute() {
        return perMinute;
    }

    /** Takes a read, if there is one. */
    synchronized boolean take() {
        if (!isLeft()) {
            return false;
        }
        reads.addLast(clock.instant());
        return true;
    }

    synchronized boolean isLeft() {
        Instant now = clock.instant();
        while (!reads.isEmpty() && !now.isBefore(reads.getFirst().plus(MINUTE))) {
            reads.removeFirst();
        }
        return reads.size() < perMinute && !now.isBefore(pausedUntil);
    }

    /** Others use the quota too, and have used it up. */
    synchronized void pause(Duration time) {
        pausedUntil = clock.instant().plus(time);
    }
}
