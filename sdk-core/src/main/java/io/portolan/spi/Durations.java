package io.portolan.spi;

import io.portolan.internal.text.DurationText;
import java.time.Duration;

/** The text form of durations in configuration and spec files. */
public final class Durations {
    private Durations() {}

    /**
     * Reads ISO-8601 ({@code PT30S}) or a whole number with {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}.
     *
     * @param text the text
     * @return the duration
     * @throws IllegalArgumentException if the text is neither
     */
    public static Duration parse(String text) {
        return DurationText.parse(text);
    }
}
