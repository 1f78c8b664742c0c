package io.portolan.run;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the logs of an execution or a service were read: per source, a position in the provider's own words. Immutable. Keep its text to
 * go on later without losing or repeating a line.
 */
public final class LogCursor {
    /** The beginning of all logs. */
    public static final LogCursor START = new LogCursor(Map.of());

    private final Map<String, String> positions;

    private LogCursor(Map<String, String> positions) {
        this.positions = Map.copyOf(positions);
    }

    /**
     * A cursor from positions.
     *
     * @param positions source name to position
     * @return the cursor
     */
    public static LogCursor of(Map<String, String> positions) {
        return positions.isEmpty() ? START : new LogCursor(positions);
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @param text the text
     * @return the cursor
     * @throws IllegalArgumentException if the text is none
     */
    public static LogCursor parse(String text) {
        Map<String, String> positions = new TreeMap<>();
        if (!text.isEmpty()) {
            for (String pair : text.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException("log cursor has the part '" + pair
                            + "' but each must be source=position; " + "pass the text of an earlier cursor unchanged");
                }
                positions.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return of(positions);
    }

    /**
     * This cursor, further on.
     *
     * @param further source name to position; sources that it does not name keep theirs
     * @return a new cursor
     */
    public LogCursor with(Map<String, String> further) {
        Map<String, String> all = new TreeMap<>(positions);
        all.putAll(further);
        return of(all);
    }

    /**
     * The position of one source.
     *
     * @param source the source
     * @return empty for its beginning
     */
    public Optional<String> position(LogSource source) {
        return Optional.ofNullable(positions.get(source.name()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LogCursor that && positions.equals(that.positions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(positions);
    }

    /** A text without spaces that {@link #parse} reads back. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(positions)
                .forEach((source, position) -> text.append(text.isEmpty() ? "" : "&")
                        .append(URLEncoder.encode(source, StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(position, StandardCharsets.UTF_8)));
        return text.toString();
    }
}
