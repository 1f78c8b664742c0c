package io.portolan.local.internal.log;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a container's log was read: lines to skip of those that were written from a second on. Not simply a time, as two lines can have
 * the same, and those of the two streams of a container can be out of order by a little.
 *
 * @param since seconds of the epoch
 * @param lines how many lines from there on were read
 */
record Position(long since, int lines) {
    static final Position START = new Position(0, 0);

    private static final Pattern SHAPE = Pattern.compile("(\\d{1,10}):(\\d{1,10})");

    /** Lines of the two streams are never out of order by more than this. */
    private static final long DISORDER_SECONDS = 2;

    static Position parse(@Nullable String text) {
        if (text == null) {
            return START;
        }
        Matcher matcher = SHAPE.matcher(text);
        try {
            if (matcher.matches()) {
                // As far as a number of seconds goes that the client takes.
                return new Position(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
            }
        } catch (NumberFormatException e) {
            // Too large; refused as any other text.
        }
        throw new PortolanException(
                ErrorCode.INVALID_ARGUMENT,
                "log position was '" + text
                        + "' but must be SECONDS:LINES; pass the text of an earlier cursor unchanged");
    }

    @Override
    public String toString() {
        return since + ":" + lines;
    }

    /** Follows a read from one position on and gives the position after each line. Later positions begin later, so that less is read. */
    static final class Trail {
        private final long since;
        private final TreeMap<Long, Integer> bySecond = new TreeMap<>();
        private int all;

        Trail(Position from) {
            this.since = from.since();
        }

        Position after(long second) {
            all++;
            bySecond.merge(second, 1, Integer::sum);
            long later = second - DISORDER_SECONDS;
            if (later <= since) {
                return new Position(since, all);
            }
            int from = 0;
            for (int count : bySecond.tailMap(later, true).values()) {
                from += count;
            }
            return new Position(later, from);
        }
    }
}
