package io.portolan.run;

import io.portolan.id.AttemptKey;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One attempt as its platform showed it at one moment. Immutable. */
public final class AttemptStatus {
    private final AttemptKey key;
    private final AttemptState state;
    private final @Nullable String nativeId;
    private final @Nullable Integer exitCode;
    private final @Nullable Integer signal;
    private final @Nullable Failure failure;
    private final @Nullable StopReason stopReason;
    private final Timings timings;

    private AttemptStatus(Builder b) {
        this.key = b.key;
        this.state = b.state;
        this.nativeId = b.nativeId;
        this.exitCode = b.exitCode;
        this.signal = b.signal;
        this.failure = b.failure;
        this.stopReason = b.stopReason;
        this.timings = b.timings;
    }

    /**
     * Starts a status.
     *
     * @param key which attempt
     * @param state where it stands
     * @return a builder
     */
    public static Builder builder(AttemptKey key, AttemptState state) {
        return new Builder(key, state);
    }

    /**
     * A builder that holds this status.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        return new Builder(key, state)
                .nativeId(nativeId)
                .exitCode(exitCode)
                .signal(signal)
                .failure(failure)
                .stopReason(stopReason)
                .timings(timings);
    }

    /**
     * Which attempt.
     *
     * @return the key
     */
    public AttemptKey key() {
        return key;
    }

    /**
     * Where it stands.
     *
     * @return the state
     */
    public AttemptState state() {
        return state;
    }

    /**
     * Whether it ended well: ended, exit code 0, no failure, not stopped by us.
     *
     * @return true only for a success
     */
    public boolean isSuccess() {
        return state == AttemptState.ENDED
                && failure == null
                && stopReason == null
                && exitCode != null
                && exitCode == 0;
    }

    /**
     * The provider's id: container id, task ARN, group name.
     *
     * @return the id, empty if it was never given one
     */
    public Optional<String> nativeId() {
        return Optional.ofNullable(nativeId);
    }

    /**
     * The exit code of the process.
     *
     * @return 0 to 255, empty if it did not end by itself or the platform gave none
     */
    public OptionalInt exitCode() {
        return exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode);
    }

    /**
     * The signal that ended the process.
     *
     * @return for example 9, empty if none is known
     */
    public OptionalInt signal() {
        return signal == null ? OptionalInt.empty() : OptionalInt.of(signal);
    }

    /**
     * Why it did not succeed.
     *
     * @return the failure, empty for a success and while it runs
     */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Why we asked it to stop.
     *
     * @return the reason, empty if we did not
     */
    public Optional<StopReason> stopReason() {
        return Optional.ofNullable(stopReason);
    }

    /**
     * When things happened.
     *
     * @return the timings
     */
    public Timings timings() {
        return timings;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AttemptStatus that
                && key.equals(that.key)
                && state == that.state
                && Objects.equals(nativeId, that.nativeId)
                && Objects.equals(exitCode, that.exitCode)
                && Objects.equals(signal, that.signal)
                && Objects.equals(failure, that.failure)
                && stopReason == that.stopReason
                && timings.equals(that.timings);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, state, nativeId, exitCode, signal, failure, stopReason, timings);
    }

    @Override
    public String toString() {
        return key + " " + state + (exitCode == null ? "" : " exit " + exitCode)
                + (signal == null ? "" : " signal " + signal) + (stopReason == null ? "" : " stopped for " + stopReason)
                + (failure == null ? "" : " " + failure);
    }

    /** Collects a status. Not thread-safe. */
    public static final class Builder {
        private final AttemptKey key;
        private final AttemptState state;
        private @Nullable String nativeId;
        private @Nullable Integer exitCode;
        private @Nullable Integer signal;
        private @Nullable Failure failure;
        private @Nullable StopReason stopReason;
        private Timings timings = Timings.NONE;

        private Builder(AttemptKey key, AttemptState state) {
            this.key = Objects.requireNonNull(key, "key");
            this.state = Objects.requireNonNull(state, "state");
        }

        /**
         * The provider's id.
         *
         * @param value null for none
         * @return this
         */
        public Builder nativeId(@Nullable String value) {
            nativeId = value;
            return this;
        }

        /**
         * The exit code.
         *
         * @param value null for none
         * @return this
         */
        public Builder exitCode(@Nullable Integer value) {
            exitCode = value;
            return this;
        }

        /**
         * The signal.
         *
         * @param value null for none
         * @return this
         */
        public Builder signal(@Nullable Integer value) {
            signal = value;
            return this;
        }

        /**
         * The failure.
         *
         * @param value null for none
         * @return this
         */
        public Builder failure(@Nullable Failure value) {
            failure = value;
            return this;
        }

        /**
         * Why we asked it to stop.
         *
         * @param value null if we did not
         * @return this
         */
        public Builder stopReason(@Nullable StopReason value) {
            stopReason = value;
            return this;
        }

        /**
         * When things happened.
         *
         * @param value the timings
         * @return this
         */
        public Builder timings(Timings value) {
            timings = Objects.requireNonNull(value, "timings");
            return this;
        }

        /**
         * Makes the status.
         *
         * @return the status
         */
        public AttemptStatus build() {
            return new AttemptStatus(this);
        }
    }
}
