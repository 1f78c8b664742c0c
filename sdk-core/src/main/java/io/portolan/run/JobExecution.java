package io.portolan.run;

import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One run of a job: a live handle. Thread-safe. Made by {@code cloud.jobs()}; not for implementation by users.
 *
 * <p>The execution does not depend on the handle: it goes on when the JVM ends as far as the platform carries it, and starting the same
 * execution id again attaches to it. On platforms whose jobs core drives (local, ECS, Container Instances), tasks that were not launched
 * yet wait for a JVM that attaches.
 */
public interface JobExecution {
    /**
     * The identity.
     *
     * @return the id
     */
    ExecutionId id();

    /**
     * The name of the job.
     *
     * @return the name
     */
    String job();

    /**
     * What was seen last. Does not block and makes no remote call.
     *
     * @return the status
     */
    JobStatus status();

    /**
     * Waits for the end.
     *
     * @param atMost how long; positive
     * @return how it ended
     * @throws PortolanException TIMEOUT if it is not over by then (the execution goes on; wait again or cancel), CANCELLED if this thread
     *     is interrupted or the cloud is closed, or the error that keeps the SDK from following the execution
     */
    JobResult await(Duration atMost);

    /**
     * The end as a future. It completes on a thread of the SDK: hand long work to an executor. Cancelling the future stops the waiting,
     * not the execution.
     *
     * @return a new future for each call
     */
    CompletableFuture<JobResult> completion();

    /**
     * Asks all tasks to stop and launches no more. Returns when the wish is recorded; the result then is {@link Phase#CANCELLED}, unless
     * all tasks succeed before. Idempotent; without effect after the end.
     *
     * @throws PortolanException if the provider could not be asked
     */
    void cancel();

    /**
     * Follows the log lines of all tasks and attempts from the beginning until the execution is over and drained. Lines of one attempt
     * come in their order.
     *
     * @param consumer called on one thread of the SDK, one line at a time; if it throws, following ends with that failure
     * @return close it to stop early
     */
    LogFollower followLogs(Consumer<LogLine> consumer);

    /**
     * Follows from a cursor on, for example after a restart.
     *
     * @param from what {@link LogFollower#cursor()} gave earlier
     * @param consumer as above
     * @return close it to stop early
     */
    LogFollower followLogs(LogCursor from, Consumer<LogLine> consumer);

    /**
     * Removes what the provider keeps of a finished execution: containers, records, logs as far as the provider lets us. Afterwards the id
     * is free again. Idempotent.
     *
     * @throws PortolanException CONFLICT if the execution is not over
     */
    void delete();
}
