package io.portolan.benchmarks.tracking;

import io.portolan.testkit.fake.FakeHistory;
import java.time.Duration;
import java.util.List;

/**
 * How often the SDK looked at everything that runs. One look is as many describe calls as it takes to ask for all executions once.
 *
 * @param callsEach how many describe calls one look took
 * @param perSecond how many looks there were in a second
 */
record Looks(double callsEach, double perSecond) {

    /**
     * Waits for some looks. The time is taken from one look to another, so that nothing is cut off at the ends.
     *
     * @param history what the platform was asked
     * @param executions how many run
     * @param count how many looks to wait for
     */
    static Looks watch(FakeHistory history, int executions, int count) throws InterruptedException {
        history.clear();
        TrackingCost.await(() -> asked(history) >= 2L * executions);
        history.clear(); // the first looks still have those apart that were launched apart
        TrackingCost.await(() -> asked(history) >= executions);
        long start = System.nanoTime();
        long before = asked(history);
        TrackingCost.await(() -> asked(history) >= before + (long) count * executions);
        double seconds = (System.nanoTime() - start) / 1e9;
        List<Integer> batches = history.describeBatches();
        double looks = asked(history) * 1.0 / executions;
        return new Looks(batches.size() / looks, count / seconds);
    }

    double in(Duration interval) {
        return perSecond * interval.toMillis() / 1000.0;
    }

    private static long asked(FakeHistory history) {
        return history.describeBatches().stream().mapToLong(Integer::longValue).sum();
    }
}
