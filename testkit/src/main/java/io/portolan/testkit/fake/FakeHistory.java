package io.portolan.testkit.fake;

import io.portolan.id.AttemptKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What providers asked of a {@link FakePlatform}: which calls, how often, with batches of which size. Thread-safe. */
public final class FakeHistory {
    private final Map<FakeOperation, Integer> calls = new EnumMap<>(FakeOperation.class);
    private final List<Integer> describeBatches = new ArrayList<>();
    private int total;

    FakeHistory() {}

    /**
     * One attempt, as the platform counted it.
     *
     * @param key its identity
     * @param launchCalls how often it was asked for
     * @param starts how many processes were started for it; more than 1 would break the contract
     */
    public record Attempt(AttemptKey key, int launchCalls, int starts) {}

    synchronized void count(FakeOperation operation) {
        calls.merge(operation, 1, Integer::sum);
        total++;
    }

    synchronized void described(int size) {
        describeBatches.add(size);
    }

    /**
     * How often an operation was called, failed calls included.
     *
     * @param operation which
     * @return 0 or more
     */
    public synchronized int calls(FakeOperation operation) {
        return calls.getOrDefault(operation, 0);
    }

    /**
     * How many calls there were of any operation.
     *
     * @return 0 or more
     */
    public synchronized int calls() {
        return total;
    }

    /**
     * How many attempts or executions each describe call asked for.
     *
     * @return in the order of the calls
     */
    public synchronized List<Integer> describeBatches() {
        return List.copyOf(describeBatches);
    }

    /** Counts from zero again. */
    public synchronized void clear() {
        calls.clear();
        describeBatches.clear();
        total = 0;
    }
}
