package io.portolan.internal;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The two ways to wait for an end that the SDK knows: blocking, and as a future. */
public final class Waiting {
    private Waiting() {}

    /**
     * Blocks until the end is known.
     *
     * @param <T> what comes out
     * @param done the end
     * @param atMost how long
     * @param late the error if time runs out
     * @return the end
     */
    public static <T> T await(CompletableFuture<T> done, Duration atMost, Supplier<PortolanException> late) {
        try {
            return done.get(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw late.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PortolanException.builder(
                            ErrorCode.CANCELLED, "the wait was interrupted; what was waited for goes on")
                    .cause(e)
                    .build();
        } catch (ExecutionException e) {
            // A new exception for each waiter: one thrown by several threads would carry the stack trace of none of
            // them.
            throw e.getCause() instanceof PortolanException known
                    ? known.toBuilder().build()
                    : PortolanException.builder(ErrorCode.UNKNOWN, String.valueOf(e.getCause()))
                            .cause(e.getCause())
                            .build();
        } catch (CancellationException e) {
            throw PortolanException.builder(ErrorCode.CANCELLED, "the wait was cancelled")
                    .cause(e)
                    .build();
        }
    }

    /**
     * The end as a future of its own: cancelling or completing it touches nothing else, and what hangs on it runs on the executor.
     *
     * @param <T> what comes out
     * @param done the end
     * @param executor where what hangs on the future runs
     * @return a new future
     */
    public static <T> CompletableFuture<T> detached(CompletableFuture<T> done, Executor executor) {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> unused = done.whenComplete((value, error) -> {
            Runnable complete = () -> {
                if (error == null) {
                    mine.complete(value);
                } else {
                    mine.completeExceptionally(error);
                }
            };
            try {
                executor.execute(complete);
            } catch (RejectedExecutionException e) {
                complete.run();
            }
        });
        return mine;
    }
}
