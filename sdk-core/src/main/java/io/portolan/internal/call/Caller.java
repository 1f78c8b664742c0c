package io.portolan.internal.call;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.portolan.config.EngineSettings;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.Retryability;
import io.portolan.id.ProviderId;
import io.portolan.spi.RateLimit;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes every logical call to a driver: waits for a permit, repeats what may be repeated, stops calling for a while what does not answer,
 * and says in each error who was called, for what and how often. Thread-safe; one per connection.
 *
 * <p>Repeated are errors with {@link Retryability#YES}, and those with {@link Retryability#UNKNOWN_OUTCOME} where the operation carries its
 * identity. Nothing else in this SDK repeats a call.
 */
public final class Caller {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration BREAK = Duration.ofSeconds(5);
    private static final int BREAK_AFTER = 20;

    private final String provider;
    private final EngineSettings settings;
    private final Retry safeRetry;
    private final Retry idempotentRetry;
    private final Map<Traffic, CircuitBreaker> breakers = new EnumMap<>(Traffic.class);
    private final Map<String, RateLimiter> limiters = new HashMap<>();

    /**
     * A caller of one connection.
     *
     * @param provider who is called
     * @param settings attempts and backoff
     * @param limits the platform's request buckets
     */
    public Caller(ProviderId provider, EngineSettings settings, List<RateLimit> limits) {
        this.provider = provider.value();
        this.settings = settings;
        this.safeRetry = retry("safe", e -> e.retryability() == Retryability.YES);
        this.idempotentRetry = retry("idempotent", e -> e.retryability() != Retryability.NO);
        for (Traffic traffic : Traffic.values()) {
            breakers.put(traffic, breaker(traffic));
        }
        limits.forEach(this::limit);
    }

    /**
     * Makes a call. Blocks for as long as it takes, repeats included.
     *
     * @param <T> what comes out
     * @param traffic its kind
     * @param operation how errors name it
     * @param call the call to the driver
     * @return what the driver gave
     * @throws PortolanException with provider, operation, resource and the number of attempts
     */
    public <T> T call(Traffic traffic, Operation operation, Supplier<T> call) {
        int[] attempts = {0};
        CircuitBreaker breaker = breakers.get(traffic);
        Supplier<T> once = () -> {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(operation);
            }
            awaitPermit(operation.name());
            attempts[0]++;
            return breaker == null ? call.get() : breaker.executeSupplier(call);
        };
        try {
            return (operation.isIdempotent() ? idempotentRetry : safeRetry).executeSupplier(() -> mapped(once));
        } catch (PortolanException e) {
            throw decorated(e, operation, attempts[0]);
        }
    }

    /**
     * Waits for the turn of a call or a request of the driver, where a limit names it.
     *
     * @param operation a logical call or a request
     */
    public void awaitPermit(String operation) {
        RateLimiter limiter = limiters.get(operation);
        if (limiter != null) {
            RateLimiter.waitForPermission(limiter);
        }
    }

    private <T> T mapped(Supplier<T> call) {
        try {
            return call.get();
        } catch (PortolanException e) {
            throw e;
        } catch (CallNotPermittedException e) {
            throw PortolanException.builder(
                            ErrorCode.UNAVAILABLE,
                            "provider '" + provider + "' did not answer the last " + BREAK_AFTER
                                    + " calls of this kind, so calls are paused for " + BREAK.toSeconds()
                                    + " s; see whether it can be reached")
                    .retryAfter(BREAK)
                    .build();
        } catch (RuntimeException e) {
            // A driver that lets a vendor's exception through has a gap in its mapper: nobody knows whether a repeat is
            // safe.
            throw PortolanException.builder(ErrorCode.UNKNOWN, "the call failed in a way that is not mapped: " + e)
                    .nativeCode(e.getClass().getName())
                    .cause(e)
                    .build();
        }
    }

    private PortolanException decorated(PortolanException error, Operation operation, int attempts) {
        boolean hasOwnContext = error.getClass() != PortolanException.class;
        if (hasOwnContext) {
            return error;
        }
        if (Thread.currentThread().isInterrupted() && error.code() != ErrorCode.CANCELLED) {
            return interrupted(operation);
        }
        return error.toBuilder()
                .provider(provider)
                .operation(error.operation().orElse(operation.name()))
                .resource(error.resource().orElse(operation.resource()))
                .attempts(attempts)
                .build();
    }

    private PortolanException interrupted(Operation operation) {
        return PortolanException.builder(
                        ErrorCode.CANCELLED,
                        "the thread was interrupted during " + operation.name() + "; what was started goes on")
                .provider(provider)
                .operation(operation.name())
                .resource(operation.resource())
                .build();
    }

    private Retry retry(String name, Predicate<PortolanException> repeatable) {
        return Retry.of(
                provider + "-" + name,
                RetryConfig.<Object>custom()
                        .maxAttempts(settings.maxCallAttempts())
                        .retryOnException(e -> e instanceof PortolanException known
                                && repeatable.test(known)
                                && !Thread.currentThread().isInterrupted())
                        .intervalBiFunction(this::waitMillis)
                        .build());
    }

    /** What the provider asks for, or else a backoff that doubles; with jitter, so that many callers do not come back together. */
    private long waitMillis(int attempt, Either<Throwable, Object> outcome) {
        Duration asked = outcome.isLeft() && outcome.getLeft() instanceof PortolanException e
                ? e.retryAfter().orElse(null)
                : null;
        long base = wait(asked, attempt).toMillis();
        return base + ThreadLocalRandom.current().nextLong(base / 2 + 1);
    }

    private Duration wait(@Nullable Duration asked, int attempt) {
        Duration backoff = settings.callBackoff().multipliedBy(1L << Math.min(attempt - 1, 20));
        Duration wait = asked == null ? backoff : asked;
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private CircuitBreaker breaker(Traffic traffic) {
        return CircuitBreaker.of(
                provider + "-" + traffic,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(BREAK_AFTER)
                        .minimumNumberOfCalls(BREAK_AFTER)
                        .failureRateThreshold(100)
                        .waitDurationInOpenState(BREAK)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .recordException(Caller::showsThatNobodyAnswers)
                        .build());
    }

    private static boolean showsThatNobodyAnswers(Throwable error) {
        return error instanceof PortolanException e
                && (e.code() == ErrorCode.UNAVAILABLE
                        || e.code() == ErrorCode.TIMEOUT
                        || e.code() == ErrorCode.PROVIDER_ERROR);
    }

    private void limit(RateLimit limit) {
        RateLimiter limiter = RateLimiter.of(
                provider + "-" + limit.name(),
                RateLimiterConfig.custom()
                        .limitForPeriod(limit.permits())
                        .limitRefreshPeriod(limit.period())
                        .timeoutDuration(Duration.ofHours(1))
                        .build());
        limit.operations().forEach(operation -> limiters.put(operation, limiter));
    }
}
