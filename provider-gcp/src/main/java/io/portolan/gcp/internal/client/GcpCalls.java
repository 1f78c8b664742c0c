package io.portolan.gcp.internal.client;

import com.google.api.core.ApiFuture;
import io.portolan.spi.RequestLimits;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Makes each request to Google Cloud: in its turn, and with its errors mapped. Repeats nothing. Thread-safe. */
public final class GcpCalls {
    private final RequestLimits limits;

    /**
     * Calls within limits.
     *
     * @param limits the request buckets
     */
    public GcpCalls(RequestLimits limits) {
        this.limits = limits;
    }

    /**
     * Makes one request by the vendor's client and waits for its answer. The future of a plain callable is wanted, for example of {@code
     * getJobCallable()}: that of an operation waits for minutes and then gives up. An interrupt ends the wait, which the client's own
     * blocking methods do not.
     *
     * @param <T> its answer
     * @param request {@code service:Operation}, for example {@code run:CreateJob}
     * @param resource what it is about, for errors
     * @param call sends it
     * @return the answer
     * @throws io.portolan.error.PortolanException mapped by {@link GcpErrors}
     */
    public <T> T call(String request, String resource, Supplier<ApiFuture<T>> call) {
        limits.await(request);
        try {
            return answer(call.get());
        } catch (RuntimeException e) {
            throw GcpErrors.map(e, request, resource);
        }
    }

    /**
     * Makes one request without the vendor's client.
     *
     * @param <T> its answer
     * @param request {@code service:Operation}, for example {@code logging:ListLogEntries}
     * @param resource what it is about, for errors
     * @param call sends it and blocks for the answer
     * @return the answer
     * @throws io.portolan.error.PortolanException mapped by {@link GcpErrors}
     */
    public <T> T blocking(String request, String resource, Callable<T> call) {
        limits.await(request);
        try {
            return call.call();
        } catch (IOException e) {
            throw GcpErrors.broken(e, request, resource);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GcpErrors.map(new CancelledCall(e), request, resource);
        } catch (RuntimeException e) {
            throw GcpErrors.map(e, request, resource);
        } catch (Exception e) {
            throw GcpErrors.map(new IllegalStateException(e), request, resource);
        }
    }

    private static <T> T answer(ApiFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancelledCall(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private static final class CancelledCall extends CancellationException {
        private static final long serialVersionUID = 1L;

        CancelledCall(InterruptedException cause) {
            super("interrupted");
            initCause(cause);
        }
    }
}
