package io.portolan.aws.internal.service;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ProviderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Waiting for ECS: often at first, because tests and small changes are quick, then ever less often. Not thread-safe. */
final class Pace {
    private static final Duration QUICK = Duration.ofMillis(200);
    private static final Duration QUICK_FOR = Duration.ofSeconds(10);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Clock clock;
    private final Pause pause;
    private final Instant begin;
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
        this.begin = clock.instant();
        this.end = begin.plus(limit);
    }

    boolean isOver() {
        return !now().isBefore(end);
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * Waits until it is time to ask again.
     *
     * @throws PortolanException CANCELLED if the thread is interrupted; the flag stays set
     */
    void next() {
        Duration time = QUICK;
        if (!now().isBefore(begin.plus(QUICK_FOR))) {
            time = next;
            next = next.multipliedBy(5).dividedBy(4);
            next = next.compareTo(LONGEST) > 0 ? LONGEST : next;
        }
        try {
            pause.pause(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PortolanException.builder(ErrorCode.CANCELLED, "The thread was interrupted while it waited for ECS")
                    .provider(ProviderId.AWS.value())
                    .build();
        }
    }
}
