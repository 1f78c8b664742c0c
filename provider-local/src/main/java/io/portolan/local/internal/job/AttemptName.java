package io.portolan.local.internal.job;

import io.portolan.run.FailureCause;
import io.portolan.run.StopReason;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an attempt's container: {@code IDENTITY.OWNER[.MARK]}.
 *
 * <p>The identity is a pure function of the attempt. The owner is random and known only to whoever made or took over the container, and only
 * the owner starts it, by this name: renaming the container takes the right to start it away from the owner before, atomically. The mark
 * records, as atomically, why it was stopped or that its start was refused.
 *
 * @param identity {@code Names.attempt}
 * @param owner 10 characters
 * @param mark null for none
 */
record AttemptName(String identity, String owner, @Nullable String mark) {
    private static final Pattern SHAPE = Pattern.compile("([^.]+)\\.([a-z0-9]{10})(?:\\.([a-z_-]+))?");
    private static final String REFUSED = "refused-";
    private static final char[] DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A name with a new owner. */
    static AttemptName owned(String identity) {
        StringBuilder owner = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            owner.append(DIGITS[RANDOM.nextInt(DIGITS.length)]);
        }
        return new AttemptName(identity, owner.toString(), null);
    }

    /** Reads a name, with or without Docker's leading slash; null if it is none of ours. */
    static @Nullable AttemptName parse(String name) {
        Matcher matcher = SHAPE.matcher(name.startsWith("/") ? name.substring(1) : name);
        return matcher.matches() ? new AttemptName(matcher.group(1), matcher.group(2), matcher.group(3)) : null;
    }

    AttemptName newOwner() {
        return owned(identity);
    }

    AttemptName stopped(StopReason reason) {
        return new AttemptName(identity, owner, reason.name().toLowerCase(Locale.ROOT));
    }

    AttemptName refused(FailureCause cause) {
        return new AttemptName(identity, owner, REFUSED + cause.name().toLowerCase(Locale.ROOT));
    }

    AttemptName unmarked() {
        return new AttemptName(identity, owner, null);
    }

    /** Why it was stopped, null if it was not. */
    @Nullable
    StopReason stopReason() {
        for (StopReason reason : StopReason.values()) {
            if (reason.name().toLowerCase(Locale.ROOT).equals(mark)) {
                return reason;
            }
        }
        return null;
    }

    /** Why its start was refused, null if it was not. */
    @Nullable
    FailureCause refusal() {
        if (mark == null || !mark.startsWith(REFUSED)) {
            return null;
        }
        String cause = mark.substring(REFUSED.length()).toUpperCase(Locale.ROOT);
        for (FailureCause known : FailureCause.values()) {
            if (known.name().equals(cause)) {
                return known;
            }
        }
        return FailureCause.UNKNOWN;
    }

    @Override
    public String toString() {
        return identity + "." + owner + (mark == null ? "" : "." + mark);
    }
}
