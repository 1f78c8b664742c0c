package io.portolan.internal.log;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.error.Retryability;
import io.portolan.internal.Waiting;
import io.portolan.internal.call.Caller;
import io.portolan.internal.call.Operation;
import io.portolan.internal.call.Traffic;
import io.portolan.run.LogCursor;
import io.portolan.run.LogFollower;
import io.portolan.run.LogLine;
import io.portolan.run.LogSource;
import io.portolan.spi.LogPage;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One follower: its positions, and one round of reading for all its sources. */
final class LogReader implements LogFollower {
    private static final int PAGE = 1000;
    private static final int PAGES_PER_ROUND = 20;

    private final LogTarget target;
    private final Caller caller;
    private final Consumer<LogLine> consumer;
    private final Map<String, String> positions = new HashMap<>();
    private final Set<String> complete = new HashSet<>();
    private final LogCursor from;
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private volatile boolean closed;
    private volatile @Nullable PortolanException failure;

    LogReader(LogTarget target, Caller caller, LogCursor from, Consumer<LogLine> consumer) {
        this.target = target;
        this.caller = caller;
        this.from = from;
        this.consumer = consumer;
    }

    /** What a round found. */
    enum Round {
        LINES,
        NOTHING,
        ENDED
    }

    /** Reads what there is, on the thread of the log engine. */
    synchronized Round read() {
        if (closed) {
            return Round.ENDED;
        }
        // Asked before the sources: one that appears in between is then seen in the next round, not missed.
        boolean over = target.isOver();
        List<LogSource> sources = target.sources();
        boolean anyLine = false;
        boolean allComplete = true;
        for (LogSource source : sources) {
            if (!complete.contains(source.name())) {
                anyLine |= readSource(source, over);
                allComplete &= complete.contains(source.name());
            }
            if (closed) {
                return Round.ENDED;
            }
        }
        if (over && allComplete) {
            finish(true);
            return Round.ENDED;
        }
        return anyLine ? Round.LINES : Round.NOTHING;
    }

    private boolean readSource(LogSource source, boolean over) {
        boolean anyLine = false;
        for (int page = 0; page < PAGES_PER_ROUND && !closed; page++) {
            LogPage next = next(source, over);
            if (next == null) {
                return anyLine;
            }
            deliver(source, next);
            anyLine |= !next.lines().isEmpty();
            if (next.complete()) {
                complete.add(source.name());
            }
            if (!next.hasMore()) {
                return anyLine;
            }
        }
        return anyLine;
    }

    private @Nullable LogPage next(LogSource source, boolean over) {
        String after = position(source);
        try {
            return caller.call(
                    Traffic.LOG,
                    Operation.idempotent("logs.read", source.name()),
                    () -> target.read(source, after, PAGE));
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                // Not there yet, or never: an attempt that did not start has no log.
                if (over) {
                    complete.add(source.name());
                }
            } else if (e.retryability() == Retryability.NO) {
                fail(e);
            }
            return null;
        }
    }

    private void deliver(LogSource source, LogPage page) {
        for (int i = 0; i < page.lines().size() && !closed; i++) {
            try {
                consumer.accept(page.lines().get(i));
            } catch (RuntimeException e) {
                fail(PortolanException.builder(ErrorCode.CANCELLED, "the consumer of log lines threw " + e)
                        .operation("logs.follow")
                        .cause(e)
                        .build());
                return;
            }
            positions.put(source.name(), page.positions().get(i));
        }
    }

    private @Nullable String position(LogSource source) {
        String mine = positions.get(source.name());
        return mine == null ? from.position(source).orElse(null) : mine;
    }

    private void fail(PortolanException error) {
        failure = error;
        finish(false);
    }

    private void finish(boolean all) {
        closed = true;
        end.complete(all);
    }

    @Override
    public synchronized LogCursor cursor() {
        return from.with(positions);
    }

    @Override
    public boolean awaitEnd(Duration atMost) {
        try {
            return Waiting.await(
                    end, atMost, () -> new PortolanException(ErrorCode.TIMEOUT, "logs are not at their end yet"));
        } catch (PortolanException e) {
            if (e.code() == ErrorCode.TIMEOUT) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Optional<PortolanException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() {
        // Set without the lock first, so that a round under way ends after the line it delivers.
        closed = true;
        synchronized (this) {
            finish(false);
        }
    }
}
