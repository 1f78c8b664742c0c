package io.portolan.gcp.internal.client;

import com.google.api.core.ApiFuture;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.spi.RequestLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
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
     * @throws PortolanException mapped by {@link GcpErrors}
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
     * The same for what may not be there.
     *
     * @param <T> its answer
     * @param request {@code service:Operation}, for example {@code run:GetJob}
     * @param resource what it is about, for errors
     * @param call sends it
     * @return the answer, empty for NOT_FOUND
     * @throws PortolanException mapped by {@link GcpErrors}
     */
    public <T> Optional<T> find(String request, String resource, Supplier<ApiFuture<T>> call) {
        try {
            return Optional.of(call(request, resource, call));
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * All items of a list that comes in pages.
     *
     * @param <P> a page
     * @param <T> an item
     * @param page reads the page of a token, the first of an empty one
     * @param items those of a page
     * @param next the token of the page after it, empty for none
     * @return in their order
     */
    public static <P, T> List<T> all(Function<String, P> page, Function<P, List<T>> items, Function<P, String> next) {
        List<T> all = new ArrayList<>();
        String token = "";
        do {
            P read = page.apply(token);
            all.addAll(items.apply(read));
            token = next.apply(read);
        } while (!token.isEmpty());
        return all;
    }

    /**
     * Makes one request without the vendor's client.
     *
     * @param <T> its answer
     * @param request {@code service:Operation}, for example {@code logging:ListLogEntries}
     * @param resource what it is about, for errors
     * @param call sends it and blocks for the answer
     * @return the answer
     * @throws PortolanException mapped by {@link GcpErrors}
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
