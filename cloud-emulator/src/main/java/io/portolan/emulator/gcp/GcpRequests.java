package io.portolan.emulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The calls that Google Cloud has seen, those that failed among them. Several threads may use it. */
public final class GcpRequests {
    // Enough for a test to read, and little enough for a soak test.
    private static final int KEPT = 10_000;

    private final List<Request> kept = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    GcpRequests() {}

    /**
     * A call.
     *
     * @param method such as {@code run.jobs.create}
     * @param parameters of the path and the query
     * @param body as it was sent, with enums as names or numbers
     */
    public record Request(String method, Map<String, String> parameters, JsonNode body) {
        /** The body may hold secrets. */
        @Override
        public String toString() {
            return method + parameters;
        }
    }

    /**
     * How often a method was called.
     *
     * @param method such as {@code run.jobs.create}
     * @return the number of calls
     */
    public synchronized int count(String method) {
        return counts.getOrDefault(method, 0);
    }

    /**
     * How often each method was called.
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
     * The calls of a method.
     *
     * @param method such as {@code run.jobs.create}
     * @return in the order in which they came
     */
    public synchronized List<Request> of(String method) {
        return kept.stream().filter(request -> request.method().equals(method)).toList();
    }

    /** Forgets all calls. */
    public synchronized void clear() {
        kept.clear();
        counts.clear();
    }

    /**
     * Notes a call.
     *
     * @param method such as {@code run.jobs.create}
     * @param parameters of the path and the query
     * @param body what was sent
     */
    public synchronized void add(String method, Map<String, String> parameters, ObjectNode body) {
        counts.merge(method, 1, Integer::sum);
        if (kept.size() < KEPT) {
            kept.add(new Request(method, Map.copyOf(parameters), body.deepCopy()));
        }
    }
}
