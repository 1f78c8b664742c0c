package io.portolan.internal.text;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/** Finds what was meant by a name that does not exist. */
public final class NearestName {
    /** A longer name is no slip of the finger, and its comparison costs time. */
    private static final int LONGEST = 100;

    private NearestName() {}

    /**
     * The known name that is the fewest slips away: a letter missing, added, changed, or two exchanged.
     *
     * @param name what was written
     * @param known what exists
     * @return empty if nothing is near, that is at most one slip and one more for each four letters
     */
    public static Optional<String> of(String name, Collection<String> known) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        int best = 2 + name.length() / 4;
        String nearest = null;
        for (String candidate : new TreeSet<>(known)) {
            if (Math.abs(candidate.length() - name.length()) < best) {
                int distance = distance(name, candidate);
                if (distance < best) {
                    best = distance;
                    nearest = candidate;
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Optimal string alignment: edits and exchanges of neighbours. */
    static int distance(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(last[j] + 1, row[j - 1] + 1), last[j - 1] + change);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[to.length()];
    }
}
