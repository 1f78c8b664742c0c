package io.portolan.gcp.internal.log;

import java.time.Instant;

/**
 * The place of an entry: Cloud Logging orders by time, and by insert id within one time.
 *
 * @param nanos since 1970
 * @param insertId tells entries of one time apart
 */
record EntryKey(long nanos, String insertId) implements Comparable<EntryKey> {
    static EntryKey before(Instant time) {
        return new EntryKey(Entry.nanos(time), "");
    }

    @Override
    public int compareTo(EntryKey other) {
        int byTime = Long.compare(nanos, other.nanos);
        return byTime == 0 ? insertId.compareTo(other.insertId) : byTime;
    }
}
