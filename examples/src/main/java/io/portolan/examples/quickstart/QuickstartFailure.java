package io.portolan.examples.quickstart;

/** A step that did not do what it should. The message is for the user, so there is no stack trace. */
final class QuickstartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A step failed, or a result is wrong. */
    static final int FAILED = 1;

    /** The arguments are wrong. */
    static final int USAGE = 2;

    /** The engine does not answer. */
    static final int UNREACHABLE = 3;

    /** Interrupted, as shells count it. */
    static final int INTERRUPTED = 130;

    private final int exitCode;

    QuickstartFailure(String message) {
        this(FAILED, message);
    }

    QuickstartFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Restores the interrupt, for the caller to throw the result. */
    static QuickstartFailure interrupted() {
        Thread.currentThread().interrupt();
        return new QuickstartFailure(INTERRUPTED, "interrupted");
    }

    /** Fails unless what should hold does. */
    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new QuickstartFailure(otherwise);
        }
    }

    int exitCode() {
        return exitCode;
    }
}
