package io.portolan.gcp.internal.log;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.run.LogLine;
import io.portolan.run.LogSource;
import io.portolan.spi.LogPage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The log of one execution or service, read for all its sources together: a page of Cloud Logging holds the lines of every task, so that a
 * thousand tasks cost no more reads than one. Reads ahead by one page only when everyone who follows has had the lines of the page before;
 * who comes after its lines were dropped reads for itself. Thread-safe.
 */
final class EntryFeed {
    private static final int MOST_KNOWN = LogEntries.PAGE / 2;
    private static final Duration THROTTLED = Duration.ofSeconds(10);
    private static final LogPage NOTHING = new LogPage(List.of(), List.of(), false, false);

    private final LogEntries entries;
    private final ReadBudget budget;
    private final Clock clock;
    private final Timing timing;
    private final EntryFilter filter;
    private final Instant since;
    private final Set<String> served = new HashSet<>();
    private Set<String> servedBefore = Set.of();
    private final Map<String, Instant> aloneFrom = new HashMap<>();
    private @Nullable EntryBuffer buffer;
    private @Nullable String chain;
    private @Nullable String token;
    private Instant chainBegan = Instant.MIN;
    private Instant upToDateAt = Instant.MIN;
    private Instant readAt = Instant.MIN;
    private Duration interval;

    EntryFeed(LogEntries entries, ReadBudget budget, Clock clock, Timing timing, EntryFilter filter, Instant since) {
        this.entries = entries;
        this.budget = budget;
        this.clock = clock;
        this.timing = timing;
        this.filter = filter;
        this.since = since;
        this.interval = timing.shortest();
    }

    /**
     * Who reads.
     *
     * @param source whose lines
     * @param after where to go on, null for the beginning
     * @param limit how many lines at most
     * @param quietAt when no line of the source can come any more, null if that is not known
     * @param until after this time nothing was written, null if that is not known
     */
    record Ask(
            LogSource source,
            @Nullable String after,
            int limit,
            @Nullable Instant quietAt,
            @Nullable Instant until) {}

    /**
     * How much this feed may use.
     *
     * @param shortest between two reads
     * @param bytes in memory
     */
    record Share(Duration shortest, long bytes) {}

    synchronized LogPage read(Ask ask, Share share) {
        Position position = Position.parse(ask.after(), since);
        EntryBuffer held = held(position);
        if (!held.covers(position)) {
            return readAlone(ask, position, share);
        }
        List<Entry> unread = held.unread(ask.source().name(), position);
        if (unread.isEmpty() && isTime(ask, share)) {
            refresh(held, ask.until(), share);
            if (!held.covers(position)) {
                return new LogPage(List.of(), List.of(), true, false);
            }
            unread = held.unread(ask.source().name(), position);
        }
        served.add(ask.source().name());
        boolean more = unread.size() > ask.limit();
        boolean complete = !more && token == null && ask.quietAt() != null && !upToDateAt.isBefore(ask.quietAt());
        boolean goOn = token != null && served.containsAll(servedBefore) && budget.isLeft();
        return page(ask, position, unread, held.newest(), more || goOn, complete);
    }

    /** Everyone who wrote, as far as the log was read. Reads on if that is due. */
    synchronized List<String> sources(Share share) {
        EntryBuffer held = held(Position.begin(since));
        if (token != null ? served.containsAll(servedBefore) : isDue(interval(share))) {
            refresh(held, null, share);
        }
        return held.sources();
    }

    /** A reader who goes on in the middle of a log does not need what is before. */
    private EntryBuffer held(Position first) {
        if (buffer == null) {
            buffer = new EntryBuffer(Math.max(first.from(), Entry.nanos(since)));
        }
        return buffer;
    }

    private boolean isTime(Ask ask, Share share) {
        if (token != null) {
            return served.contains(ask.source().name());
        }
        boolean last = ask.quietAt() != null
                && upToDateAt.isBefore(ask.quietAt())
                && !clock.instant().isBefore(ask.quietAt());
        return isDue(last ? share.shortest() : interval(share));
    }

    private Duration interval(Share share) {
        return interval.compareTo(share.shortest()) > 0 ? interval : share.shortest();
    }

    private boolean isDue(Duration after) {
        return readAt.equals(Instant.MIN) || !clock.instant().isBefore(readAt.plus(after));
    }

    private void refresh(EntryBuffer held, @Nullable Instant until, Share share) {
        if (!budget.take()) {
            return;
        }
        readAt = clock.instant();
        String asked = chain;
        if (asked == null || token == null) {
            long from = held.from(held.newest() - timing.overlap().toNanos(), MOST_KNOWN);
            asked = filter.between(Entry.instant(from), until).text();
            chain = asked;
            chainBegan = readAt;
        }
        LogEntries.Page page = list(asked, token);
        if (page == null) {
            return;
        }
        boolean anyNew = held.add(page.entries());
        held.trim(share.bytes());
        token = page.nextPageToken();
        if (token == null) {
            upToDateAt = chainBegan;
        }
        interval = anyNew ? timing.shortest() : longer(interval);
        servedBefore = Set.copyOf(served);
        served.clear();
    }

    private Duration longer(Duration before) {
        Duration next = before.multipliedBy(3).dividedBy(2);
        return next.compareTo(timing.longest()) > 0 ? timing.longest() : next;
    }

    /** A page; null if its token has become too old, so that a new chain must begin. */
    private LogEntries.@Nullable Page list(String asked, @Nullable String pageToken) {
        try {
            return entries.list(asked, pageToken);
        } catch (PortolanException e) {
            token = null;
            if (e.code() == ErrorCode.THROTTLED) {
                budget.pause(e.retryAfter().orElse(THROTTLED));
            }
            if (e.code() == ErrorCode.INVALID_ARGUMENT && pageToken != null) {
                return null;
            }
            throw e;
        }
    }

    /** The lines of one source, from Cloud Logging itself. */
    private LogPage readAlone(Ask ask, Position position, Share share) {
        String source = ask.source().name();
        Instant began = clock.instant();
        if (began.isBefore(aloneFrom.getOrDefault(source, Instant.MIN))) {
            return NOTHING;
        }
        String asked = filter.of(ask.source())
                .between(Entry.instant(position.from()), ask.until())
                .text();
        List<Entry> unread = new ArrayList<>();
        long newest = position.from();
        String next = null;
        do {
            LogEntries.Page page = budget.take() ? list(asked, next) : null;
            if (page == null) {
                return NOTHING;
            }
            for (Entry entry : page.entries()) {
                newest = Math.max(newest, entry.key().nanos());
                if (entry.source().equals(source) && !position.isRead(entry.key())) {
                    unread.add(entry);
                }
            }
            next = page.nextPageToken();
        } while (next != null && unread.isEmpty());
        boolean more = next != null || unread.size() > ask.limit();
        if (!more) {
            aloneFrom.put(source, began.plus(share.shortest()));
        }
        boolean complete = !more && ask.quietAt() != null && !began.isBefore(ask.quietAt());
        return page(ask, position, unread, newest, more, complete);
    }

    private LogPage page(Ask ask, Position from, List<Entry> unread, long newest, boolean more, boolean complete) {
        List<LogLine> lines = new ArrayList<>();
        List<String> positions = new ArrayList<>();
        long settledBefore = newest - timing.overlap().toNanos();
        Position position = from;
        for (Entry entry : unread.subList(0, Math.min(unread.size(), ask.limit()))) {
            EntryKey key = entry.key();
            position = position.after(key, settledBefore);
            lines.add(entry.line(ask.source()));
            positions.add(position.toString());
        }
        return new LogPage(lines, positions, more, complete);
    }
}
