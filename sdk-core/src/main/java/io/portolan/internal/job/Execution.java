package io.portolan.internal.job;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.id.ExecutionId;
import io.portolan.internal.Waiting;
import io.portolan.internal.log.LogTarget;
import io.portolan.run.JobExecution;
import io.portolan.run.JobResult;
import io.portolan.run.LogCursor;
import io.portolan.run.LogFollower;
import io.portolan.run.LogLine;
import io.portolan.spi.ExecutionRecord;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What both shapes of an execution share: waiting for the end, logs, removal. */
abstract class Execution implements JobExecution {
    private final EngineSupport support;
    private final ExecutionRecord execution;
    private final CompletableFuture<JobResult> done = new CompletableFuture<>();
    private volatile @Nullable PortolanException problem;

    Execution(EngineSupport support, ExecutionRecord execution) {
        this.support = support;
        this.execution = execution;
    }

    @Override
    public final ExecutionId id() {
        return execution.id();
    }

    @Override
    public final String job() {
        return execution.job();
    }

    final EngineSupport support() {
        return support;
    }

    final ExecutionRecord execution() {
        return execution;
    }

    final boolean isOver() {
        return done.isDone();
    }

    /** Keeps the last error of a call about this execution for whoever waits in vain; null when calls work again. */
    final void problem(@Nullable PortolanException error) {
        problem = error;
    }

    final void finish(JobResult result) {
        // Forgotten before its end is told: who waited for it may delete it and start another one under the same id.
        over();
        if (done.complete(result)) {
            support.logEngine().wake();
        }
    }

    final void abandon(PortolanException reason) {
        done.completeExceptionally(reason);
    }

    @Override
    public final JobResult await(Duration atMost) {
        return Waiting.await(done, atMost, this::stillRunning);
    }

    private PortolanException stillRunning() {
        PortolanException last = problem;
        String text = "execution '" + id() + "' of job '" + job() + "' is " + status().phase()
                + " and not over yet; it goes on: wait again, or cancel it";
        return PortolanException.builder(
                        ErrorCode.TIMEOUT,
                        last == null ? text : text + ". The last call about it failed: " + last.getMessage())
                .operation("jobs.await")
                .resource(id().value())
                .cause(last)
                .build();
    }

    @Override
    public final CompletableFuture<JobResult> completion() {
        return Waiting.detached(done, support.threads().callbacks());
    }

    @Override
    public final LogFollower followLogs(Consumer<LogLine> consumer) {
        return followLogs(LogCursor.START, consumer);
    }

    @Override
    public final LogFollower followLogs(LogCursor from, Consumer<LogLine> consumer) {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(consumer, "consumer");
        return support.logEngine().follow(logTarget(), from, consumer);
    }

    @Override
    public final void delete() {
        if (!isOver()) {
            throw PortolanException.builder(
                            ErrorCode.CONFLICT,
                            "execution '" + id() + "' is " + status().phase()
                                    + " and cannot be deleted; cancel it and await its end first")
                    .operation("jobs.delete")
                    .resource(id().value())
                    .build();
        }
        remove();
    }

    abstract void remove();

    abstract void over();

    abstract LogTarget logTarget();

    @Override
    public final String toString() {
        return "execution '" + id() + "' of job '" + job() + "'";
    }
}
