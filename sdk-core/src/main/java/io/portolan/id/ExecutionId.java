package io.portolan.id;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The identity of one run of a job.
 *
 * <p>The caller chooses it to make a run happen once: starting the same id again, from this JVM, from another one or after a crash,
 * attaches to the same execution. Without a choice of the caller, {@link #generate()} gives a new one.
 *
 * <p>Shape: {@code [a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?}, 1 to {@value #MAX_LENGTH} characters, so that every provider can carry it in a
 * native name or token.
 *
 * @param value the id
 */
public record ExecutionId(String value) implements Comparable<ExecutionId> {
    /** Longest legal id, in characters. */
    public static final int MAX_LENGTH = 50;

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?");
    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if the value does not match the shape
     */
    public ExecutionId {
        Objects.requireNonNull(value, "value");
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("execution id was '" + value
                    + "' but must be 1 to " + MAX_LENGTH
                    + " lower-case letters, digits or inner hyphens; for example 'nightly-2026-11-22'");
        }
    }

    /**
     * An execution id of the caller's choice.
     *
     * @param value the id, see the shape above
     * @return the id
     * @throws IllegalArgumentException if the value does not match the shape
     */
    public static ExecutionId of(String value) {
        return new ExecutionId(value);
    }

    /**
     * A new id that no one has used: 26 characters that sort by creation time (the ULID layout, in lower case).
     *
     * @return the id
     */
    public static ExecutionId generate() {
        return generate(Clock.systemUTC());
    }

    static ExecutionId generate(Clock clock) {
        char[] text = new char[26];
        long millis = clock.millis();
        for (int i = 9; i >= 0; i--) {
            text[i] = DIGITS[(int) (millis & 31)];
            millis >>>= 5;
        }
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        for (int i = 0; i < 16; i++) {
            text[10 + i] = DIGITS[random[i] & 31];
        }
        return new ExecutionId(new String(text));
    }

    @Override
    public int compareTo(ExecutionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
