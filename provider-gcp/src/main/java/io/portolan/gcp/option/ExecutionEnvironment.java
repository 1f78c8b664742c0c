package io.portolan.gcp.option;

/** The generation of the sandbox that a service runs in; jobs always run in the second. */
public enum ExecutionEnvironment {
    /** Starts faster; emulates system calls. */
    GEN1,
    /** Linux as it is; needed by Cloud Storage and NFS volumes, which choose it by themselves. */
    GEN2
}
