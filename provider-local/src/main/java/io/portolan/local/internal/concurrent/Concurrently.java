package io.portolan.local.internal.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Runs a few blocking calls at the same time, on threads that end with the last of them. */
public final class Concurrently {
    private static final int AT_ONCE = 8;

    private final ThreadFactory threads;

    /**
     * For a few calls at a time.
     *
     * @param threads makes the threads
     */
    public Concurrently(ThreadFactory threads) {
        this.threads = threads;
    }

    /**
     * Runs all, and returns when all have ended, also after an error or an interrupt: nothing goes on behind the caller's back.
     *
     * @param <T> what a call gives
     * @param calls what to run
     * @return the results, in the order of the calls
     * @throws RuntimeException the first error, with the others suppressed; CANCELLED after an interrupt
     */
    public <T> List<T> run(List<Supplier<T>> calls) {
        if (calls.size() == 1) {
            return List.of(calls.get(0).get());
        }
        if (calls.isEmpty()) {
            return List.of();
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(AT_ONCE, calls.size()), threads);
        try {
            return results(pool.invokeAll(
                    calls.stream().map(call -> (Callable<T>) call::get).toList()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Waiting.cancelled();
        } finally {
            pool.shutdownNow();
            Uninterrupted.run(() -> awaitEnd(pool));
        }
    }

    private static <T> List<T> results(List<Future<T>> futures) throws InterruptedException {
        List<T> results = new ArrayList<>();
        RuntimeException failure = null;
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                RuntimeException next =
                        e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
                if (failure == null) {
                    failure = next;
                } else {
                    failure.addSuppressed(next);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private static void awaitEnd(ExecutorService pool) {
        try {
            if (!pool.awaitTermination(5, TimeUnit.MINUTES)) {
                throw new IllegalStateException("calls to the engine did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
