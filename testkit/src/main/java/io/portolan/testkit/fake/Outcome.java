package io.portolan.testkit.fake;

import io.portolan.run.Failure;
import io.portolan.run.FailureCause;
import org.jspecify.annotations.Nullable;

/** How a process ended. */
record Outcome(
        @Nullable Integer exitCode,
        @Nullable Integer signal,
        @Nullable Failure failure) {
    static final int SIGKILL = 9;
    static final int SIGTERM = 15;

    static Outcome exit(int code) {
        int seen = code & 0xff;
        return new Outcome(
                seen,
                null,
                seen == 0
                        ? null
                        : Failure.of(FailureCause.APP_EXIT, "the process ended with exit code " + seen)
                                .nativeCode("exit " + seen));
    }

    static Outcome signal(int number) {
        return new Outcome(
                null,
                number,
                Failure.of(FailureCause.APP_EXIT, "the process was ended by signal " + number)
                        .nativeCode("signal " + number));
    }

    static Outcome outOfMemory() {
        return new Outcome(
                null,
                SIGKILL,
                Failure.of(FailureCause.OUT_OF_MEMORY, "the process needed more memory than its limit")
                        .nativeCode("OOMKilled")
                        .hint("raise resources.memory"));
    }

    static Outcome failed(Failure failure) {
        return new Outcome(null, null, failure);
    }

    /** Thrown through a program to end its process at once. */
    static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Outcome outcome;

        Ended(Outcome outcome) {
            super("the process ended", null, false, false);
            this.outcome = outcome;
        }

        Outcome outcome() {
            return outcome;
        }
    }
}
