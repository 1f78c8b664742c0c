package io.portolan.aws.internal.log;

import io.portolan.error.InvalidSpecException;
import io.portolan.error.Violation;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How many days CloudWatch Logs can keep logs, as data. Source: docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 * (2026-11).
 */
public final class LogRetention {
    private static final SortedSet<Integer> DAYS = new TreeSet<>(List.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653));

    private LogRetention() {}

    /**
     * Whether logs can be kept so long.
     *
     * @param days a number of days
     * @return true if CloudWatch Logs knows it
     */
    public static boolean isAllowed(int days) {
        return DAYS.contains(days);
    }

    /**
     * Checks the setting, without any request.
     *
     * @param days a number of days
     * @throws InvalidSpecException if CloudWatch Logs does not know it
     */
    public static void check(int days) {
        if (isAllowed(days)) {
            return;
        }
        SortedSet<Integer> longer = DAYS.tailSet(days);
        int nearest = longer.isEmpty() ? DAYS.last() : longer.first();
        throw new InvalidSpecException(
                "configuration of provider 'aws'",
                List.of(new Violation(
                        "portolan.aws.log-retention-days",
                        Integer.toString(days),
                        "must be one of " + DAYS,
                        "write " + nearest)));
    }
}
