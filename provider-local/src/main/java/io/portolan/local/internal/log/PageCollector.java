package io.portolan.local.internal.log;

import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.portolan.run.LogLine;
import io.portolan.run.LogLine.Stream;
import io.portolan.run.LogSource;
import io.portolan.spi.LogPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects one page of a read, and ends the read when the page is full. Lines before the page are not kept. */
final class PageCollector extends ResultCallbackTemplate<PageCollector, Frame> {
    private final LogSource source;
    private final Position from;
    private final int limit;
    private final Position.Trail trail;
    private final LineDecoder decoder = new LineDecoder(this::line);
    private final List<LogLine> lines = new ArrayList<>();
    private final List<String> positions = new ArrayList<>();
    private int seen;
    private boolean full;
    private @Nullable Throwable error;

    PageCollector(LogSource source, Position from, int limit) {
        this.source = source;
        this.from = from;
        this.limit = limit;
        this.trail = new Position.Trail(from);
    }

    @Override
    public synchronized void onNext(Frame frame) {
        if (!full) {
            decoder.accept(
                    frame.getStreamType() == StreamType.STDERR ? Stream.STDERR : Stream.STDOUT, frame.getPayload());
        }
        if (full) {
            end();
        }
    }

    @Override
    public void onError(Throwable throwable) {
        synchronized (this) {
            // Ending a read early shows as an error of the connection.
            error = full ? null : throwable;
        }
        end();
    }

    synchronized @Nullable Throwable error() {
        return error;
    }

    synchronized LogPage page(boolean over) {
        if (over && !full) {
            decoder.end();
        }
        return new LogPage(lines, positions, full, over && !full);
    }

    private void line(LineDecoder.Line line) {
        Position after = trail.after(line.last().getEpochSecond());
        seen++;
        if (full || seen <= from.lines()) {
            return;
        }
        lines.add(new LogLine(source, line.first(), line.from(), line.text()));
        positions.add(after.toString());
        full = lines.size() >= limit;
    }

    private void end() {
        try {
            close();
        } catch (IOException e) {
            synchronized (this) {
                error = full ? null : e;
            }
        }
    }
}
