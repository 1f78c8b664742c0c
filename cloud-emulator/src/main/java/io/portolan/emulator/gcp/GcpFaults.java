package io.portolan.emulator.gcp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What goes wrong in Google Cloud. Methods are named as in {@code run.jobs.create}. Several threads may use it. */
public final class GcpFaults {
    private static final String ANY = "";

    private final Map<String, Deque<GcpFault>> scripted = new HashMap<>();
    private final Map<String, List<Nth>> repeated = new HashMap<>();
    private final Map<String, Queue<ExecutionOutcome>> executions = new HashMap<>();
    private final Map<String, Queue<RevisionFailure>> revisions = new HashMap<>();
    private @Nullable Chance chance;
    private Duration slowOperations = Duration.ZERO;
    private Duration logLag = Duration.ZERO;

    GcpFaults() {}

    /**
     * Lets the next calls of a method go wrong.
     *
     * @param method its name
     * @param fault what goes wrong
     * @param times for how many calls
     * @return this
     */
    public synchronized GcpFaults next(String method, GcpFault fault, int times) {
        Deque<GcpFault> waiting = scripted.computeIfAbsent(method, key -> new ArrayDeque<>());
        for (int i = 0; i < times; i++) {
            waiting.add(fault);
        }
        return this;
    }

    /**
     * Lets the next call of a method go wrong.
     *
     * @param method its name
     * @param fault what goes wrong
     * @return this
     */
    public GcpFaults next(String method, GcpFault fault) {
        return next(method, fault, 1);
    }

    /**
     * Lets every nth call of a method go wrong, from now on.
     *
     * @param method its name
     * @param nth 1 for every call
     * @param fault what goes wrong
     * @return this
     */
    public synchronized GcpFaults every(String method, int nth, GcpFault fault) {
        if (nth < 1) {
            throw new IllegalArgumentException("nth must be at least 1");
        }
        repeated.computeIfAbsent(method, key -> new ArrayList<>()).add(new Nth(nth, fault));
        return this;
    }

    /**
     * Lets calls go wrong at random, which a seed makes repeatable.
     *
     * @param seed of the randomness
     * @param probability of a call to go wrong
     * @param methods which ones, all if empty
     * @param faults what goes wrong, one of these
     * @return this
     */
    public synchronized GcpFaults random(long seed, double probability, Set<String> methods, GcpFault... faults) {
        chance = new Chance(new Random(seed), probability, Set.copyOf(methods), List.of(faults));
        return this;
    }

    /**
     * How much longer operations take from now on.
     *
     * @param time on the emulator's clock
     * @return this
     */
    public synchronized GcpFaults slowOperations(Duration time) {
        slowOperations = time;
        return this;
    }

    /**
     * How long the log entries that come from now on stay invisible to readers.
     *
     * @param lag after they came, on the emulator's clock
     * @return this
     */
    public synchronized GcpFaults logLag(Duration lag) {
        logLag = lag;
        return this;
    }

    /**
     * What becomes of the next executions, one after the other.
     *
     * @param next their outcomes
     * @return this
     */
    public GcpFaults nextExecution(ExecutionOutcome... next) {
        return nextExecutionOf(ANY, next);
    }

    /**
     * What becomes of the next executions of a job, one after the other.
     *
     * @param job its short name
     * @param next their outcomes
     * @return this
     */
    public synchronized GcpFaults nextExecutionOf(String job, ExecutionOutcome... next) {
        executions.computeIfAbsent(job, key -> new ArrayDeque<>()).addAll(List.of(next));
        return this;
    }

    /**
     * Why the next revisions do not become ready, one after the other.
     *
     * @param next their failures
     * @return this
     */
    public GcpFaults nextRevision(RevisionFailure... next) {
        return nextRevisionOf(ANY, next);
    }

    /**
     * Why the next revisions of a service do not become ready, one after the other.
     *
     * @param service its short name
     * @param next their failures
     * @return this
     */
    public synchronized GcpFaults nextRevisionOf(String service, RevisionFailure... next) {
        revisions.computeIfAbsent(service, key -> new ArrayDeque<>()).addAll(List.of(next));
        return this;
    }

    /** Lets all go well again. */
    public synchronized void clear() {
        scripted.clear();
        repeated.clear();
        executions.clear();
        revisions.clear();
        chance = null;
        slowOperations = Duration.ZERO;
        logLag = Duration.ZERO;
    }

    /**
     * Takes what goes wrong with a call.
     *
     * @param method of the call
     * @return the fault, empty if it goes well
     */
    public synchronized Optional<GcpFault> take(String method) {
        GcpFault every = null;
        for (Nth nth : repeated.getOrDefault(method, List.of())) {
            every = nth.isDue() ? nth.fault : every;
        }
        Deque<GcpFault> waiting = scripted.get(method);
        GcpFault next = waiting == null ? null : waiting.poll();
        if (next == null) {
            next = every;
        }
        if (next == null && chance != null) {
            next = chance.draw(method);
        }
        return Optional.ofNullable(next);
    }

    /**
     * Takes what becomes of a new execution.
     *
     * @param job its short name
     * @return the outcome
     */
    public synchronized ExecutionOutcome takeExecution(String job) {
        return take(executions, job).orElse(ExecutionOutcome.normal());
    }

    /**
     * Takes why a new revision does not become ready.
     *
     * @param service its short name
     * @return the failure, empty if it becomes ready
     */
    public synchronized Optional<RevisionFailure> takeRevision(String service) {
        return take(revisions, service);
    }

    /**
     * How much longer operations take.
     *
     * @return the time on the emulator's clock
     */
    public synchronized Duration slowOperations() {
        return slowOperations;
    }

    /**
     * How long new log entries stay invisible.
     *
     * @return the time on the emulator's clock
     */
    public synchronized Duration logLag() {
        return logLag;
    }

    private static <T> Optional<T> take(Map<String, Queue<T>> waiting, String name) {
        for (String key : List.of(name, ANY)) {
            Queue<T> queue = waiting.get(key);
            T next = queue == null ? null : queue.poll();
            if (next != null) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    private static final class Nth {
        private final int nth;
        private final GcpFault fault;
        private int calls;

        Nth(int nth, GcpFault fault) {
            this.nth = nth;
            this.fault = fault;
        }

        boolean isDue() {
            calls++;
            return calls % nth == 0;
        }
    }

    private record Chance(Random random, double probability, Set<String> methods, List<GcpFault> faults) {
        @Nullable
        GcpFault draw(String method) {
            boolean meant = methods.isEmpty() || methods.contains(method);
            if (!meant || faults.isEmpty() || random.nextDouble() >= probability) {
                return null;
            }
            return faults.get(random.nextInt(faults.size()));
        }
    }
}
