package io.portolan.examples.weather;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts open requests, so that a stop can wait for them. The JDK's server waits its full delay even when there are none. */
final class OpenRequests {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private int open;

    void enter() {
        lock.lock();
        try {
            open++;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            open--;
            none.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when no request is open or time is up; true for the former. */
    boolean awaitNone(Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (open > 0 && left > 0) {
                left = none.awaitNanos(left);
            }
            return open == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
