package io.portolan.error;

/** Whether the same call may be made again. */
public enum Retryability {
    /** Making the same call again gives the same error. */
    NO,
    /** The call had no effect; it may be made again, after {@link PortolanException#retryAfter()} where that is given. */
    YES,
    /** The call may have had its effect (a lost answer). Repeat it only under the same identity. */
    UNKNOWN_OUTCOME
}
