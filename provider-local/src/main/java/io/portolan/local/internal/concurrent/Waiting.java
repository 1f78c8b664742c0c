package io.portolan.local.internal.concurrent;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Waiting for something that must be asked for: short pauses first, longer ones later, never beyond a limit. Not thread-safe.
 *
 * <p>Uses the machine's monotonic clock and not the driver's: it measures real processes.
 */
public final class Waiting {
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

    private final long end;
    private final long longestPause;
    private long pause = FIRST_PAUSE;

    private Waiting(Duration limit, long longestPause) {
        this.end = System.nanoTime() + limit.toNanos();
        this.longestPause = longestPause;
    }

    /**
     * Begins to wait.
     *
     * @param limit for how long
     * @return not over yet
     */
    public static Waiting atMost(Duration limit) {
        return new Waiting(limit, LONGEST_PAUSE);
    }

    /**
     * The same with another longest pause between two questions.
     *
     * @param value how long
     * @return a new one, from now on
     */
    public Waiting asking(Duration value) {
        return new Waiting(Duration.ofNanos(end - System.nanoTime()), Math.max(FIRST_PAUSE, value.toNanos()));
    }

    /**
     * Whether the limit is reached.
     *
     * @return true from then on
     */
    public boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    /**
     * Waits a little.
     *
     * @throws PortolanException CANCELLED if the thread is interrupted; the flag stays set
     */
    public void pause() {
        if (!pauseUnlessInterrupted()) {
            throw cancelled();
        }
    }

    /**
     * Waits a little.
     *
     * @return false if the thread is interrupted; the flag stays set
     */
    public boolean pauseUnlessInterrupted() {
        try {
            TimeUnit.NANOSECONDS.sleep(Math.max(1, Math.min(pause, end - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        pause = Math.min(pause + pause / 2, longestPause);
        return true;
    }

    /**
     * What an interrupt becomes.
     *
     * @return the exception to throw
     */
    public static PortolanException cancelled() {
        return PortolanException.builder(ErrorCode.CANCELLED, "The thread was interrupted while it waited")
                .provider("local")
                .build();
    }
}
