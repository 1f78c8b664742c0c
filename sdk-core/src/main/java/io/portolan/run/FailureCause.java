package io.portolan.run;

/** Why an attempt did not succeed, the same on every provider. New causes may be added: keep a default branch. */
public enum FailureCause {
    /** The container needed more memory than its limit and was killed. */
    OUT_OF_MEMORY(false),
    /** The process ended with an exit code other than 0, or by a signal that nobody of ours sent. */
    APP_EXIT(true),
    /** The registry does not know the image, or the engine has it not and cannot pull it. */
    IMAGE_NOT_FOUND(false),
    /** The registry refuses the credentials. */
    IMAGE_AUTH(false),
    /** The registry did not answer well; another try may. */
    IMAGE_PULL_TRANSIENT(true),
    /** The image cannot run here: wrong architecture, damaged, no command. */
    BAD_IMAGE(false),
    /** The command does not exist in the image or is not executable. */
    BAD_COMMAND(false),
    /** A secret is missing or may not be read. */
    SECRET(false),
    /** A volume is missing or cannot be mounted. */
    VOLUME(false),
    /** The provider has no room now. */
    NO_CAPACITY(true),
    /** A limit of the account is reached. */
    QUOTA(false),
    /** Nothing that the provider has fits the request. */
    PLACEMENT(false),
    /** The provider took the machine back (spot). */
    PREEMPTED(true),
    /** The attempt ran longer than the job allows. */
    TIMEOUT(true),
    /** The user cancelled. */
    CANCELLED(false),
    /** The provider failed: a lost machine, an internal error, a full disk of the engine. */
    PLATFORM(true),
    /** Nothing is known but that it is over. */
    UNKNOWN(false);

    private final boolean retryable;

    FailureCause(boolean retryable) {
        this.retryable = retryable;
    }

    /**
     * Whether a new try can help, where the provider says nothing more precise.
     *
     * @return the default for this cause
     */
    public boolean isRetryable() {
        return retryable;
    }
}
