package io.portolan.benchmarks.rounds;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** One way to do a piece of work. May be called from several threads at once. */
public interface Contender extends AutoCloseable {
    /**
     * What it is called in the report.
     *
     * @return a few words
     */
    String name();

    /**
     * Does the work once, from the beginning to the removal of what it made.
     *
     * @throws Exception if it did not succeed
     */
    void once() throws Exception;

    /**
     * Does the work many times at once, and returns when all is done.
     *
     * @param times how often
     * @param threads at least as many
     * @throws Exception if one of them did not succeed
     */
    default void atOnce(int times, ExecutorService threads) throws Exception {
        Callable<Void> once = () -> {
            once();
            return null;
        };
        for (Future<Void> end : threads.invokeAll(Collections.nCopies(times, once))) {
            end.get();
        }
    }

    /** Gives back what it holds. */
    @Override
    default void close() {}
}
