package io.portolan.spi;

/**
 * The request buckets of the platform, for a driver that makes several requests in one logical call. Core holds the buckets, as the provider
 * names them in {@link CloudProvider#rateLimits()}; one connection shares them.
 */
@FunctionalInterface
public interface RequestLimits {
    /** No limits. */
    RequestLimits NONE = operation -> {};

    /**
     * Waits for the turn of a request. An interrupt ends the wait and stays set: the request that follows fails by it.
     *
     * @param operation as a {@link RateLimit} names it, for example {@code ecs:RunTask}; one that no limit names never waits
     */
    void await(String operation);
}
