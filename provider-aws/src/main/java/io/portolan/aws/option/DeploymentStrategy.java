package io.portolan.aws.option;

/** How a service changes to a new revision. */
public enum DeploymentStrategy {
    /** Replica by replica, with a circuit breaker that goes back. */
    ROLLING,
    /** All new replicas beside the old ones, then all traffic at once. */
    BLUE_GREEN,
    /** Traffic in equal steps. */
    LINEAR,
    /** A small part of the traffic first, then all. */
    CANARY
}
