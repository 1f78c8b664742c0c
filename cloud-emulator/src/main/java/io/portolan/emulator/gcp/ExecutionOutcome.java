package io.portolan.emulator.gcp;

import java.time.Duration;

/**
 * What becomes of an execution, beside what its containers do.
 *
 * @param kind in which way
 * @param after how long, on the emulator's clock
 */
public record ExecutionOutcome(Kind kind, Duration after) {
    /** In which way. */
    public enum Kind {
        /** Its containers decide. */
        NORMAL,
        /** The platform cancels it, without anybody's request. */
        CANCELLED,
        /** It is gone some time after it ended. */
        EXPIRED,
        /** It waits for resources. */
        DELAYED
    }

    /**
     * Its containers decide.
     *
     * @return the outcome
     */
    public static ExecutionOutcome normal() {
        return new ExecutionOutcome(Kind.NORMAL, Duration.ZERO);
    }

    /**
     * The platform cancels it.
     *
     * @param after how long after it has started
     * @return the outcome
     */
    public static ExecutionOutcome cancelled(Duration after) {
        return new ExecutionOutcome(Kind.CANCELLED, after);
    }

    /**
     * It is gone, with its tasks, so that reads answer 404.
     *
     * @param after how long after it ended
     * @return the outcome
     */
    public static ExecutionOutcome expired(Duration after) {
        return new ExecutionOutcome(Kind.EXPIRED, after);
    }

    /**
     * It waits for resources.
     *
     * @param by how long
     * @return the outcome
     */
    public static ExecutionOutcome delayed(Duration by) {
        return new ExecutionOutcome(Kind.DELAYED, by);
    }
}
