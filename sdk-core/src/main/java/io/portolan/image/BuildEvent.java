package io.portolan.image;

import java.util.Objects;

/**
 * Progress of a build, a pull or a push.
 *
 * @param step what is done, for example {@code STEP 2/5} or a layer id
 * @param message what the builder says
 */
public record BuildEvent(String step, String message) {
    /** Checks for null. */
    public BuildEvent {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(message, "message");
    }
}
