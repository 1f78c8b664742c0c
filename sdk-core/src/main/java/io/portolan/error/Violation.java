package io.portolan.error;

import java.util.Objects;

/**
 * One rule that one value breaks.
 *
 * @param path where the value stands, for example {@code tasks} or {@code env.PORT}
 * @param value the value as text; never a secret
 * @param rule what must hold, for example {@code must be 1 to 10000}
 * @param fix what to write instead
 */
public record Violation(String path, String value, String rule, String fix) {
    /** Checks that nothing is null. */
    public Violation {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(fix, "fix");
    }

    @Override
    public String toString() {
        return path + " was '" + value + "' but " + rule + "; " + fix;
    }
}
