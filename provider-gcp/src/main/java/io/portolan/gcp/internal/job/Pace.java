package io.portolan.gcp.internal.job;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ProviderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Waiting for Cloud Run: soon at first, then ever less often. Not thread-safe. */
final class Pace {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** Lets time go by. */
    @FunctionalInterface
    interface Pause {
        /** Waits. */
        void pause(Duration time) throws InterruptedException;
    }

    private final Clock clock;
    private final Pause pause;
    private final Instant end;
    private Duration next = FIRST;

    Pace(Clock clock, Pause pause, Duration limit) {
        this.clock = clock;
        this.pause = pause;
        this.end = clock.instant().plus(limit);
    }

    boolean isOver() {
        return !clock.instant().isBefore(end);
    }

    /** Asks soon again: something has just changed. */
    void restart() {
        next = FIRST;
    }

    /**
     * Waits until it is time to ask again.
     *
     * @throws PortolanException CANCELLED if the thread is interrupted; the flag stays set
     */
    void next() {
        Duration time = next;
        next = next.multipliedBy(3).dividedBy(2);
        next = next.compareTo(LONGEST) > 0 ? LONGEST : next;
        try {
            pause.pause(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PortolanException.builder(
                            ErrorCode.CANCELLED, "the thread was interrupted while it waited for Cloud Run")
                    .provider(ProviderId.GCP.value())
                    .build();
        }
    }
}
