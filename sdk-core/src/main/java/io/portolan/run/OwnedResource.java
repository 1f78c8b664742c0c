package io.portolan.run;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * One thing at the provider that this SDK made: a container, a network, a volume, a record.
 *
 * @param kind what it is in the provider's words, for example {@code container}
 * @param name its name there
 * @param nativeId its id there
 * @param state its state in the provider's words
 * @param createdAt when it was made
 * @param labels ours and the user's
 */
public record OwnedResource(
        String kind, String name, String nativeId, String state, Instant createdAt, Map<String, String> labels) {
    /** Copies the labels. */
    public OwnedResource {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(nativeId, "nativeId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(createdAt, "createdAt");
        labels = Map.copyOf(labels);
    }
}
