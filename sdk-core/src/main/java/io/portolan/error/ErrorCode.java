package io.portolan.error;

/**
 * What kind of thing went wrong with a call, the same on every provider. New codes may be added: keep a default branch.
 */
public enum ErrorCode {
    /** A value breaks a rule; the message names the field, the value, the rule and the fix. */
    INVALID_ARGUMENT(Retryability.NO),
    /** The provider cannot do this; found before any remote call. */
    UNSUPPORTED(Retryability.NO),
    /** No credentials, or credentials that the provider does not know. */
    UNAUTHENTICATED(Retryability.NO),
    /** Known credentials that may not do this. */
    PERMISSION_DENIED(Retryability.NO),
    /** The named thing does not exist. */
    NOT_FOUND(Retryability.NO),
    /** A thing of this name exists and is not ours or not the same. */
    ALREADY_EXISTS(Retryability.NO),
    /** Same identity with other content, a stale plan, or a concurrent change: look again, then decide. */
    CONFLICT(Retryability.NO),
    /** A limit that waiting does not lift: raise it or ask for less. */
    QUOTA_EXCEEDED(Retryability.NO),
    /** Too many calls for now. */
    THROTTLED(Retryability.YES),
    /** No answer in time: the call may or may not have had its effect. */
    TIMEOUT(Retryability.UNKNOWN_OUTCOME),
    /** The provider or the engine cannot be reached, or says that it cannot serve now. */
    UNAVAILABLE(Retryability.YES),
    /** The caller gave up: an interrupt, or a closed connection. */
    CANCELLED(Retryability.NO),
    /** A deployment or an operation of the provider ran and failed; the message holds the provider's reason. */
    FAILED(Retryability.NO),
    /** The provider failed inside (its 5xx). */
    PROVIDER_ERROR(Retryability.UNKNOWN_OUTCOME),
    /** An answer that this version does not know. */
    UNKNOWN(Retryability.NO);

    private final Retryability retryability;

    ErrorCode(Retryability retryability) {
        this.retryability = retryability;
    }

    /**
     * What holds for this code when the provider says nothing more precise.
     *
     * @return the default retryability
     */
    public Retryability retryability() {
        return retryability;
    }
}
