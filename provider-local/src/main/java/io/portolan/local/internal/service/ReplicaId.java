package io.portolan.local.internal.service;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which replica.
 *
 * @param revision the revision it belongs to
 * @param index from 1
 */
record ReplicaId(int revision, int index) implements Comparable<ReplicaId> {
    private static final Pattern SHAPE = Pattern.compile("r(\\d{1,9})-(\\d{1,9})");
    private static final Comparator<ReplicaId> ORDER =
            Comparator.comparingInt(ReplicaId::revision).thenComparingInt(ReplicaId::index);

    static Optional<ReplicaId> parse(String name) {
        Matcher matcher = SHAPE.matcher(name);
        return matcher.matches()
                ? Optional.of(new ReplicaId(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** {@code r3-1}. */
    String name() {
        return "r" + revision + "-" + index;
    }

    /** How the containers of the application's network find it. Each part is short enough for a name server. */
    String host(String service) {
        return name() + "." + service;
    }

    @Override
    public int compareTo(ReplicaId other) {
        return ORDER.compare(this, other);
    }
}
