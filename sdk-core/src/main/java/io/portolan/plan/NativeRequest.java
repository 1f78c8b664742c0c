package io.portolan.plan;

import java.util.Objects;

/**
 * One request as the provider will get it.
 *
 * @param operation for example {@code POST /containers/create} or {@code RegisterTaskDefinition}
 * @param target what it is about, for example the name of the container
 * @param body in the provider's own JSON; secrets are shown as {@code ***}
 */
public record NativeRequest(String operation, String target, String body) {
    /** Checks for null. */
    public NativeRequest {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(body, "body");
    }
}
