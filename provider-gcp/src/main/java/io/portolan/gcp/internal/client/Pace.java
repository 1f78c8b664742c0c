package io.portolan.gcp.internal.client;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ProviderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Waiting for Google Cloud: soon at first, then ever less often. Not thread-safe. */
public final class Pace {
    /** Lets time go by. */
    @FunctionalInterface
    public interface Pause {
        /**
         * Waits.
         *
         * @param time how long
         * @throws InterruptedException if the thread is interrupted
         */
        void pause(Duration time) throws InterruptedException;
    }

    /**
     * How often is asked.
     *
     * @param first the first wait
     * @param percent each wait as a part of the one before
     * @param longest the longest wait
     */
    private record Rhythm(Duration first, int percent, Duration longest) {}

    private static final Rhythm JOBS = new Rhythm(Duration.ofMillis(100), 150, Duration.ofSeconds(2));
    private static final Rhythm SERVICES = new Rhythm(Duration.ofMillis(200), 125, Duration.ofSeconds(5));

    private final Clock clock;
    private final Pause pause;
    private final Rhythm rhythm;
    private final Instant end;
    private Duration next;

    private Pace(Clock clock, Pause pause, Duration limit, Rhythm rhythm) {
        this.clock = clock;
        this.pause = pause;
        this.rhythm = rhythm;
        this.end = clock.instant().plus(limit);
        this.next = rhythm.first();
    }

    /**
     * For starts and removals of jobs, which take a moment.
     *
     * @param clock the time
     * @param pause lets time go by
     * @param limit after which it is over
     * @return a new wait
     */
    public static Pace ofJobs(Clock clock, Pause pause, Duration limit) {
        return new Pace(clock, pause, limit, JOBS);
    }

    /**
     * For services: often at first, for what changes without a new revision is done in a moment; later seldom, since all that is deployed
     * in a region at a time shares its reads.
     *
     * @param clock the time
     * @param pause lets time go by
     * @param limit after which it is over
     * @return a new wait
     */
    public static Pace ofServices(Clock clock, Pause pause, Duration limit) {
        return new Pace(clock, pause, limit, SERVICES);
    }

    /**
     * Whether the limit is reached.
     *
     * @return true from then on
     */
    public boolean isOver() {
        return !clock.instant().isBefore(end);
    }

    /** Asks soon again: something has just changed. */
    public void restart() {
        next = rhythm.first();
    }

    /**
     * Waits until it is time to ask again.
     *
     * @throws PortolanException CANCELLED if the thread is interrupted; the flag stays set
     */
    public void next() {
        Duration time = next;
        next = next.multipliedBy(rhythm.percent()).dividedBy(100);
        next = next.compareTo(rhythm.longest()) > 0 ? rhythm.longest() : next;
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
