package io.portolan.run;

/** Where an execution or a task stands. New phases may be added before the terminal ones: use {@link #isTerminal()}. */
public enum Phase {
    /** Accepted, waits for its turn. */
    QUEUED,
    /** Placed; the image is pulled, the container created. */
    STARTING,
    /** Its process runs. */
    RUNNING,
    /** Asked to stop. */
    STOPPING,
    /** Ended well. Terminal. */
    SUCCEEDED,
    /** Ended badly, and no retry is left. Terminal. */
    FAILED,
    /** Stopped because the user asked for it. Terminal. */
    CANCELLED,
    /** Stopped because it ran longer than allowed, and no retry is left. Terminal. */
    TIMED_OUT;

    /**
     * Whether the phase never changes again.
     *
     * @return true for the last four
     */
    public boolean isTerminal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED || this == TIMED_OUT;
    }
}
