package io.portolan.aws.internal.job;

import io.portolan.error.PortolanException;
import io.portolan.run.AttemptState;
import io.portolan.run.AttemptStatus;
import io.portolan.run.Failure;
import io.portolan.spec.JobSpec;
import io.portolan.spec.SpecYaml;
import io.portolan.spi.ExecutionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether an execution is over for good, so that a clean-up may remove it. Pure. */
final class Finished {
    /** An execution without any attempt may be one that starts at this moment. */
    private static final Duration NEW = Duration.ofMinutes(2);

    /** An execution that nobody went on with for this long was given up by its caller. */
    private static final Duration ABANDONED = Duration.ofHours(24);

    private Finished() {}

    /** True if nothing of it runs, and nothing of it would run if its id were started again; or if nobody cared for a day. */
    static boolean isFinished(ExecutionRecord execution, List<AttemptStatus> attempts, Instant now) {
        if (attempts.stream().anyMatch(a -> a.state() != AttemptState.ENDED)) {
            return false;
        }
        if (attempts.isEmpty()) {
            return now.isAfter(execution.createdAt().plus(NEW));
        }
        if (execution.cancelled() || now.isAfter(last(attempts).plus(ABANDONED))) {
            return true;
        }
        int maxRetries = maxRetries(execution);
        Set<Integer> decided = new HashSet<>();
        for (AttemptStatus attempt : attempts) {
            boolean isRetryable = attempt.failure().map(Failure::isRetryable).orElse(true);
            if (attempt.isSuccess() || !isRetryable || attempt.key().attempt() >= maxRetries) {
                decided.add(attempt.key().index());
            }
        }
        return decided.size() >= execution.tasks();
    }

    private static Instant last(List<AttemptStatus> attempts) {
        Instant last = Instant.EPOCH;
        for (AttemptStatus attempt : attempts) {
            Instant end = attempt.timings().finishedAt();
            if (end != null && end.isAfter(last)) {
                last = end;
            }
        }
        return last.equals(Instant.EPOCH) ? Instant.MAX.minus(ABANDONED) : last;
    }

    private static int maxRetries(ExecutionRecord execution) {
        try {
            return SpecYaml.read(execution.spec()) instanceof JobSpec job ? job.maxRetries() : 0;
        } catch (PortolanException e) {
            // Written by a version that knows more: nobody here can go on with it, but the one that wrote it can.
            return JobSpec.MAX_RETRIES;
        }
    }
}
