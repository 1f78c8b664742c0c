package io.portolan.emulator.internal.aws.logs;

import io.portolan.emulator.internal.aws.AwsError;
import io.portolan.emulator.internal.aws.logs.LogEvent.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the events: after a position on the way forward, before it on the way back.
 *
 * @param forward whether it leads to newer events
 * @param position of the event next to it
 * @param turn tells tokens of one place apart, where empty pages lie between them
 * @param issued in milliseconds, since a token is good for a day
 */
record EventToken(boolean forward, Position position, int turn, long issued) {
    private static final Position HEAD = new Position(0, 0);
    private static final Position TAIL = new Position(999_999_999_999_999_999L, 0);
    private static final Duration LIFE = Duration.ofHours(24);
    private static final Pattern FORM = Pattern.compile("([fb])/(\\d{18})(\\d{18})(\\d{5})(\\d{15})/s");

    static EventToken parse(String text, Instant now) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw invalid();
        }
        Position position = new Position(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)));
        int turn = Integer.parseInt(matcher.group(4));
        long issued = Long.parseLong(matcher.group(5));
        if (now.isAfter(Instant.ofEpochMilli(issued).plus(LIFE))) {
            throw invalid();
        }
        return new EventToken(matcher.group(1).equals("f"), position, turn, issued);
    }

    /** Where a read begins. */
    static EventToken first(boolean fromHead, Instant now) {
        return new EventToken(fromHead, fromHead ? HEAD : TAIL, 0, now.toEpochMilli());
    }

    static EventToken of(boolean forward, LogEvent event, Instant now) {
        return new EventToken(forward, event.position(), 0, now.toEpochMilli());
    }

    /** The same place by another name. */
    EventToken next() {
        return new EventToken(forward, position, turn + 1, issued);
    }

    EventToken towards(boolean newer) {
        return new EventToken(newer, position, turn, issued);
    }

    @Override
    public String toString() {
        String direction = forward ? "f" : "b";
        return "%s/%018d%018d%05d%015d/s".formatted(direction, position.timestamp(), position.sequence(), turn, issued);
    }

    private static AwsError invalid() {
        return AwsError.invalidParameter("The specified nextToken is invalid.");
    }
}
