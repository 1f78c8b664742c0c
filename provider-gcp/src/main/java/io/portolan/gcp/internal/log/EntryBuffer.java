package io.portolan.gcp.internal.log;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest entries of one log, of all its sources. What does not fit any more is dropped from its beginning, and then read again by who
 * still needs it. Not thread-safe.
 */
final class EntryBuffer {
    private static final int MOST_SOURCES = 10_000;

    private final NavigableMap<EntryKey, Entry> all = new TreeMap<>();
    private final Map<String, NavigableMap<EntryKey, Entry>> bySource = new HashMap<>();
    private final Map<String, EntryKey> sources = new LinkedHashMap<>();
    private long begin;
    private long bytes;
    private @Nullable EntryKey newest;

    /** Will hold all entries from a time on, in nanoseconds since 1970. */
    EntryBuffer(long begin) {
        this.begin = begin;
    }

    /** Takes entries in; returns whether one of them is new. */
    boolean add(Collection<Entry> entries) {
        boolean anyNew = false;
        for (Entry entry : entries) {
            if (entry.key().nanos() < begin || all.putIfAbsent(entry.key(), entry) != null) {
                continue;
            }
            anyNew = true;
            bySource.computeIfAbsent(entry.source(), s -> new TreeMap<>()).put(entry.key(), entry);
            bytes += entry.size();
            if (sources.size() < MOST_SOURCES) {
                sources.putIfAbsent(entry.source(), entry.key());
            }
            newest = newest == null || entry.key().compareTo(newest) > 0 ? entry.key() : newest;
        }
        return anyNew;
    }

    /** Drops the oldest entries, all of one time together, until no more is held than allowed. */
    void trim(long mostBytes) {
        while (bytes > mostBytes && !all.isEmpty()) {
            begin = all.firstKey().nanos() + 1;
            while (!all.isEmpty() && all.firstKey().nanos() < begin) {
                Entry dropped = all.pollFirstEntry().getValue();
                bytes -= dropped.size();
                NavigableMap<EntryKey, Entry> own = bySource.get(dropped.source());
                if (own != null && own.remove(dropped.key()) != null && own.isEmpty()) {
                    bySource.remove(dropped.source());
                }
            }
        }
    }

    /** Whether everything that comes after a position is here, as far as it was read. */
    boolean covers(Position position) {
        return position.from() >= begin;
    }

    /** What a source wrote after a position. */
    List<Entry> unread(String source, Position position) {
        NavigableMap<EntryKey, Entry> own = bySource.get(source);
        if (own == null) {
            return List.of();
        }
        return own.tailMap(new EntryKey(position.from(), ""), true).values().stream()
                .filter(entry -> !position.isRead(entry.key()))
                .toList();
    }

    /** Everyone who wrote, in the order of their first lines. */
    List<String> sources() {
        return sources.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The time of the newest entry; where the buffer begins if it never had one. */
    long newest() {
        return newest == null ? begin : newest.nanos();
    }

    /** Where a read must begin to meet everything after a time, but not too many entries that are here. */
    long from(long nanos, int mostKnown) {
        long from = Math.max(nanos, begin);
        int known = 0;
        for (EntryKey key : all.descendingKeySet()) {
            if (key.nanos() < from) {
                return from;
            }
            known++;
            if (known > mostKnown) {
                return key.nanos();
            }
        }
        return from;
    }
}
