package io.portolan.aws.option;

/** What the number of replicas follows. */
public enum ScalingMetric {
    /** Average use of the processors, percent. */
    CPU,
    /** Average use of memory, percent. */
    MEMORY,
    /** Requests per replica and minute; needs a load balancer. */
    REQUESTS
}
