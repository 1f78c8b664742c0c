package io.portolan.internal.call;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A logical call, as errors and limits name it.
 *
 * @param name for example {@code jobs.launch}
 * @param resource what it is about, null for nothing in particular
 * @param isIdempotent whether it may be repeated when nobody knows if it had its effect
 */
public record Operation(String name, @Nullable String resource, boolean isIdempotent) {
    /** Checks for null. */
    public Operation {
        Objects.requireNonNull(name, "name");
    }

    /**
     * A call that carries its identity, so that repeating it cannot do its work twice.
     *
     * @param name for example {@code jobs.launch}
     * @param resource what it is about, null for nothing in particular
     * @return the operation
     */
    public static Operation idempotent(String name, @Nullable String resource) {
        return new Operation(name, resource, true);
    }

    /**
     * A call that must not be repeated when its outcome is unknown.
     *
     * @param name for example {@code images.copy}
     * @param resource what it is about, null for nothing in particular
     * @return the operation
     */
    public static Operation once(String name, @Nullable String resource) {
        return new Operation(name, resource, false);
    }
}
