package io.portolan.emulator.aws;

/**
 * What goes wrong with one call.
 *
 * @param kind in which way
 * @param status of the answer
 * @param type of the error, or the reason of the failure
 * @param message of the error, or the detail of the failure
 */
public record AwsFault(Kind kind, int status, String type, String message) {
    /** In which way. */
    public enum Kind {
        /** An error is answered and nothing happens. */
        ERROR,
        /** The call takes effect, and its answer is lost. */
        LOST_RESPONSE,
        /** The answer is 200 with {@code failures} and without tasks. */
        FAILURES
    }

    static AwsFault throttled() {
        return new AwsFault(Kind.ERROR, 400, "ThrottlingException", "Rate exceeded");
    }

    static AwsFault serverError() {
        return new AwsFault(Kind.ERROR, 500, "ServerException", "Service Unavailable. Please try again later.");
    }

    static AwsFault lostResponse() {
        return new AwsFault(Kind.LOST_RESPONSE, 0, "", "");
    }
}
