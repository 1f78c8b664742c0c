package io.portolan.spi;

import io.portolan.error.PortolanException;
import io.portolan.id.AttemptKey;
import io.portolan.id.ExecutionId;
import io.portolan.run.AttemptStatus;
import io.portolan.run.StopReason;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A platform that runs single attempts: Docker containers, ECS tasks, container groups. Core gives tasks, parallelism, retries, timeouts
 * and cancellation on top.
 *
 * <p>The contract that makes executions run once: {@link #claim} is first-wins; {@link #launch} under one {@link AttemptKey} starts at
 * most one process ever, however often, from however many JVMs and after whatever crash it is called; what was launched is found again by
 * {@link #list}.
 */
public non-sealed interface TaskLauncher extends JobDriver {
    /**
     * Fixes the record of an execution before anything of it runs. The first caller's record stays; later callers get it back unchanged.
     * Atomic.
     *
     * @param wanted the record to keep if there is none
     * @return the record that is kept
     */
    ExecutionRecord claim(ExecutionRecord wanted);

    /**
     * The record of an execution.
     *
     * @param id the execution
     * @return empty if there is none
     */
    Optional<ExecutionRecord> find(ExecutionId id);

    /**
     * All records of the application.
     *
     * @return oldest first
     */
    List<ExecutionRecord> executions();

    /**
     * The ids of all records of the application. Overridden where ids cost fewer requests than records.
     *
     * @return oldest first
     */
    default List<ExecutionId> executionIds() {
        return executions().stream().map(ExecutionRecord::id).toList();
    }

    /**
     * Records that the user asked to cancel, so that every JVM that drives the execution launches no more. Idempotent.
     *
     * @param id a claimed execution
     */
    void markCancelled(ExecutionId id);

    /**
     * Every attempt of an execution that the platform knows.
     *
     * @param id the execution
     * @return in no particular order
     */
    List<AttemptStatus> list(ExecutionId id);

    /**
     * Starts an attempt, or finds that it was started. Returns when the platform has taken it, not when it runs.
     *
     * @param launch what to start
     * @return its status; {@code ENDED} with a failure if the platform refuses this attempt for good (image missing, no such shape), which
     *     leaves nothing behind that runs
     * @throws PortolanException if the platform could not be asked; core calls again under the same key where that can help
     */
    AttemptStatus launch(AttemptLaunch launch);

    /**
     * Looks at attempts, many with one call where the platform can.
     *
     * @param attempts at most {@link #describeBatchSize()}
     * @return one status for each, {@code GONE} for what the platform does not know
     */
    List<AttemptStatus> describe(Collection<AttemptRef> attempts);

    /**
     * How many attempts one {@link #describe} takes.
     *
     * @return 1 or more, for example 100 on ECS
     */
    int describeBatchSize();

    /**
     * Asks an attempt to stop: the request first, the kill after the grace period. The reason is recorded before anything is stopped. Does
     * not wait for the end. Idempotent.
     *
     * @param attempt which
     * @param reason why
     * @param grace time between request and kill
     */
    void stop(AttemptRef attempt, StopReason reason, Duration grace);

    /**
     * Removes all traces of an execution that is over: attempts, record. Idempotent.
     *
     * @param id the execution
     */
    void delete(ExecutionId id);

    /**
     * Tells core early that an attempt may have changed. A hint, not a truth: core describes what is hinted at, and polls all the same.
     *
     * @param changed called on a thread of the driver, quickly; must not block
     * @return close it to stop; by default a platform gives no hints
     */
    default Subscription watch(Consumer<AttemptKey> changed) {
        return () -> {};
    }

    /** Ends a {@link #watch}. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
