package io.portolan.run;

import java.time.Instant;
import java.util.Objects;

/**
 * One revision of a service.
 *
 * @param number from 1, rising
 * @param specHash hash of its spec
 * @param createdAt when it was deployed
 * @param state what became of it
 */
public record RevisionStatus(int number, String specHash, Instant createdAt, State state) {
    /** What became of a revision. */
    public enum State {
        /** Being started. */
        DEPLOYING,
        /** Gets traffic. */
        SERVING,
        /** Was good once; can be rolled back to. */
        RETIRED,
        /** Never became ready. */
        FAILED
    }

    /** Checks for null. */
    public RevisionStatus {
        Objects.requireNonNull(specHash, "specHash");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(state, "state");
    }
}
