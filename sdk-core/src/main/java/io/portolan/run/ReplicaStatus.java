package io.portolan.run;

import java.util.Objects;

/**
 * One replica of a service.
 *
 * @param name unique within the service
 * @param revision the revision it belongs to
 * @param ready whether it gets traffic or could
 * @param message why it is not ready, or its state in the provider's words
 */
public record ReplicaStatus(String name, int revision, boolean ready, String message) {
    /** Checks for null. */
    public ReplicaStatus {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(message, "message");
    }
}
