package io.portolan.spi;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * How often the platform takes some logical calls: core waits its turn instead of being refused.
 *
 * @param name for example {@code RunTask}
 * @param operations what shares the limit: logical calls, for example {@code jobs.launch} and {@code jobs.stop}, or requests that the
 *     driver waits for through {@link RequestLimits}, for example {@code ecs:RunTask}
 * @param permits how many calls
 * @param period in which time
 */
public record RateLimit(String name, Set<String> operations, int permits, Duration period) {
    /**
     * Copies the operations.
     *
     * @throws IllegalArgumentException if permits or period are not positive
     */
    public RateLimit {
        Objects.requireNonNull(name, "name");
        operations = Set.copyOf(operations);
        if (permits < 1 || period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException(
                    "rate limit '" + name + "' was " + permits + " in " + period + " but both must be positive");
        }
    }
}
