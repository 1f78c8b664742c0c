package io.portolan.emulator.internal.aws.logs;

import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.logs.LogEvent.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the events: after a position on the way forward, before it on the way back.
 *
 * @param forward whether it leads to newer events
 * @param position of the event next to it
 * @param turn tells tokens of one place apart, where empty pages lie between them
 */
record EventToken(boolean forward, Position position, long turn) {
    private static final Pattern FORM = Pattern.compile("([fb])/(\\d{18})(\\d{18})(\\d{18})/s");

    static EventToken parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw AwsError.invalidParameter("The specified nextToken is invalid.");
        }
        Position position = new Position(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)));
        return new EventToken(matcher.group(1).equals("f"), position, Long.parseLong(matcher.group(4)));
    }

    static EventToken forward(Position position) {
        return new EventToken(true, position, 0);
    }

    static EventToken backward(Position position) {
        return new EventToken(false, position, 0);
    }

    /** The same place by another name. */
    EventToken next() {
        return new EventToken(forward, position, turn + 1);
    }

    @Override
    public String toString() {
        return "%s/%018d%018d%018d/s".formatted(forward ? "f" : "b", position.timestamp(), position.sequence(), turn);
    }
}
