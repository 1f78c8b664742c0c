package io.portolan.aws.internal.client;

import io.portolan.spi.RequestLimits;
import java.util.function.Supplier;

/** Makes each request to AWS: in its turn, and with its errors mapped. Repeats nothing. Thread-safe. */
public final class AwsCalls {
    private final RequestLimits limits;

    /**
     * Calls within limits.
     *
     * @param limits the request buckets
     */
    public AwsCalls(RequestLimits limits) {
        this.limits = limits;
    }

    /**
     * Makes one request.
     *
     * @param <T> its answer
     * @param request {@code service:Operation}, for example {@code ecs:RunTask}
     * @param resource what it is about, for errors
     * @param call the call of the vendor's client
     * @return the answer
     * @throws io.portolan.error.PortolanException mapped by {@link AwsErrors}
     */
    public <T> T call(String request, String resource, Supplier<T> call) {
        limits.await(request);
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw AwsErrors.map(e, request, resource);
        }
    }
}
