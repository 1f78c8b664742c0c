package io.portolan.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Stands still until it is turned. */
final class ManualClock extends EmulatorClock {
    private final PriorityQueue<Entry> queue =
            new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparingLong(Entry::number));
    private Instant now;
    private long count;

    ManualClock(Instant start) {
        now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized Scheduled schedule(Duration delay, Runnable action) {
        Entry entry = new Entry(now.plus(delay.isNegative() ? Duration.ZERO : delay), count++, action);
        queue.add(entry);
        return () -> cancel(entry);
    }

    @Override
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time goes forward only");
        }
        Instant until = instant().plus(time);
        for (Runnable next = poll(until); next != null; next = poll(until)) {
            next.run();
        }
    }

    @Override
    public boolean isManual() {
        return true;
    }

    @Override
    public synchronized void close() {
        queue.clear();
    }

    private synchronized void cancel(Entry entry) {
        queue.remove(entry);
    }

    private synchronized @Nullable Runnable poll(Instant until) {
        Entry next = queue.peek();
        if (next == null || next.due().isAfter(until)) {
            if (now.isBefore(until)) {
                now = until;
            }
            return null;
        }
        queue.remove();
        if (now.isBefore(next.due())) {
            now = next.due();
        }
        return next.action();
    }

    private record Entry(Instant due, long number, Runnable action) {}
}
