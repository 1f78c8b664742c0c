package io.portolan.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A clock that moves only when a test says so. What was scheduled on it runs on the thread that advances it, in the order of time, with the
 * clock standing at the moment that each action was scheduled for. Thread-safe.
 */
public final class ManualClock extends Clock {
    /** The first instant of a new clock, unless another is given. */
    public static final Instant DEFAULT_START = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Action> actions =
            new PriorityQueue<>(Comparator.comparing(Action::at).thenComparingLong(Action::order));
    private Instant now;
    private long order;

    private record Action(Instant at, long order, Runnable run) {}

    private ManualClock(Instant start) {
        this.now = Objects.requireNonNull(start, "start");
    }

    /**
     * A clock that stands at {@link #DEFAULT_START}.
     *
     * @return a new clock
     */
    public static ManualClock create() {
        return new ManualClock(DEFAULT_START);
    }

    /**
     * A clock that stands at an instant.
     *
     * @param start the instant
     * @return a new clock
     */
    public static ManualClock startingAt(Instant start) {
        return new ManualClock(start);
    }

    /**
     * Runs an action when the clock has reached a moment.
     *
     * @param delay from now; an action that is due already runs at the next {@link #advance}
     * @param action what to run, on the thread that advances the clock
     * @return run it to forget the action
     */
    public synchronized Runnable schedule(Duration delay, Runnable action) {
        Action scheduled = new Action(now.plus(delay), order++, Objects.requireNonNull(action, "action"));
        actions.add(scheduled);
        return () -> remove(scheduled);
    }

    private synchronized void remove(Action action) {
        actions.remove(action);
    }

    /**
     * Moves the clock, running what is due on the way, what those actions schedule included.
     *
     * @param by how far; zero runs what is due now
     * @throws IllegalArgumentException if negative
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("a clock was to go back by '" + by + "' but time only goes forward");
        }
        Instant target = instant().plus(by);
        for (Action due = next(target); due != null; due = next(target)) {
            due.run().run();
        }
    }

    private synchronized @Nullable Action next(Instant target) {
        Action first = actions.peek();
        if (first == null || first.at().isAfter(target)) {
            now = now.isAfter(target) ? now : target;
            return null;
        }
        actions.remove();
        now = now.isAfter(first.at()) ? now : first.at();
        return first;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** The same clock: instants do not depend on a zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public String toString() {
        return "ManualClock[" + instant() + "]";
    }
}
