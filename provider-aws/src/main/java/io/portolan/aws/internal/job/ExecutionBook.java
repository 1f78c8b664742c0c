package io.portolan.aws.internal.job;

import io.portolan.aws.internal.record.Fact;
import io.portolan.aws.internal.record.StoredRecord;
import io.portolan.id.AttemptKey;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.StopReason;
import io.portolan.spi.ExecutionRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this connection knows of the attempts of one execution: the journal as it was read, what was seen since, and what of that is still to
 * be written. Thread-safe; makes no calls.
 */
final class ExecutionBook {
    /** What is known of one attempt. A copy. */
    record Page(
            @Nullable Instant intentAt,
            @Nullable Instant launchedAt,
            @Nullable String arn,
            @Nullable StopReason stopReason,
            @Nullable AttemptStatus ended) {}

    private static final class Entry {
        private @Nullable Instant intentAt;
        private @Nullable Instant launchedAt;
        private @Nullable String arn;
        private @Nullable StopReason stopReason;
        private @Nullable AttemptStatus ended;
        private @Nullable AttemptStatus last;
        private long version;
        private boolean isLaunchNoted;
        private boolean isEndNoted;
    }

    private final ExecutionRecord record;
    private final String nonce;
    private final Map<AttemptKey, Entry> entries = new HashMap<>();
    private final List<Fact> unwritten = new ArrayList<>();
    private @Nullable Instant readAt;

    ExecutionBook(StoredRecord stored, Instant now) {
        this.record = stored.record();
        this.nonce = stored.nonce();
        this.readAt = stored.isNew() ? now : null;
    }

    ExecutionRecord record() {
        return record;
    }

    String nonce() {
        return nonce;
    }

    AttemptKey key(int index, int attempt) {
        return new AttemptKey(record.id(), record.specHash(), index, attempt);
    }

    /** When the journal was read, or known to be empty; null if never. */
    synchronized @Nullable Instant readAt() {
        return readAt;
    }

    /** Takes in what the journal says. What was there first stays: an end is never changed. */
    synchronized void read(List<Fact> facts, Instant now) {
        readAt = now;
        for (Fact fact : facts) {
            Entry entry = entry(key(fact.index(), fact.attempt()));
            if (fact instanceof Fact.Intent intent) {
                entry.intentAt = entry.intentAt == null ? intent.at() : entry.intentAt;
            } else if (fact instanceof Fact.Launched launched) {
                entry.arn = entry.arn == null ? launched.arn() : entry.arn;
                entry.isLaunchNoted = true;
            } else if (fact instanceof Fact.Stop stop) {
                entry.stopReason = entry.stopReason == null ? stop.reason() : entry.stopReason;
            } else if (fact instanceof Fact.Ended end) {
                entry.ended = entry.ended == null ? end.status() : entry.ended;
                entry.arn = entry.arn == null ? end.status().nativeId().orElse(null) : entry.arn;
                entry.isEndNoted = true;
            }
        }
    }

    synchronized Page page(AttemptKey key) {
        Entry entry = entry(key);
        return new Page(entry.intentAt, entry.launchedAt, entry.arn, entry.stopReason, entry.ended);
    }

    synchronized List<AttemptKey> keys() {
        return List.copyOf(entries.keySet());
    }

    synchronized void intended(AttemptKey key, Instant at) {
        entry(key).intentAt = at;
    }

    synchronized void stopping(AttemptKey key, StopReason reason) {
        entry(key).stopReason = reason;
    }

    /** ECS answered a launch: from now on a task that is not visible is not visible yet. */
    synchronized void launched(AttemptKey key, String arn, Instant now) {
        Entry entry = entry(key);
        entry.arn = arn;
        entry.launchedAt = now;
    }

    /**
     * Takes in a look at a task.
     *
     * @param status what was seen
     * @param version ECS's count of changes of the task; 0 if unknown
     * @return the status that holds: an end stays, and a look that is older than one before does not count
     */
    synchronized AttemptStatus seen(AttemptStatus status, long version, Instant now) {
        Entry entry = entry(status.key());
        if (entry.ended != null) {
            return entry.ended;
        }
        if (entry.last != null && version != 0 && version < entry.version) {
            return entry.last;
        }
        entry.version = version;
        entry.last = status;
        entry.arn = status.nativeId().orElse(entry.arn);
        boolean isLaunched = status.state() == AttemptState.RUNNING || status.state() == AttemptState.STARTING;
        if (status.state() == AttemptState.ENDED) {
            entry.ended = status;
            if (!entry.isEndNoted) {
                entry.isEndNoted = true;
                unwritten.add(new Fact.Ended(now, status));
            }
        } else if (isLaunched && !entry.isLaunchNoted && entry.arn != null) {
            entry.isLaunchNoted = true;
            unwritten.add(new Fact.Launched(status.key().index(), status.key().attempt(), now, entry.arn));
        }
        return status;
    }

    /** Takes out what is to be written; {@link #writeAgain} puts it back if that fails. */
    synchronized List<Fact> takeUnwritten() {
        List<Fact> facts = List.copyOf(unwritten);
        unwritten.clear();
        return facts;
    }

    synchronized void writeAgain(List<Fact> facts) {
        unwritten.addAll(0, facts);
    }

    private Entry entry(AttemptKey key) {
        return entries.computeIfAbsent(key, k -> new Entry());
    }
}
