package io.portolan.gcp.option;

/** How a public service is opened to everyone. */
public enum PublicAccess {
    /** The service does not ask who calls: no IAM policy is written, and organisations that forbid allUsers allow it. */
    NO_INVOKER_CHECK,
    /** An IAM binding of allUsers to roles/run.invoker, a second write. */
    ALL_USERS
}
