package io.portolan.local.internal.service;

import java.time.Instant;
import java.util.Objects;

/**
 * A decision about a service: from now on, this revision serves with this many replicas. Never changed; followed by the next one.
 *
 * @param number from 1, rising
 * @param revision which revision serves; 0 for none
 * @param replicas how many replicas: those with the indexes 1 to this
 * @param hostPort the stable host port, 0 for an internal service
 * @param operation what was asked for
 * @param createdAt when
 */
record Generation(int number, int revision, int replicas, int hostPort, Operation operation, Instant createdAt) {
    /** What makes a generation. */
    enum Operation {
        /** A new revision. */
        DEPLOY,
        /** Another number of replicas, or new containers for those that are lost. */
        SCALE,
        /** An earlier revision. */
        ROLLBACK,
        /** What was, because the one before could not be put in force. */
        RESTORE,
        /** The service goes. */
        DELETE
    }

    Generation {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(createdAt, "createdAt");
    }

    /** What comes after, with another content. */
    Generation next(Operation next, Instant now) {
        return new Generation(number + 1, revision, replicas, hostPort, next, now);
    }

    boolean isDelete() {
        return operation == Operation.DELETE;
    }
}
