package io.portolan.aws.internal.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where CloudWatch Logs goes on after a position, for the streams that were read last. Only saves requests. Thread-safe. */
final class ForwardTokens {
    private static final int MOST = 1024;

    /**
     * A place in a stream.
     *
     * @param stream its name
     * @param position what was read
     */
    record Key(String stream, Position position) {}

    /**
     * How to go on.
     *
     * @param startTime what the first request of this chain asked for; the following must ask for the same
     * @param token the token, null to begin the chain
     * @param toSkip how many events are still to come that were read before
     */
    record Forward(@Nullable Long startTime, @Nullable String token, int toSkip) {}

    private final Map<Key, Forward> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Forward> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<Forward> find(Key key) {
        return Optional.ofNullable(known.get(key));
    }

    /** The position before is not asked for again by who follows, so its token is dropped. */
    synchronized void moved(Key before, Key now, Forward forward) {
        known.remove(before);
        known.put(now, forward);
    }

    synchronized void drop(Key key) {
        known.remove(key);
    }

    synchronized int size() {
        return known.size();
    }
}
