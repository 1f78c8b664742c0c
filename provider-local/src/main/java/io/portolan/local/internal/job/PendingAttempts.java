package io.portolan.local.internal.job;

import io.portolan.id.AttemptKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What this JVM knows of attempts that are not started yet: which container it owns, and since when it sees those of others. Forgotten when
 * the attempt is decided; a JVM that knows nothing is slower but not wrong.
 */
final class PendingAttempts {
    private final ConcurrentMap<AttemptKey, Pending> all = new ConcurrentHashMap<>();

    /** Takes an attempt for the calling thread; null if another thread works on it. */
    @Nullable
    Pending enter(AttemptKey key) {
        Pending pending = all.computeIfAbsent(key, k -> new Pending());
        return pending.enter() ? pending : null;
    }

    /** Gives an attempt back; forgets it if it is decided. */
    void leave(AttemptKey key, Pending pending) {
        if (pending.isDecided()) {
            all.remove(key, pending);
        }
        pending.leave();
    }

    int size() {
        return all.size();
    }

    /** One attempt. Used by one thread at a time. */
    static final class Pending {
        private final Map<AttemptName, Long> firstSeen = new HashMap<>();
        private @Nullable AttemptName mine;
        private boolean fresh = true;
        private boolean startAsked;
        private boolean decided;
        private boolean busy;

        private synchronized boolean enter() {
            boolean free = !busy && !decided;
            busy |= free;
            return free;
        }

        private synchronized void leave() {
            busy = false;
        }

        private synchronized boolean isDecided() {
            return decided;
        }

        /** The container that this JVM made or took over and may start; null for none. */
        synchronized @Nullable AttemptName mine() {
            return mine;
        }

        synchronized void own(@Nullable AttemptName name) {
            mine = name;
            startAsked = false;
            fresh = false;
        }

        /** Nothing is known of the attempt: most likely it is new. */
        synchronized boolean isFresh() {
            return fresh;
        }

        /** A start was sent: from here on the container may run, whatever the answer is. */
        synchronized void askStart() {
            startAsked = true;
        }

        synchronized boolean isStartAsked() {
            return startAsked;
        }

        synchronized void decide() {
            decided = true;
        }

        /** How long the youngest of these was seen, in nanoseconds; names that are gone are forgotten. */
        synchronized long seenFor(List<FoundAttempt> others, long now) {
            Set<AttemptName> names = others.stream().map(FoundAttempt::name).collect(Collectors.toSet());
            firstSeen.keySet().retainAll(names);
            names.forEach(name -> firstSeen.putIfAbsent(name, now));
            return now
                    - firstSeen.values().stream()
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(now);
        }
    }
}
