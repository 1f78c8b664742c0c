package io.portolan.aws.internal.log;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a stream was read: the time of the last event, and how many events of that time were read. Does not expire, as a token of
 * CloudWatch Logs does after a day. It counts events and not lines, because a long line is several events.
 *
 * @param millis time of the last event that was read
 * @param events how many events of that millisecond were read
 */
record Position(long millis, int events) {
    /** The beginning of a stream. */
    static final Position START = new Position(0, 0);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}):([0-9]{1,9})");

    static Position parse(@Nullable String text) {
        if (text == null) {
            return START;
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new PortolanException(
                    ErrorCode.INVALID_ARGUMENT,
                    "log position was '" + text
                            + "' but must be MILLIS:EVENTS; pass the text of an earlier cursor unchanged");
        }
        return new Position(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** The position after one more event. */
    Position after(long eventMillis) {
        return new Position(eventMillis, eventMillis == millis ? events + 1 : 1);
    }

    @Override
    public String toString() {
        return millis + ":" + events;
    }
}
