package io.portolan.testkit.fake;

import io.portolan.testkit.ManualClock;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The time of the platform and its timers: real, or moved by a test. */
interface FakeTime extends AutoCloseable {
    Clock clock();

    /** Runs an action later; the result, when run, forgets it. */
    Runnable after(Duration delay, Runnable action);

    @Override
    void close();

    static FakeTime real(ThreadFactory threads) {
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(threads);
        return new FakeTime() {
            @Override
            public Clock clock() {
                return Clock.systemUTC();
            }

            @Override
            public Runnable after(Duration delay, Runnable action) {
                try {
                    Future<?> timer = timers.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
                    return () -> timer.cancel(false);
                } catch (RejectedExecutionException closed) {
                    return () -> {};
                }
            }

            @Override
            public void close() {
                timers.shutdownNow();
            }
        };
    }

    static FakeTime manual(ManualClock clock) {
        return new FakeTime() {
            @Override
            public Clock clock() {
                return clock;
            }

            @Override
            public Runnable after(Duration delay, Runnable action) {
                return clock.schedule(delay, action);
            }

            @Override
            public void close() {}
        };
    }
}
