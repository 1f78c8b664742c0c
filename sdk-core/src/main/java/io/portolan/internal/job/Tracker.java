package io.portolan.internal.job;

import io.portolan.config.EngineSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread per connection that looks at everything that runs. It looks at once at what the platform hints at, at deadlines when they
 * are due, and at everything after an interval that grows while nothing changes. It starts with the first thing to track and waits without
 * work while there is none.
 *
 * @param <K> what is tracked
 */
final class Tracker<K> implements AutoCloseable {
    /** What the tracker drives. Called on its thread only. */
    interface Rounds<K> {
        /** Whether nothing is to be polled. */
        boolean isIdle();

        /** Looks at everything; returns whether anything changed. */
        boolean pollAll();

        /** Looks at these only. */
        void poll(Set<K> hinted);

        /** Does what is due by the clock; returns when the next thing is. */
        Optional<Instant> tick();
    }

    private record Timed(Instant at, Runnable task) {}

    private static final Logger LOG = LoggerFactory.getLogger(Tracker.class);

    private final Rounds<K> rounds;
    private final EngineSettings settings;
    private final Clock clock;
    private final Object lock = new Object();
    private final Set<K> hinted = new HashSet<>();
    private final PriorityQueue<Timed> timed = new PriorityQueue<>((a, b) -> a.at().compareTo(b.at()));
    private boolean awake;
    private boolean closed;
    private @Nullable Thread thread;
    private Duration interval;
    private Instant nextPoll;

    Tracker(Rounds<K> rounds, EngineSettings settings, Clock clock) {
        this.rounds = rounds;
        this.settings = settings;
        this.clock = clock;
        this.interval = settings.pollInterval();
        this.nextPoll = clock.instant().plus(interval);
    }

    /** Something new is tracked, or something was decided: look at deadlines soon, and poll at the shortest interval again. */
    void wake() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            awake = true;
            if (thread == null) {
                thread = EngineThreads.factory("tracker").newThread(this::loop);
                thread.start();
            }
            lock.notifyAll();
        }
    }

    /** The platform says that this may have changed. */
    void hint(K changed) {
        synchronized (lock) {
            hinted.add(changed);
            lock.notifyAll();
        }
    }

    /** Runs a short task on the tracker's thread after a time. */
    void later(Duration delay, Runnable task) {
        synchronized (lock) {
            timed.add(new Timed(clock.instant().plus(delay), task));
            lock.notifyAll();
        }
    }

    private void loop() {
        Instant deadline = Instant.MAX;
        while (true) {
            Set<K> hints;
            List<Runnable> due = new ArrayList<>();
            synchronized (lock) {
                if (!await(deadline)) {
                    return;
                }
                hints = Set.copyOf(hinted);
                hinted.clear();
                if (awake) {
                    awake = false;
                    interval = settings.pollInterval();
                    Instant soon = clock.instant().plus(interval);
                    nextPoll = soon.isBefore(nextPoll) || nextPoll.isBefore(clock.instant()) ? soon : nextPoll;
                }
                Instant now = clock.instant();
                for (Timed next = timed.peek(); next != null && !next.at().isAfter(now); next = timed.peek()) {
                    due.add(next.task());
                    timed.remove();
                }
            }
            deadline = round(hints, due);
        }
    }

    private Instant round(Set<K> hints, List<Runnable> due) {
        try {
            due.forEach(Runnable::run);
            if (!hints.isEmpty()) {
                rounds.poll(hints);
            }
            if (!clock.instant().isBefore(nextPoll) && !rounds.isIdle()) {
                boolean changed = rounds.pollAll();
                interval = changed ? settings.pollInterval() : grown(interval);
                nextPoll = clock.instant().plus(jittered(interval));
            }
            return rounds.tick().orElse(Instant.MAX);
        } catch (RuntimeException e) {
            // A round that fails must not end tracking: every execution of the connection depends on this thread.
            LOG.warn("a tracking round failed and is repeated", e);
            nextPoll = clock.instant().plus(settings.maxPollInterval());
            return Instant.MAX;
        }
    }

    /** Waits until there is something to do; false once closed. */
    private boolean await(Instant deadline) {
        while (!closed) {
            if (awake || !hinted.isEmpty()) {
                return true;
            }
            Instant wakeAt = rounds.isIdle() || deadline.isBefore(nextPoll) ? deadline : nextPoll;
            Timed first = timed.peek();
            if (first != null && first.at().isBefore(wakeAt)) {
                wakeAt = first.at();
            }
            Instant now = clock.instant();
            if (!now.isBefore(wakeAt)) {
                return true;
            }
            try {
                // A minute at most, so that a changed wall clock cannot hold a deadline back for long.
                long millis = wakeAt.isAfter(now.plusSeconds(60))
                        ? 60_000
                        : Duration.between(now, wakeAt).toMillis() + 1;
                lock.wait(millis);
            } catch (InterruptedException e) {
                return false;
            }
        }
        return false;
    }

    private Duration grown(Duration current) {
        Duration next = current.multipliedBy(3).dividedBy(2);
        return next.compareTo(settings.maxPollInterval()) > 0 ? settings.maxPollInterval() : next;
    }

    private static Duration jittered(Duration base) {
        long millis = base.toMillis();
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(-millis / 10, millis / 10 + 1));
    }

    @Override
    public void close() {
        Thread running;
        synchronized (lock) {
            closed = true;
            running = thread;
            lock.notifyAll();
        }
        if (running != null) {
            running.interrupt();
        }
    }
}
