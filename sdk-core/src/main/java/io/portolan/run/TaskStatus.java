package io.portolan.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One task of an execution.
 *
 * @param index from 0
 * @param phase where it stands
 * @param attempts every try that is known, oldest first
 */
public record TaskStatus(int index, Phase phase, List<AttemptStatus> attempts) {
    /** Copies the attempts. */
    public TaskStatus {
        Objects.requireNonNull(phase, "phase");
        attempts = List.copyOf(attempts);
    }

    /**
     * The exit code of the last attempt.
     *
     * @return empty if there was none
     */
    public OptionalInt exitCode() {
        return attempts.isEmpty() ? OptionalInt.empty() : last().exitCode();
    }

    /**
     * The signal that ended the last attempt.
     *
     * @return empty if there was none
     */
    public OptionalInt signal() {
        return attempts.isEmpty() ? OptionalInt.empty() : last().signal();
    }

    /**
     * Why the last attempt did not succeed.
     *
     * @return empty for a success and while it runs
     */
    public Optional<Failure> failure() {
        return attempts.isEmpty() ? Optional.empty() : last().failure();
    }

    private AttemptStatus last() {
        return attempts.get(attempts.size() - 1);
    }
}
