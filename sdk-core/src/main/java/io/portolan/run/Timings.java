package io.portolan.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When things happened to an attempt, by the platform's clock.
 *
 * @param createdAt when the platform took it, null if unknown
 * @param startedAt when its process started, null if it did not or is unknown
 * @param finishedAt when it ended, null if it did not or is unknown
 */
public record Timings(
        @Nullable Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    /** Nothing known. */
    public static final Timings NONE = new Timings(null, null, null);

    /**
     * From the creation to the start of the process: placement, pull, set-up.
     *
     * @return empty if one of the two is unknown
     */
    public Optional<Duration> startup() {
        return between(createdAt, startedAt);
    }

    /**
     * From the start of the process to its end.
     *
     * @return empty if one of the two is unknown
     */
    public Optional<Duration> run() {
        return between(startedAt, finishedAt);
    }

    private static Optional<Duration> between(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null ? Optional.empty() : Optional.of(Duration.between(from, to));
    }
}
