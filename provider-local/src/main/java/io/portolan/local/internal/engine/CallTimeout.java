package io.portolan.local.internal.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ends a call that the engine does not answer. Unix sockets of the JDK know no read timeout, so the waiting thread is interrupted, which
 * closes its connection. TCP sockets are the other way round: they cannot be interrupted, so their clients have a read timeout.
 */
final class CallTimeout {
    private final ScheduledExecutorService scheduler;
    private final Duration limit;

    CallTimeout(ScheduledExecutorService scheduler, Duration limit) {
        this.scheduler = scheduler;
        this.limit = limit;
    }

    <T> T run(Supplier<T> call) {
        Watch watch = new Watch(Thread.currentThread());
        ScheduledFuture<?> alarm = scheduler.schedule(watch::expire, limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw watch.end() ? new Expired(e) : e;
        } finally {
            watch.end();
            alarm.cancel(false);
        }
    }

    /** One call under way. The lock keeps a late alarm from interrupting what the thread does next. */
    private static final class Watch {
        private final Thread caller;
        private boolean ended;
        private boolean expired;

        Watch(Thread caller) {
            this.caller = caller;
        }

        synchronized void expire() {
            if (!ended) {
                expired = true;
                caller.interrupt();
            }
        }

        synchronized boolean end() {
            if (!ended && expired) {
                // The interrupt was ours.
                Thread.interrupted();
            }
            ended = true;
            return expired;
        }
    }

    /** The limit was over before the engine answered. */
    static final class Expired extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Expired(RuntimeException cause) {
            super("no answer in time", new IOException(cause));
        }
    }
}
