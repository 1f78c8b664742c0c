package io.portolan.emulator.internal.aws.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.portolan.emulator.internal.aws.AwsError;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which events a page may have.
 *
 * @param start of the time, inclusive, null for any
 * @param end of the time, exclusive, null for any
 * @param limit how many
 */
record EventRange(@Nullable Long start, @Nullable Long end, int limit) {
    private static final int LARGEST = 1_048_576;
    private static final int MOST = 10_000;

    static EventRange of(ObjectNode input) {
        Long start = LogState.number(input, "startTime");
        Long end = LogState.number(input, "endTime");
        if (start != null && end != null && start > end) {
            throw AwsError.invalidParameter("The startTime is after the endTime.");
        }
        return new EventRange(start, end, input.path("limit").asInt(MOST));
    }

    boolean contains(LogEvent event) {
        return (start == null || event.timestamp() >= start) && (end == null || event.timestamp() < end);
    }

    /** As many events as fit, from the front. */
    List<LogEvent> page(Stream<LogEvent> events) {
        List<LogEvent> page = new ArrayList<>();
        long size = 0;
        for (Iterator<LogEvent> rest = events.iterator(); rest.hasNext() && page.size() < limit; ) {
            LogEvent event = rest.next();
            size += event.size();
            if (size > LARGEST && !page.isEmpty()) {
                break;
            }
            page.add(event);
        }
        return page;
    }
}
