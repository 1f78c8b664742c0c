package io.portolan.gcp.option;

/** Where the requests of a service may come from. */
public enum Ingress {
    /** From everywhere. */
    ALL,
    /** From the VPC networks and some services of Google in the same project or perimeter. */
    INTERNAL,
    /** The same, and through an external Application Load Balancer. */
    INTERNAL_AND_LOAD_BALANCER
}
