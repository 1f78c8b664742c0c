package io.portolan.testkit.fake;

import io.portolan.run.LogLine;
import io.portolan.run.LogSource;
import io.portolan.spi.LogPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one process wrote. The position of a line is its number, from 1. */
final class FakeLog {
    private record Line(Instant at, LogLine.Stream stream, String text) {}

    private final List<Line> lines = new ArrayList<>();
    private boolean complete;

    synchronized void write(Instant at, LogLine.Stream stream, String text) {
        if (!complete) {
            text.lines().forEach(line -> lines.add(new Line(at, stream, line)));
            if (text.isEmpty()) {
                lines.add(new Line(at, stream, ""));
            }
        }
    }

    synchronized void complete() {
        complete = true;
    }

    synchronized List<String> texts() {
        return lines.stream().map(Line::text).toList();
    }

    synchronized LogPage read(LogSource source, @Nullable String after, int limit) {
        int from = after == null ? 0 : Integer.parseInt(after);
        int to = Math.min(lines.size(), from + limit);
        List<LogLine> page = new ArrayList<>();
        List<String> positions = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Line line = lines.get(i);
            page.add(new LogLine(source, line.at(), line.stream(), line.text()));
            positions.add(Integer.toString(i + 1));
        }
        boolean hasMore = to < lines.size();
        return new LogPage(page, positions, hasMore, complete && !hasMore);
    }
}
