package io.portolan.gcp.internal.log;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The feeds of a connection. They share its reads and its memory: the more there are, the rarer each is read and the less it holds.
 * Thread-safe.
 */
final class EntryFeeds {
    private static final int MOST = 256;
    private static final long MOST_BYTES = 64L * 1024 * 1024;
    private static final long FEWEST_BYTES = 256L * 1024;
    private static final Duration ACTIVE = Duration.ofMinutes(1);

    private final LogEntries entries;
    private final ReadBudget budget;
    private final Clock clock;
    private final Timing timing;
    private final Map<EntryFilter, Open> feeds = new LinkedHashMap<>(16, 0.75f, true);

    /** A feed, and when it was last asked. */
    private static final class Open {
        private final EntryFeed feed;
        private Instant askedAt = Instant.MIN;

        private Open(EntryFeed feed) {
            this.feed = feed;
        }
    }

    EntryFeeds(LogEntries entries, ReadBudget budget, Clock clock, Timing timing) {
        this.entries = entries;
        this.budget = budget;
        this.clock = clock;
        this.timing = timing;
    }

    /** The feed of a log; it begins at a time. */
    synchronized EntryFeed feed(EntryFilter filter, Instant since) {
        Open open =
                feeds.computeIfAbsent(filter, f -> new Open(new EntryFeed(entries, budget, clock, timing, f, since)));
        open.askedAt = clock.instant();
        if (feeds.size() > MOST) {
            feeds.remove(feeds.keySet().iterator().next());
        }
        return open.feed;
    }

    /** What each feed may use now. */
    synchronized EntryFeed.Share share() {
        Instant idle = clock.instant().minus(ACTIVE);
        feeds.values().removeIf(open -> open.askedAt.isBefore(idle.minus(ACTIVE)));
        long active = Math.max(
                1,
                feeds.values().stream()
                        .filter(open -> open.askedAt.isAfter(idle))
                        .count());
        Duration fair = Duration.ofMinutes(active).dividedBy(budget.perMinute());
        return new EntryFeed.Share(
                fair.compareTo(timing.shortest()) > 0 ? fair : timing.shortest(),
                Math.max(FEWEST_BYTES, MOST_BYTES / Math.max(1, feeds.size())));
    }
}
