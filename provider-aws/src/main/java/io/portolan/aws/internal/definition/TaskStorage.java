package io.portolan.aws.internal.definition;

import io.portolan.spec.MemorySize;
import java.util.Optional;

/** The disk of a task on Fargate. Pure. */
public final class TaskStorage {
    /** GiB that every task has. Source: ECS API, EphemeralStorage (2026-08). */
    public static final int BASE = 20;

    /** Most GiB that a task can have. Source: ECS API, EphemeralStorage (2026-08). */
    public static final int MOST = 200;

    private static final int MEBIBYTES = 1024;

    private TaskStorage() {}

    /**
     * What is said to ECS.
     *
     * @param asked the limit that is asked for
     * @return whole GiB; empty if what every task has is enough
     */
    public static Optional<Integer> gibibytes(MemorySize asked) {
        long gibibytes = (asked.toMebibytesCeil() - 1) / MEBIBYTES + 1;
        return gibibytes <= BASE ? Optional.empty() : Optional.of((int) Math.min(MOST, gibibytes));
    }

    /**
     * Whether a task can have that much.
     *
     * @param asked the limit that is asked for
     * @return false over {@value #MOST} GiB
     */
    public static boolean fits(MemorySize asked) {
        return asked.toMebibytesCeil() <= MOST * (long) MEBIBYTES;
    }
}
