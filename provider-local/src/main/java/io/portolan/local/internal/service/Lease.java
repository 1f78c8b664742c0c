package io.portolan.local.internal.service;

import java.time.Instant;
import java.util.Objects;

/**
 * Who is at work on something, and until when that is to be believed.
 *
 * @param owner the process, see {@link Owner}
 * @param deadline when it must be done
 */
record Lease(String owner, Instant deadline) {
    Lease {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(deadline, "deadline");
    }

    /** Whether the work may still be going on. */
    boolean isHeld(Instant now) {
        return now.isBefore(deadline) && Owner.mayLive(owner);
    }
}
