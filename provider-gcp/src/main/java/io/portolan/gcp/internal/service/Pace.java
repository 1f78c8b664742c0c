package io.portolan.gcp.internal.service;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ProviderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Waiting for a service: often at first, for what changes without a new revision is done in a moment, then ever less often, since all that
 * is deployed in a region at a time shares its reads. Not thread-safe.
 */
final class Pace {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Clock clock;
    private final Pause pause;
    private final Instant end;
    private Duration next = FIRST;

    /** Lets time go by. */
    @FunctionalInterface
    interface Pause {
        /** Waits. */
        void pause(Duration time) throws InterruptedException;
    }

    Pace(Clock clock, Pause pause, Duration limit) {
        this.clock = clock;
        this.pause = pause;
        this.end = clock.instant().plus(limit);
    }

    boolean isOver() {
        return !clock.instant().isBefore(end);
    }

    /**
     * Waits until it is time to ask again.
     *
     * @throws PortolanException CANCELLED if the thread is interrupted; the flag stays set
     */
    void next() {
        Duration time = next;
        next = next.multipliedBy(5).dividedBy(4);
        next = next.compareTo(LONGEST) > 0 ? LONGEST : next;
        try {
            pause.pause(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PortolanException.builder(
                            ErrorCode.CANCELLED, "The thread was interrupted while it waited for Cloud Run")
                    .provider(ProviderId.GCP.value())
                    .build();
        }
    }
}
