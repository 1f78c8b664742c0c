package io.portolan.emulator.aws;

/**
 * What becomes of a task, instead of what its containers do.
 *
 * @param kind in which way it ends
 * @param exitCode of its essential containers, where it has one
 * @param reason in the service's words, empty for the usual ones
 */
public record TaskOutcome(Kind kind, int exitCode, String reason) {
    /** In which way a task ends. */
    public enum Kind {
        /** As its containers do. */
        NORMAL,
        /** The image cannot be pulled. */
        PULL_FAILURE,
        /** A container uses too much memory. */
        OUT_OF_MEMORY,
        /** No capacity is found after a while in PROVISIONING; the task has no containers. */
        CAPACITY_FAILURE,
        /** No instance fits. */
        PLACEMENT_FAILURE,
        /** The capacity is taken away while the task runs. */
        SPOT_INTERRUPTION,
        /** The host fails while the task runs. */
        PLATFORM_FAILURE,
        /** The containers end with a code. */
        EXIT_CODE
    }

    /**
     * As the containers do.
     *
     * @return the outcome
     */
    public static TaskOutcome normal() {
        return of(Kind.NORMAL);
    }

    /**
     * The image cannot be pulled.
     *
     * @param reason the container's, such as {@code CannotPullContainerError: ... 429 Too Many Requests}
     * @return the outcome
     */
    public static TaskOutcome pullFailure(String reason) {
        return new TaskOutcome(Kind.PULL_FAILURE, 0, reason);
    }

    /**
     * A container uses too much memory.
     *
     * @return the outcome
     */
    public static TaskOutcome outOfMemory() {
        return of(Kind.OUT_OF_MEMORY);
    }

    /**
     * No capacity is found after a while in PROVISIONING.
     *
     * @return the outcome
     */
    public static TaskOutcome capacityFailure() {
        return of(Kind.CAPACITY_FAILURE);
    }

    /**
     * No instance fits.
     *
     * @return the outcome
     */
    public static TaskOutcome placementFailure() {
        return of(Kind.PLACEMENT_FAILURE);
    }

    /**
     * The capacity is taken away while the task runs.
     *
     * @return the outcome
     */
    public static TaskOutcome spotInterruption() {
        return of(Kind.SPOT_INTERRUPTION);
    }

    /**
     * The host fails while the task runs.
     *
     * @return the outcome
     */
    public static TaskOutcome platformFailure() {
        return of(Kind.PLATFORM_FAILURE);
    }

    /**
     * The containers end with a code.
     *
     * @param code the code
     * @return the outcome
     */
    public static TaskOutcome exitCode(int code) {
        return new TaskOutcome(Kind.EXIT_CODE, code, "");
    }

    private static TaskOutcome of(Kind kind) {
        return new TaskOutcome(kind, 0, "");
    }
}
