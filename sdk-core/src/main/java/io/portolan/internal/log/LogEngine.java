package io.portolan.internal.log;

import io.portolan.config.EngineSettings;
import io.portolan.internal.call.Caller;
import io.portolan.run.LogCursor;
import io.portolan.run.LogFollower;
import io.portolan.run.LogLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads all followed logs of a connection on one thread. A follower is read again after an interval that grows while it is silent, and is
 * never shorter than ten times what its last round took, so that large logs cannot keep the platform busy.
 */
public final class LogEngine implements AutoCloseable {
    private static final int QUIET_FACTOR = 4;
    private static final int DUTY_FACTOR = 10;

    private static final class Followed {
        private final LogReader reader;
        private long dueNanos;
        private long intervalNanos;

        private Followed(LogReader reader, long dueNanos, long intervalNanos) {
            this.reader = reader;
            this.dueNanos = dueNanos;
            this.intervalNanos = intervalNanos;
        }
    }

    private final Caller caller;
    private final ThreadFactory threads;
    private final long shortest;
    private final Object lock = new Object();
    private final List<Followed> followed = new ArrayList<>();
    private @Nullable Thread thread;
    private boolean closed;

    /**
     * An engine without followers and without a thread.
     *
     * @param caller the one owner of retries
     * @param settings intervals
     * @param threads makes its thread
     */
    public LogEngine(Caller caller, EngineSettings settings, ThreadFactory threads) {
        this.caller = caller;
        this.threads = threads;
        this.shortest = settings.logInterval().toNanos();
    }

    /**
     * Starts to follow.
     *
     * @param target what is read
     * @param from where to begin
     * @param consumer gets each line
     * @return the follower
     */
    public LogFollower follow(LogTarget target, LogCursor from, Consumer<LogLine> consumer) {
        LogReader reader = new LogReader(target, caller, from, consumer);
        synchronized (lock) {
            if (closed) {
                reader.close();
                return reader;
            }
            followed.add(new Followed(reader, System.nanoTime(), shortest));
            if (thread == null) {
                thread = threads.newThread(this::loop);
                thread.start();
            }
            lock.notifyAll();
        }
        return reader;
    }

    /** Something ended: what is left of its log is read now. */
    public void wake() {
        synchronized (lock) {
            long now = System.nanoTime();
            followed.forEach(f -> f.dueNanos = Math.min(f.dueNanos, now));
            lock.notifyAll();
        }
    }

    private void loop() {
        while (true) {
            List<Followed> due;
            synchronized (lock) {
                due = awaitDue();
                if (due.isEmpty()) {
                    thread = null;
                    return;
                }
            }
            due.forEach(this::round);
        }
    }

    /** What is to be read now; empty once there is no follower any more. */
    private List<Followed> awaitDue() {
        while (!closed && !followed.isEmpty()) {
            long now = System.nanoTime();
            List<Followed> due = new ArrayList<>();
            long wait = Duration.ofMinutes(1).toNanos();
            for (Followed f : followed) {
                if (f.dueNanos - now <= 0) {
                    due.add(f);
                } else {
                    wait = Math.min(wait, f.dueNanos - now);
                }
            }
            if (!due.isEmpty()) {
                return due;
            }
            try {
                lock.wait(wait / 1_000_000 + 1);
            } catch (InterruptedException e) {
                return List.of();
            }
        }
        return List.of();
    }

    private void round(Followed f) {
        long before = System.nanoTime();
        synchronized (lock) {
            f.dueNanos = Long.MAX_VALUE / 2 + before;
        }
        LogReader.Round found = f.reader.read();
        long now = System.nanoTime();
        synchronized (lock) {
            if (found == LogReader.Round.ENDED) {
                remove(f);
                return;
            }
            f.intervalNanos = found == LogReader.Round.LINES
                    ? shortest
                    : Math.min(shortest * QUIET_FACTOR, f.intervalNanos * 3 / 2);
            long next = now + Math.max(f.intervalNanos, (now - before) * DUTY_FACTOR);
            // A wake during the round has set an earlier time: that one holds.
            f.dueNanos = Math.min(f.dueNanos, next);
        }
    }

    private void remove(Followed ended) {
        for (Iterator<Followed> it = followed.iterator(); it.hasNext(); ) {
            if (it.next() == ended) {
                it.remove();
            }
        }
    }

    @Override
    public void close() {
        List<Followed> open;
        Thread running;
        synchronized (lock) {
            closed = true;
            open = List.copyOf(followed);
            running = thread;
            lock.notifyAll();
        }
        if (running != null) {
            running.interrupt();
        }
        open.forEach(f -> f.reader.close());
    }
}
