package io.portolan.gcp.internal.job;

import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import io.portolan.run.Phase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an execution ended, for tasks that do not say it themselves.
 *
 * @param phase a terminal phase
 * @param failure why; of no meaning for a success
 * @param at when; null if unknown
 */
record ExecutionEnd(Phase phase, Failure failure, @Nullable Instant at) {
    /** What Cloud Run says, and all it says, of a task that ran too long. */
    private static final String TIMED_OUT = "configured timeout was reached";

    static boolean isTimeout(String message) {
        return message.contains(TIMED_OUT);
    }

    /** The phase of a task whose own is not known yet. */
    Phase phaseOfATask(boolean started) {
        return phase == Phase.TIMED_OUT && !started ? Phase.FAILED : phase;
    }

    /** Nothing but that it is over. */
    static ExecutionEnd unknown(String why) {
        return new ExecutionEnd(Phase.FAILED, Failure.of(FailureCause.UNKNOWN, why), null);
    }
}
