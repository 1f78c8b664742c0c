package io.portolan.emulator.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The calls that AWS has seen, those that failed among them. Several threads may use it. */
public final class AwsRequests {
    // Enough for a test to read, and little enough for a soak test.
    private static final int KEPT = 10_000;

    private final List<Request> kept = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    AwsRequests() {}

    /**
     * A call.
     *
     * @param operation such as {@code ecs:RunTask}
     * @param input what was sent
     */
    public record Request(String operation, JsonNode input) {
        /** The input may hold secrets. */
        @Override
        public String toString() {
            return operation;
        }
    }

    /**
     * How often an operation was called.
     *
     * @param operation such as {@code ecs:RunTask}
     * @return the number of calls
     */
    public synchronized int count(String operation) {
        return counts.getOrDefault(operation, 0);
    }

    /**
     * How often each operation was called.
     *
     * @return the numbers of calls
     */
    public synchronized Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    /**
     * The first 10,000 calls.
     *
     * @return in the order in which they came
     */
    public synchronized List<Request> all() {
        return List.copyOf(kept);
    }

    /**
     * The calls of an operation.
     *
     * @param operation such as {@code ecs:RunTask}
     * @return what was sent, in the order in which it came
     */
    public synchronized List<JsonNode> of(String operation) {
        return kept.stream()
                .filter(request -> request.operation().equals(operation))
                .map(Request::input)
                .toList();
    }

    /** Forgets all calls. */
    public synchronized void clear() {
        kept.clear();
        counts.clear();
    }

    /**
     * Notes a call.
     *
     * @param operation such as {@code ecs:RunTask}
     * @param input what was sent
     */
    public synchronized void add(String operation, ObjectNode input) {
        counts.merge(operation, 1, Integer::sum);
        if (kept.size() < KEPT) {
            kept.add(new Request(operation, input.deepCopy()));
        }
    }
}
