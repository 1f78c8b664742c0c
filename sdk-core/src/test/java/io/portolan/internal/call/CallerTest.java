package io.portolan.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.config.EngineSettings;
import io.portolan.error.ErrorCode;
import io.portolan.error.InvalidSpecException;
import io.portolan.error.PortolanException;
import io.portolan.error.Violation;
import io.portolan.id.ProviderId;
import io.portolan.spi.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The one owner of retries")
class CallerTest {
    private static final EngineSettings FAST = new EngineSettings(
            Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO, 4, Duration.ofMillis(1));
    private static final Operation IDEMPOTENT = Operation.idempotent("jobs.launch", "run/0/0");
    private static final Operation ONCE = Operation.once("images.copy", "etl:1");

    private final Caller caller = new Caller(ProviderId.LOCAL, FAST, List.of());
    private final AtomicInteger calls = new AtomicInteger();

    private Supplier<String> failing(ErrorCode code, int times) {
        return () -> {
            if (calls.getAndIncrement() < times) {
                throw new PortolanException(code, code + " for a test");
            }
            return "done";
        };
    }

    @Test
    void call_retryableError_isRepeatedUntilItWorks() {
        assertThat(caller.call(Traffic.SUBMIT, ONCE, failing(ErrorCode.THROTTLED, 3)))
                .isEqualTo("done");
        assertThat(calls).hasValue(4);
    }

    @Test
    void call_retryableErrorForEver_givesUpAfterTheConfiguredAttempts() {
        PortolanException error = catchThrowableOfType(
                PortolanException.class,
                () -> caller.call(Traffic.SUBMIT, IDEMPOTENT, failing(ErrorCode.THROTTLED, 99)));

        assertThat(calls).hasValue(4);
        assertThat(error.attempts()).isEqualTo(4);
        assertThat(error.code()).isEqualTo(ErrorCode.THROTTLED);
        assertThat(error.provider()).hasValue("local");
        assertThat(error.operation()).hasValue("jobs.launch");
        assertThat(error.resource()).hasValue("run/0/0");
    }

    @Test
    void call_unknownOutcome_isRepeatedOnlyUnderAnIdentity() {
        assertThat(caller.call(Traffic.SUBMIT, IDEMPOTENT, failing(ErrorCode.TIMEOUT, 1)))
                .isEqualTo("done");
        calls.set(0);

        assertThatThrownBy(() -> caller.call(Traffic.SUBMIT, ONCE, failing(ErrorCode.TIMEOUT, 1)))
                .isInstanceOf(PortolanException.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void call_finalError_isNotRepeated() {
        assertThatThrownBy(() -> caller.call(Traffic.SUBMIT, IDEMPOTENT, failing(ErrorCode.PERMISSION_DENIED, 1)))
                .isInstanceOf(PortolanException.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void call_unmappedException_isUnknownAndNotRepeated() {
        PortolanException error = catchThrowableOfType(
                PortolanException.class,
                () -> caller.call(Traffic.SUBMIT, IDEMPOTENT, () -> {
                    calls.incrementAndGet();
                    throw new IllegalStateException("vendor");
                }));

        assertThat(error.code()).isEqualTo(ErrorCode.UNKNOWN);
        assertThat(error.isRetryable()).isFalse();
        assertThat(calls).hasValue(1);
    }

    @Test
    void call_errorWithOwnContext_passesUnchanged() {
        InvalidSpecException own =
                new InvalidSpecException("job 'x'", List.of(new Violation("a", "b", "must be c", "write c")));

        assertThatThrownBy(() -> caller.call(Traffic.SUBMIT, IDEMPOTENT, () -> {
                    throw own;
                }))
                .isSameAs(own);
    }

    @Test
    void call_interruptedWhileWaitingToRepeat_isCancelledAndKeepsTheFlag() {
        EngineSettings slow = new EngineSettings(
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                Duration.ZERO,
                4,
                Duration.ofSeconds(30));
        Caller patient = new Caller(ProviderId.LOCAL, slow, List.of());
        try {
            PortolanException error = catchThrowableOfType(
                    PortolanException.class,
                    () -> patient.call(Traffic.SUBMIT, IDEMPOTENT, () -> {
                        calls.incrementAndGet();
                        Thread.currentThread().interrupt();
                        throw new PortolanException(ErrorCode.UNAVAILABLE, "away");
                    }));

            assertThat(error.code()).isEqualTo(ErrorCode.CANCELLED);
            assertThat(calls).hasValue(1);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void call_nobodyAnswers_pausesThatKindOfTrafficOnly() {
        Caller single = new Caller(
                ProviderId.LOCAL,
                new EngineSettings(
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        Duration.ZERO,
                        1,
                        Duration.ofMillis(1)),
                List.of());
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> single.call(Traffic.LOG, IDEMPOTENT, failing(ErrorCode.UNAVAILABLE, 99)))
                    .hasMessageContaining("for a test");
        }

        assertThatThrownBy(() -> single.call(Traffic.LOG, IDEMPOTENT, failing(ErrorCode.UNAVAILABLE, 99)))
                .hasMessageContaining("paused");
        assertThat(calls).as("a paused call is not made").hasValue(20);
        assertThat(single.call(Traffic.STATUS, IDEMPOTENT, () -> "done")).isEqualTo("done");
    }

    @Test
    void call_limitedOperation_waitsForItsTurn() {
        Caller limited = new Caller(
                ProviderId.LOCAL,
                FAST,
                List.of(new RateLimit("RunTask", Set.of("jobs.launch"), 2, Duration.ofMillis(40))));
        long before = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            limited.call(Traffic.SUBMIT, IDEMPOTENT, () -> "done");
        }

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(40));
    }

    @Test
    void awaitPermit_ofARequestThatALimitNames_waitsForItsTurn() {
        RateLimit one = new RateLimit("RunTask", Set.of("ecs:RunTask", "jobs.stop"), 1, Duration.ofMillis(200));
        Caller limited = new Caller(ProviderId.AWS, FAST, List.of(one));
        long start = System.nanoTime();

        limited.awaitPermit("ecs:DescribeTasks");
        limited.awaitPermit("ecs:RunTask");
        limited.call(Traffic.SUBMIT, Operation.idempotent("jobs.stop", "run/0/0"), () -> "done");
        limited.awaitPermit("ecs:RunTask");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(200));
    }
}
