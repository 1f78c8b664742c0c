package io.portolan.testkit.fake;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with calls of one operation. Happens once, at the next call, unless said otherwise. Immutable: methods named after a
 * setting give a changed copy.
 */
public final class Fault {
    private final Kind kind;
    private final Duration delay;
    private final @Nullable Answer error;
    private final IntPredicate when;

    /** Where in a call it happens. */
    enum Kind {
        BEFORE,
        HALF_DONE,
        AFTER,
        DELAY
    }

    private record Answer(
            ErrorCode code, String message, @Nullable Duration retryAfter) {}

    private Fault(Kind kind, Duration delay, @Nullable Answer error, IntPredicate when) {
        this.kind = kind;
        this.delay = delay;
        this.error = error;
        this.when = when;
    }

    private static Fault of(Kind kind, ErrorCode code, String message) {
        return new Fault(kind, Duration.ZERO, new Answer(code, message, null), call -> call == 1);
    }

    /**
     * The call fails without an effect.
     *
     * @param code the error
     * @return the fault
     */
    public static Fault failing(ErrorCode code) {
        return of(Kind.BEFORE, code, "scripted fault: " + code);
    }

    /**
     * The call is refused because of too many calls, without an effect.
     *
     * @return the fault
     */
    public static Fault throttled() {
        return of(Kind.BEFORE, ErrorCode.THROTTLED, "scripted fault: too many calls");
    }

    /**
     * The platform cannot be reached; no effect.
     *
     * @return the fault
     */
    public static Fault unavailable() {
        return of(Kind.BEFORE, ErrorCode.UNAVAILABLE, "scripted fault: the platform does not answer");
    }

    /**
     * The call has its effect, but its answer is lost: {@code TIMEOUT} with an unknown outcome.
     *
     * @return the fault
     */
    public static Fault lostResponse() {
        return of(Kind.AFTER, ErrorCode.TIMEOUT, "scripted fault: the answer was lost");
    }

    /**
     * The call has its effect and fails all the same.
     *
     * @param code the error
     * @return the fault
     */
    public static Fault failingAfterEffect(ErrorCode code) {
        return of(Kind.AFTER, code, "scripted fault after the effect: " + code);
    }

    /**
     * For {@link FakeOperation#LAUNCH}: the identity of the attempt is taken but nothing is started ({@code PENDING}), as when a caller
     * dies between creating and starting a container. For other operations the same as {@link #unavailable()}.
     *
     * @return the fault
     */
    public static Fault halfDone() {
        return of(Kind.HALF_DONE, ErrorCode.UNAVAILABLE, "scripted fault: the platform stopped in the middle");
    }

    /**
     * The call takes longer, by the clock of the platform, and then does what it should.
     *
     * @param time how much longer
     * @return the fault
     */
    public static Fault delayed(Duration time) {
        return new Fault(Kind.DELAY, Objects.requireNonNull(time, "time"), null, call -> call == 1);
    }

    /**
     * The same, with a wait that the platform asks for.
     *
     * @param wait what {@code retryAfter()} of the exception will say
     * @return a changed copy
     */
    public Fault retryAfter(Duration wait) {
        Answer thrown = Objects.requireNonNull(error, "a delay throws nothing");
        return new Fault(kind, delay, new Answer(thrown.code(), thrown.message(), wait), when);
    }

    /**
     * The same, at the next calls.
     *
     * @param times how many calls, 1 or more
     * @return a changed copy
     */
    public Fault times(int times) {
        return new Fault(kind, delay, error, call -> call <= times);
    }

    /**
     * The same, at one later call.
     *
     * @param call which, 1 for the next
     * @return a changed copy
     */
    public Fault onCall(int call) {
        return new Fault(kind, delay, error, c -> c == call);
    }

    /**
     * The same, at every n-th call.
     *
     * @param n 1 for every call
     * @return a changed copy
     */
    public Fault every(int n) {
        return new Fault(kind, delay, error, call -> call % n == 0);
    }

    /**
     * The same, at every call.
     *
     * @return a changed copy
     */
    public Fault always() {
        return every(1);
    }

    /**
     * The same, at calls that chance chooses, the same ones for the same seed.
     *
     * @param probability 0 to 1
     * @param seed of the chance
     * @return a changed copy
     */
    public Fault withProbability(double probability, long seed) {
        Random random = new Random(seed);
        return new Fault(kind, delay, error, call -> random.nextDouble() < probability);
    }

    boolean happensAt(int call) {
        return when.test(call);
    }

    Kind kind() {
        return kind;
    }

    Duration delay() {
        return delay;
    }

    PortolanException toException(FakeOperation operation) {
        Answer thrown = Objects.requireNonNull(error, "a delay throws nothing");
        return PortolanException.builder(thrown.code(), thrown.message())
                .provider(FakeProvider.ID.value())
                .operation(operation.name())
                .nativeCode("SCRIPTED")
                .retryAfter(thrown.retryAfter())
                .attempts(1)
                .build();
    }
}
