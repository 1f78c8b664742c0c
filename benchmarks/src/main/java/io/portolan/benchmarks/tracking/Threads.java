package io.portolan.benchmarks.tracking;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the threads of the SDK again and again, and keeps the greatest number. */
final class Threads implements AutoCloseable {
    private static final String PREFIX = "portolan-";
    private static final int MILLIS = 10;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> looking;
    private volatile int most;

    Threads() {
        looking = timer.scheduleAtFixedRate(() -> most = Math.max(most, now()), 0, MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Most at any time since this was made. */
    int most() {
        return most;
    }

    /** At this moment. */
    static int now() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(PREFIX))
                .count();
    }

    @Override
    public void close() {
        looking.cancel(false);
        timer.shutdownNow();
    }
}
