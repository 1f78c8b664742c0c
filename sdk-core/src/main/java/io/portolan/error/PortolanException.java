package io.portolan.error;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of this SDK: a call that could not be carried out.
 *
 * <p>Act on {@link #code()}; show {@link #getMessage()}, which says what went wrong and how to mend it. Secrets never appear in it.
 * Immutable but for what {@link Throwable} itself allows.
 */
public class PortolanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final Retryability retryability;
    private final @Nullable String provider;
    private final @Nullable String operation;
    private final @Nullable String resource;
    private final @Nullable String requestId;
    private final @Nullable String nativeCode;
    private final int attempts;
    private final @Nullable Duration retryAfter;

    /**
     * An error without more context than its text.
     *
     * @param code what kind of error
     * @param message what went wrong and how to mend it
     */
    public PortolanException(ErrorCode code, String message) {
        this(builder(code, message));
    }

    /**
     * For subclasses: all that the builder holds.
     *
     * @param builder the values
     */
    protected PortolanException(Builder builder) {
        super(builder.message, builder.cause);
        this.code = builder.code;
        this.retryability = builder.retryability == null ? builder.code.retryability() : builder.retryability;
        this.provider = builder.provider;
        this.operation = builder.operation;
        this.resource = builder.resource;
        this.requestId = builder.requestId;
        this.nativeCode = builder.nativeCode;
        this.attempts = builder.attempts;
        this.retryAfter = builder.retryAfter;
    }

    /**
     * Starts an error with context.
     *
     * @param code what kind of error
     * @param message what went wrong and how to mend it
     * @return a builder
     */
    public static Builder builder(ErrorCode code, String message) {
        return new Builder(code, message);
    }

    /**
     * A builder that holds all that this exception holds, to add context to it. Its {@code build()} keeps this exception as the cause.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        Builder copy = new Builder(code, Objects.requireNonNullElse(getMessage(), code.name()));
        copy.retryability = retryability;
        copy.provider = provider;
        copy.operation = operation;
        copy.resource = resource;
        copy.requestId = requestId;
        copy.nativeCode = nativeCode;
        copy.attempts = attempts;
        copy.retryAfter = retryAfter;
        copy.cause = this;
        return copy;
    }

    /**
     * What kind of error this is.
     *
     * @return the code
     */
    public final ErrorCode code() {
        return code;
    }

    /**
     * Whether the same call may be made again.
     *
     * @return the retryability
     */
    public final Retryability retryability() {
        return retryability;
    }

    /**
     * True only where the call had no effect and may simply be made again.
     *
     * @return {@code retryability() == YES}
     */
    public final boolean isRetryable() {
        return retryability == Retryability.YES;
    }

    /**
     * The provider that the call went to.
     *
     * @return the provider's id, empty if the error arose before any provider was chosen
     */
    public final Optional<String> provider() {
        return Optional.ofNullable(provider);
    }

    /**
     * The logical call, for example {@code jobs.run}.
     *
     * @return the operation, empty if the error arose outside of a call
     */
    public final Optional<String> operation() {
        return Optional.ofNullable(operation);
    }

    /**
     * The thing that the call was about: a name, an image reference, an execution id.
     *
     * @return the resource, empty if there was none
     */
    public final Optional<String> resource() {
        return Optional.ofNullable(resource);
    }

    /**
     * The provider's id of the request, for its support.
     *
     * @return the request id, empty if the provider gave none
     */
    public final Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /**
     * The provider's own code, for example {@code ResourceNotFoundException} or {@code 409}.
     *
     * @return the native code, empty if the provider gave none
     */
    public final Optional<String> nativeCode() {
        return Optional.ofNullable(nativeCode);
    }

    /**
     * How often the logical call was tried.
     *
     * @return 1 or more; 0 if nothing was sent
     */
    public final int attempts() {
        return attempts;
    }

    /**
     * How long the provider asks to wait.
     *
     * @return the wait, empty if the provider gave none
     */
    public final Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Collects the context of an error. Not thread-safe. */
    public static final class Builder {
        private final ErrorCode code;
        private final String message;
        private @Nullable Retryability retryability;
        private @Nullable String provider;
        private @Nullable String operation;
        private @Nullable String resource;
        private @Nullable String requestId;
        private @Nullable String nativeCode;
        private int attempts;
        private @Nullable Duration retryAfter;
        private @Nullable Throwable cause;

        private Builder(ErrorCode code, String message) {
            this.code = Objects.requireNonNull(code, "code");
            this.message = Objects.requireNonNull(message, "message");
        }

        /**
         * Overrides the default of the code.
         *
         * @param value the retryability
         * @return this
         */
        public Builder retryability(Retryability value) {
            this.retryability = Objects.requireNonNull(value, "retryability");
            return this;
        }

        /**
         * Names the provider.
         *
         * @param value the provider's id
         * @return this
         */
        public Builder provider(@Nullable String value) {
            this.provider = value;
            return this;
        }

        /**
         * Names the logical call.
         *
         * @param value the operation
         * @return this
         */
        public Builder operation(@Nullable String value) {
            this.operation = value;
            return this;
        }

        /**
         * Names the thing that the call was about.
         *
         * @param value the resource
         * @return this
         */
        public Builder resource(@Nullable String value) {
            this.resource = value;
            return this;
        }

        /**
         * Keeps the provider's request id.
         *
         * @param value the request id
         * @return this
         */
        public Builder requestId(@Nullable String value) {
            this.requestId = value;
            return this;
        }

        /**
         * Keeps the provider's own code.
         *
         * @param value the native code
         * @return this
         */
        public Builder nativeCode(@Nullable String value) {
            this.nativeCode = value;
            return this;
        }

        /**
         * Says how often the call was tried.
         *
         * @param value 0 or more
         * @return this
         */
        public Builder attempts(int value) {
            this.attempts = value;
            return this;
        }

        /**
         * Keeps the wait that the provider asks for.
         *
         * @param value the wait
         * @return this
         */
        public Builder retryAfter(@Nullable Duration value) {
            this.retryAfter = value;
            return this;
        }

        /**
         * Keeps the vendor's exception.
         *
         * @param value the cause
         * @return this
         */
        public Builder cause(@Nullable Throwable value) {
            this.cause = value;
            return this;
        }

        /**
         * Makes the exception.
         *
         * @return the exception
         */
        public PortolanException build() {
            return new PortolanException(this);
        }
    }
}
