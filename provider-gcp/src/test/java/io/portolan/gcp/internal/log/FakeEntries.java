package io.portolan.gcp.internal.log;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import io.portolan.run.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Entries in memory, paged by tokens; of a filter the times, the task and the instance are understood. */
final class FakeEntries implements LogEntries {
    private static final Pattern FROM = Pattern.compile("timestamp>=\"([^\"]+)\"");
    private static final Pattern UNTIL = Pattern.compile("timestamp<=\"([^\"]+)\"");
    private static final Pattern INDEX = Pattern.compile("task_index\"=\"([^\"]+)\"");
    private static final Pattern ATTEMPT = Pattern.compile("task_attempt\"=\"([^\"]+)\"");
    private static final Pattern INSTANCE = Pattern.compile("labels.instanceId=\"([^\"]+)\"");

    final List<String> filters = new ArrayList<>();
    final List<@Nullable String> tokens = new ArrayList<>();
    private final TreeMap<EntryKey, Entry> all = new TreeMap<>();
    private int ids;
    int pageSize = PAGE;
    int emptyPages;
    boolean tokensExpired;

    @Nullable
    PortolanException failure;

    void add(Instant at, String source, String... texts) {
        for (String text : texts) {
            EntryKey key = new EntryKey(Entry.nanos(at), String.format("id%06d", ids++));
            all.put(key, new Entry(key, source, LogLine.Stream.STDOUT, text));
        }
    }

    @Override
    public Page list(String filter, @Nullable String pageToken) {
        filters.add(filter);
        tokens.add(pageToken);
        if (failure != null) {
            throw failure;
        }
        List<Entry> found =
                all.values().stream().filter(e -> matches(filter, e)).toList();
        if (pageToken != null && tokensExpired) {
            tokensExpired = false;
            throw new PortolanException(ErrorCode.INVALID_ARGUMENT, "page_token is too old");
        }
        int begin = pageToken == null ? 0 : Integer.parseInt(pageToken);
        if (emptyPages > 0) {
            emptyPages--;
            return new Page(List.of(), Integer.toString(begin));
        }
        int end = Math.min(found.size(), begin + pageSize);
        return new Page(found.subList(Math.min(begin, end), end), end < found.size() ? Integer.toString(end) : null);
    }

    private static boolean matches(String filter, Entry entry) {
        Instant at = Entry.instant(entry.key().nanos());
        String from = find(FROM, filter);
        String until = find(UNTIL, filter);
        String index = find(INDEX, filter);
        String instance = find(INSTANCE, filter);
        return (from == null || !at.isBefore(Instant.parse(from)))
                && (until == null || !at.isAfter(Instant.parse(until)))
                && (index == null || entry.source().equals(index + "/" + find(ATTEMPT, filter)))
                && (instance == null || entry.source().equals(instance));
    }

    private static @Nullable String find(Pattern pattern, String filter) {
        Matcher matcher = pattern.matcher(filter);
        return matcher.find() ? matcher.group(1) : null;
    }
}
