package io.portolan.run;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt did not succeed: the neutral cause, and the provider's own words for whoever wants to look further. Immutable. Holds no
 * secrets: providers put only what their platform says here.
 */
public final class Failure {
    private final FailureCause cause;
    private final String message;
    private final boolean retryable;
    private final @Nullable String nativeCode;
    private final @Nullable String hint;

    private Failure(
            FailureCause cause, String message, boolean retryable, @Nullable String nativeCode, @Nullable String hint) {
        this.cause = Objects.requireNonNull(cause, "cause");
        this.message = Objects.requireNonNull(message, "message");
        this.retryable = retryable;
        this.nativeCode = nativeCode;
        this.hint = hint;
    }

    /**
     * A failure whose retryability is the default of its cause.
     *
     * @param cause the neutral cause
     * @param message what the provider said, or what was seen
     * @return the failure
     */
    public static Failure of(FailureCause cause, String message) {
        return new Failure(cause, message, cause.isRetryable(), null, null);
    }

    /**
     * The same with another retryability.
     *
     * @param value whether a new try can help
     * @return a changed copy
     */
    public Failure retryable(boolean value) {
        return new Failure(cause, message, value, nativeCode, hint);
    }

    /**
     * The same with the provider's own code.
     *
     * @param value for example {@code OutOfMemoryError} or {@code 404}
     * @return a changed copy
     */
    public Failure nativeCode(String value) {
        return new Failure(cause, message, retryable, value, hint);
    }

    /**
     * The same with what the user can do.
     *
     * @param value one sentence
     * @return a changed copy
     */
    public Failure hint(String value) {
        return new Failure(cause, message, retryable, nativeCode, value);
    }

    /**
     * The neutral cause.
     *
     * @return the cause
     */
    public FailureCause cause() {
        return cause;
    }

    /**
     * What the provider said, or what was seen.
     *
     * @return one or more sentences
     */
    public String message() {
        return message;
    }

    /**
     * Whether a new try can help.
     *
     * @return true if the engine may try again
     */
    public boolean isRetryable() {
        return retryable;
    }

    /**
     * The provider's own code.
     *
     * @return the code, empty if it gave none
     */
    public Optional<String> nativeCode() {
        return Optional.ofNullable(nativeCode);
    }

    /**
     * What the user can do.
     *
     * @return one sentence, empty if nothing better than the message is known
     */
    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Failure that
                && cause == that.cause
                && message.equals(that.message)
                && retryable == that.retryable
                && Objects.equals(nativeCode, that.nativeCode)
                && Objects.equals(hint, that.hint);
    }

    @Override
    public int hashCode() {
        return Objects.hash(cause, message, retryable, nativeCode, hint);
    }

    @Override
    public String toString() {
        return cause + ": " + message + (nativeCode == null ? "" : " [" + nativeCode + "]")
                + (hint == null ? "" : "; " + hint);
    }
}
