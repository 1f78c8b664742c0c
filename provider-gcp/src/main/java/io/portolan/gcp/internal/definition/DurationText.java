package io.portolan.gcp.internal.definition;

import java.time.Duration;
import java.util.Locale;

/** Durations as people write them. Pure. */
public final class DurationText {
    private DurationText() {}

    /**
     * A duration in short.
     *
     * @param duration any
     * @return for example {@code 1h30m} or {@code 0.5s}
     */
    public static String of(Duration duration) {
        return duration.toString().replaceFirst("^PT", "").toLowerCase(Locale.ROOT);
    }
}
