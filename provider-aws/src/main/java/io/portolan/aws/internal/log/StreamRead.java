package io.portolan.aws.internal.log;

import io.portolan.aws.internal.client.AwsCalls;
import io.portolan.aws.internal.log.ForwardTokens.Forward;
import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.run.LogSource;
import io.portolan.spi.LogPage;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;

/** One read of a stream: as many requests as one page of lines needs. For one use, on one thread. */
final class StreamRead {
    private static final int MOST_EVENTS = 10_000;

    /** So many pages in one read may hold no event; a page of the service may be empty though others follow. */
    private static final int MOST_EMPTY = 10;

    private final Supplier<CloudWatchLogsClient> client;
    private final AwsCalls calls;
    private final String group;
    private final String stream;
    private final int limit;
    private final Position from;
    private final LineJoiner lines;
    private int toSkip;
    private @Nullable Long startTime;
    private @Nullable String token;
    private boolean atEnd;
    private boolean full;
    private int empty;

    StreamRead(
            Supplier<CloudWatchLogsClient> client,
            AwsCalls calls,
            String group,
            String stream,
            LogSource source,
            Position from,
            int limit) {
        this.client = client;
        this.calls = calls;
        this.group = group;
        this.stream = stream;
        this.limit = limit;
        this.from = from;
        this.lines = new LineJoiner(source, from);
    }

    /**
     * Reads.
     *
     * @param tokens where to go on
     * @param over whether no event can come that is not there yet
     */
    LogPage read(ForwardTokens tokens, boolean over) {
        ForwardTokens.Key before = new ForwardTokens.Key(stream, from);
        tokens.find(before).ifPresentOrElse(this::goOn, this::begin);
        try {
            do {
                next(tokens, before);
            } while (!atEnd
                    && empty < MOST_EMPTY
                    && lines.size() < limit
                    && (lines.size() == 0 || lines.isWithinLine()));
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                // The stream is made with its first line, the group with the first stream.
                return new LogPage(List.of(), List.of(), false, over);
            }
            throw e;
        }
        boolean complete = atEnd && over;
        if (complete) {
            lines.end();
        }
        if (lines.isWithinLine()) {
            // The line is read again from its beginning.
            tokens.drop(before);
        } else {
            tokens.moved(
                    before, new ForwardTokens.Key(stream, lines.position()), new Forward(startTime, token, toSkip));
        }
        boolean more = !atEnd && (over || full || lines.size() == 0);
        return new LogPage(lines.lines(), lines.positions(), more, complete);
    }

    private void goOn(Forward forward) {
        startTime = forward.startTime();
        token = forward.token();
        toSkip = forward.toSkip();
    }

    private void begin() {
        startTime = from.millis() == 0 ? null : from.millis();
        token = null;
        toSkip = from.events();
    }

    private void next(ForwardTokens tokens, ForwardTokens.Key before) {
        GetLogEventsResponse answer;
        int asked = Math.min(MOST_EVENTS, limit - lines.size() + toSkip);
        try {
            answer = request(asked);
        } catch (PortolanException e) {
            if (token == null || e.code() != ErrorCode.INVALID_ARGUMENT || lines.size() > 0 || lines.isWithinLine()) {
                throw e;
            }
            // A token is refused a day after it was given; the position still tells the place.
            tokens.drop(before);
            begin();
            asked = Math.min(MOST_EVENTS, limit + toSkip);
            answer = request(asked);
        }
        int count = answer.events().size();
        for (OutputLogEvent event : answer.events()) {
            accept(event);
        }
        String following = answer.nextForwardToken();
        empty += count == 0 ? 1 : 0;
        atEnd = count == 0 && (following == null || following.equals(token));
        full = count >= asked || isLarge(answer);
        token = following == null ? token : following;
    }

    private void accept(OutputLogEvent event) {
        if (toSkip > 0) {
            if (event.timestamp() != null && event.timestamp() == from.millis()) {
                toSkip--;
                return;
            }
            toSkip = 0;
        }
        lines.accept(event);
    }

    private GetLogEventsResponse request(int asked) {
        GetLogEventsRequest request = GetLogEventsRequest.builder()
                .logGroupName(group)
                .logStreamName(stream)
                .startFromHead(true)
                .startTime(startTime)
                .nextToken(token)
                .limit(asked)
                .build();
        return calls.call("logs:GetLogEvents", stream, () -> client.get().getLogEvents(request));
    }

    /** A page holds 1 MiB at most; one near it was cut there. */
    private static boolean isLarge(GetLogEventsResponse answer) {
        long characters = 0;
        for (OutputLogEvent event : answer.events()) {
            characters += event.message() == null ? 0 : event.message().length();
        }
        return characters >= 256 * 1024;
    }
}
