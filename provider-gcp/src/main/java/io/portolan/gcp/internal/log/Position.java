package io.portolan.gcp.internal.log;

import io.portolan.error.ErrorCode;
import io.portolan.error.PortolanException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a source was read. Entries arrive seconds late and so may come up before what was read already: everything up to one key counts
 * as read, and of the seconds after it each entry that was read is remembered. Immutable; its text holds all of it, so that another process
 * goes on without losing or repeating a line.
 */
final class Position {
    /** So many entries are remembered; in a busier log those that come late are looked for in a shorter time. */
    static final int REMEMBERED = 100;

    private static final Pattern FORM =
            Pattern.compile("[0-9a-z]{1,13}\\.[A-Za-z0-9_-]*(?:\\.[0-9a-z]{1,13}\\.[0-9a-z]{1,7})*");
    private static final int RADIX = 36;

    private final EntryKey settled;
    private final List<Seen> ahead;

    /** An entry that was read, after what is settled. The hash stands for its insert id. */
    private record Seen(long nanos, int hash) {
        static Seen of(EntryKey key) {
            return new Seen(key.nanos(), key.insertId().hashCode());
        }
    }

    private Position(EntryKey settled, List<Seen> ahead) {
        this.settled = settled;
        this.ahead = List.copyOf(ahead);
    }

    /** Nothing is read of a log that begins at a time. */
    static Position begin(Instant since) {
        return new Position(EntryKey.before(since), List.of());
    }

    /**
     * Reads a text.
     *
     * @param text what {@link #toString} gave, null for the beginning
     * @param since when the log begins
     */
    static Position parse(@Nullable String text, Instant since) {
        if (text == null) {
            return begin(since);
        }
        if (!FORM.matcher(text).matches()) {
            throw unreadable(text, null);
        }
        try {
            String[] parts = text.split("\\.", -1);
            long nanos = Long.parseLong(parts[0], RADIX);
            String insertId = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            List<Seen> ahead = new ArrayList<>();
            for (int i = 2; i < parts.length; i += 2) {
                long at = Math.addExact(nanos, Long.parseLong(parts[i], RADIX));
                ahead.add(new Seen(at, Integer.parseUnsignedInt(parts[i + 1], RADIX)));
            }
            return new Position(new EntryKey(nanos, insertId), ahead);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw unreadable(text, e);
        }
    }

    private static PortolanException unreadable(String text, @Nullable RuntimeException cause) {
        String shown = text.length() > 100 ? text.substring(0, 100) + "..." : text;
        return PortolanException.builder(
                        ErrorCode.INVALID_ARGUMENT,
                        "log position was '" + shown + "' but must be one of Cloud Logging;"
                                + " pass the text of an earlier cursor unchanged")
                .cause(cause)
                .build();
    }

    /** Where the log must be read from, in nanoseconds since 1970. */
    long from() {
        return settled.nanos();
    }

    boolean isRead(EntryKey key) {
        return key.compareTo(settled) <= 0 || ahead.contains(Seen.of(key));
    }

    /**
     * The position after one more entry. Entries are read in their order, those aside that came late.
     *
     * @param key its place
     * @param settledBefore what is before this time comes no more, in nanoseconds since 1970
     */
    Position after(EntryKey key, long settledBefore) {
        if (key.nanos() < settledBefore) {
            return settle(key);
        }
        List<Seen> more = new ArrayList<>(ahead);
        int at = more.size();
        while (at > 0 && more.get(at - 1).nanos() > key.nanos()) {
            at--;
        }
        more.add(at, Seen.of(key));
        if (more.size() <= REMEMBERED) {
            return new Position(settled, more);
        }
        return shortened(more, key);
    }

    private Position settle(EntryKey key) {
        EntryKey furthest = key.compareTo(settled) > 0 ? key : settled;
        return new Position(
                furthest,
                ahead.stream().filter(seen -> seen.nanos() >= furthest.nanos()).toList());
    }

    /** Forgets the older half; what is at one time stays together. */
    private Position shortened(List<Seen> all, EntryKey key) {
        for (int i = all.size() / 2; i < all.size(); i++) {
            long nanos = all.get(i).nanos();
            if (nanos > all.get(i - 1).nanos() && nanos <= key.nanos()) {
                return new Position(new EntryKey(nanos, ""), all.subList(i, all.size()));
            }
        }
        return new Position(
                key.compareTo(settled) > 0 ? key : settled,
                all.stream().filter(seen -> seen.nanos() > key.nanos()).toList());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(Long.toString(settled.nanos(), RADIX))
                .append('.')
                .append(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(settled.insertId().getBytes(StandardCharsets.UTF_8)));
        for (Seen seen : ahead) {
            text.append('.')
                    .append(Long.toString(seen.nanos() - settled.nanos(), RADIX))
                    .append('.')
                    .append(Integer.toUnsignedString(seen.hash(), RADIX));
        }
        return text.toString();
    }
}
