package io.portolan.portability;

import io.portolan.id.ProviderId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one field of a spec on one provider.
 *
 * @param provider where
 * @param field path of the field, for example {@code resources.cpu}
 * @param kind what becomes of it
 * @param message what exactly, with the values; the reason if rejected
 * @param fix what to write instead, null if nothing needs to change
 * @param source where the rule is from, with its date, null for our own behaviour
 */
public record Finding(
        ProviderId provider,
        String field,
        Kind kind,
        String message,
        @Nullable String fix,
        @Nullable String source) {
    /** What becomes of a field. */
    public enum Kind {
        /** The platform carries it as it is. Reports name only fields that differ from the default. */
        NATIVE,
        /** Carried with another value, which the message gives exactly. */
        ADJUSTED,
        /** The SDK does it, not the platform. */
        EMULATED,
        /** Has no effect on this provider, and cannot do harm by that. */
        IGNORED,
        /** Cannot be carried: nothing is sent. */
        REJECTED
    }

    /** Checks for null. */
    public Finding {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
    }

    /**
     * What to write instead.
     *
     * @return empty if nothing needs to change
     */
    public Optional<String> suggestedFix() {
        return Optional.ofNullable(fix);
    }

    @Override
    public String toString() {
        return provider + " " + field + " " + kind + ": " + message + (fix == null ? "" : "; " + fix)
                + (source == null ? "" : " (" + source + ")");
    }
}
