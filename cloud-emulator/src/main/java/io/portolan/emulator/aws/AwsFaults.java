package io.portolan.emulator.aws;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What goes wrong in AWS. Operations are named as in {@code ecs:RunTask}. Several threads may use it. */
public final class AwsFaults {
    /** What may go wrong at random. */
    public enum RandomKind {
        /** The call is throttled. */
        THROTTLE,
        /** The call takes effect, and its answer is lost. */
        LOSE_RESPONSE,
        /** The service has an error. */
        SERVER_ERROR
    }

    private static final String ANY_FAMILY = "";

    private final Map<String, Deque<AwsFault>> scripted = new HashMap<>();
    private final Map<String, Queue<TaskOutcome>> outcomes = new HashMap<>();
    private @Nullable Chance chance;
    private Duration missingWindow = Duration.ZERO;

    AwsFaults() {}

    /**
     * Throttles an operation.
     *
     * @param operation its name
     * @param times for how many calls
     * @return this
     */
    public AwsFaults throttle(String operation, int times) {
        return add(operation, AwsFault.throttled(), times);
    }

    /**
     * Throttles an operation in the disguise of a wrong parameter.
     *
     * @param operation its name
     * @param times for how many calls
     * @return this
     */
    public AwsFaults wrappedThrottle(String operation, int times) {
        return error(
                operation,
                "InvalidParameterException",
                "Error retrieving subnet information for [subnet-0a1b2c3d]: Rate exceeded (ErrorCode: Throttling)",
                times);
    }

    /**
     * Refuses an operation since others register the same family.
     *
     * @param operation its name
     * @param times for how many calls
     * @return this
     */
    public AwsFaults tooManyConcurrent(String operation, int times) {
        return error(
                operation,
                "ClientException",
                "Too many concurrent attempts to create a new revision of the specified family.",
                times);
    }

    /**
     * Loses the answers of an operation that takes effect.
     *
     * @param operation its name
     * @param times for how many calls
     * @return this
     */
    public AwsFaults loseResponse(String operation, int times) {
        return add(operation, AwsFault.lostResponse(), times);
    }

    /**
     * Answers an operation with an error of the service, status 500.
     *
     * @param operation its name
     * @param times for how many calls
     * @return this
     */
    public AwsFaults serverError(String operation, int times) {
        return add(operation, AwsFault.serverError(), times);
    }

    /**
     * Answers an operation with an error, status 400.
     *
     * @param operation its name
     * @param type such as {@code AccessDeniedException}
     * @param message the service's words
     * @param times for how many calls
     * @return this
     */
    public AwsFaults error(String operation, String type, String message, int times) {
        return add(operation, new AwsFault(AwsFault.Kind.ERROR, 400, type, message), times);
    }

    /**
     * Answers an operation with status 200, but with nothing done and a failure.
     *
     * @param operation its name
     * @param reason such as {@code RESOURCE:MEMORY}
     * @param detail more, null for none
     * @param times for how many calls
     * @return this
     */
    public AwsFaults failures(String operation, String reason, @Nullable String detail, int times) {
        return add(operation, new AwsFault(AwsFault.Kind.FAILURES, 200, reason, detail == null ? "" : detail), times);
    }

    /**
     * For how long a new task is unknown to DescribeTasks and ListTasks.
     *
     * @param window after RunTask
     * @return this
     */
    public synchronized AwsFaults missingWindow(Duration window) {
        missingWindow = window;
        return this;
    }

    /**
     * Lets calls go wrong at random, which a seed makes repeatable.
     *
     * @param seed of the randomness
     * @param probability of a call to go wrong
     * @param operations which ones, all if empty
     * @param kinds in which ways
     * @return this
     */
    public synchronized AwsFaults random(long seed, double probability, Set<String> operations, RandomKind... kinds) {
        chance = new Chance(new Random(seed), probability, Set.copyOf(operations), List.of(kinds));
        return this;
    }

    /**
     * Lets calls of all operations go wrong at random, which a seed makes repeatable.
     *
     * @param seed of the randomness
     * @param probability of a call to go wrong
     * @param kinds in which ways
     * @return this
     */
    public AwsFaults random(long seed, double probability, RandomKind... kinds) {
        return random(seed, probability, Set.of(), kinds);
    }

    /**
     * What becomes of the next tasks, one after the other.
     *
     * @param next their outcomes
     * @return this
     */
    public AwsFaults nextTask(TaskOutcome... next) {
        return nextTaskOf(ANY_FAMILY, next);
    }

    /**
     * What becomes of the next tasks of a family, one after the other.
     *
     * @param family of their definitions
     * @param next their outcomes
     * @return this
     */
    public synchronized AwsFaults nextTaskOf(String family, TaskOutcome... next) {
        outcomes.computeIfAbsent(family, key -> new ArrayDeque<>()).addAll(List.of(next));
        return this;
    }

    /** Lets all go well again. */
    public synchronized void clear() {
        scripted.clear();
        outcomes.clear();
        chance = null;
        missingWindow = Duration.ZERO;
    }

    /**
     * Takes what goes wrong with a call.
     *
     * @param operation of the call
     * @return the fault, empty if it goes well
     */
    public synchronized Optional<AwsFault> take(String operation) {
        Deque<AwsFault> waiting = scripted.get(operation);
        AwsFault next = waiting == null ? null : waiting.poll();
        if (next == null && chance != null) {
            next = chance.draw(operation);
        }
        return Optional.ofNullable(next);
    }

    /**
     * Takes what becomes of a new task.
     *
     * @param family of its definition
     * @return the outcome
     */
    public synchronized TaskOutcome takeOutcome(String family) {
        for (String key : List.of(family, ANY_FAMILY)) {
            Queue<TaskOutcome> waiting = outcomes.get(key);
            TaskOutcome next = waiting == null ? null : waiting.poll();
            if (next != null) {
                return next;
            }
        }
        return TaskOutcome.normal();
    }

    /**
     * For how long a new task is unknown.
     *
     * @return the time after RunTask
     */
    public synchronized Duration missingWindow() {
        return missingWindow;
    }

    private synchronized AwsFaults add(String operation, AwsFault fault, int times) {
        Deque<AwsFault> waiting = scripted.computeIfAbsent(operation, key -> new ArrayDeque<>());
        for (int i = 0; i < times; i++) {
            waiting.add(fault);
        }
        return this;
    }

    private record Chance(Random random, double probability, Set<String> operations, List<RandomKind> kinds) {
        @Nullable
        AwsFault draw(String operation) {
            boolean meant = operations.isEmpty() || operations.contains(operation);
            if (!meant || kinds.isEmpty() || random.nextDouble() >= probability) {
                return null;
            }
            return switch (kinds.get(random.nextInt(kinds.size()))) {
                case THROTTLE -> AwsFault.throttled();
                case LOSE_RESPONSE -> AwsFault.lostResponse();
                case SERVER_ERROR -> AwsFault.serverError();
            };
        }
    }
}
