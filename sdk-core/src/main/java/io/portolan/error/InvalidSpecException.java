package io.portolan.error;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A spec or a configuration that breaks rules. Holds every violation, not just the first. Code {@link ErrorCode#INVALID_ARGUMENT}; not
 * retryable; nothing was created.
 */
public final class InvalidSpecException extends PortolanException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    /**
     * All violations of one thing.
     *
     * @param subject what was checked, for example {@code job 'nightly'}
     * @param violations at least one
     */
    public InvalidSpecException(String subject, List<Violation> violations) {
        super(builder(ErrorCode.INVALID_ARGUMENT, text(subject, violations)).resource(subject));
        this.violations = List.copyOf(violations);
    }

    /**
     * Every violation, in the order of the fields.
     *
     * @return the violations; empty only after deserialization, where the message still holds them
     */
    public List<Violation> violations() {
        return violations == null ? List.of() : violations;
    }

    private static String text(String subject, List<Violation> violations) {
        String lines = violations.stream().map(v -> "  " + v).collect(Collectors.joining("\n"));
        return subject + " has " + violations.size() + (violations.size() == 1 ? " violation:\n" : " violations:\n")
                + lines;
    }
}
