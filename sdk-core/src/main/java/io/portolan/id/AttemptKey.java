package io.portolan.id;

import java.util.Objects;

/**
 * The identity of one try of one task of one execution. A provider derives the native identity (container name, client token) from it by a
 * pure function, so that the same attempt can never be started twice.
 *
 * @param execution the execution
 * @param specHash hash of the job spec, lower-case hex
 * @param index the task, from 0
 * @param attempt the try, from 0
 */
public record AttemptKey(ExecutionId execution, String specHash, int index, int attempt) {
    /** Checks for null and negative numbers. */
    public AttemptKey {
        Objects.requireNonNull(execution, "execution");
        Objects.requireNonNull(specHash, "specHash");
        if (index < 0 || attempt < 0) {
            throw new IllegalArgumentException(
                    "task index and attempt were " + index + " and " + attempt + " but must be 0 or more");
        }
    }

    /**
     * The same task, tried once more.
     *
     * @return the key of the next attempt
     */
    public AttemptKey next() {
        return new AttemptKey(execution, specHash, index, attempt + 1);
    }

    /** {@code execution/index/attempt}. */
    @Override
    public String toString() {
        return execution + "/" + index + "/" + attempt;
    }
}
