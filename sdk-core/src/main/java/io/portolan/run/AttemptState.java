package io.portolan.run;

/** Where one attempt stands on its platform. */
public enum AttemptState {
    /** Its identity is taken but nothing was started; launching it again under the same identity goes on. */
    PENDING,
    /** The platform prepares it. */
    STARTING,
    /** Its process runs. */
    RUNNING,
    /** Asked to stop, not ended yet. */
    STOPPING,
    /** Over. The exit code or the failure says how. */
    ENDED,
    /** The platform knows nothing of it although it was launched: not yet, or no more. Becomes a verdict only after a grace window. */
    GONE,
    /** The platform answers, but with something that says nothing. */
    UNKNOWN;

    /**
     * Whether it takes a place among the tasks that run at the same time.
     *
     * @return false for {@link #ENDED} only
     */
    public boolean isActive() {
        return this != ENDED;
    }
}
