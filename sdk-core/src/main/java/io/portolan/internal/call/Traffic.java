package io.portolan.internal.call;

/** Kinds of calls that must not hold each other up: each has a circuit breaker of its own. */
public enum Traffic {
    /** Starts and stops of work. */
    SUBMIT,
    /** Looks at what runs. */
    STATUS,
    /** Reads of logs. */
    LOG,
    /** Builds and moves of images. */
    IMAGE,
    /** Changes of services. */
    SERVICE
}
