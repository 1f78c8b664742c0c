package io.portolan.spi;

import io.portolan.id.AttemptKey;
import java.util.Objects;

/**
 * An attempt that was launched.
 *
 * @param key its identity
 * @param nativeId the platform's id, as the launch gave it
 */
public record AttemptRef(AttemptKey key, String nativeId) {
    /** Checks for null. */
    public AttemptRef {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(nativeId, "nativeId");
    }
}
